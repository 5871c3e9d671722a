"""Whom a bulk action is for: the rows ticked, or all that match the list's filters (D-87, decision 41)."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from ..models import Job
from ..numbers import whole
from ..sections import Section
from ..staff.models import StaffMember
from .page import ListPage

MOST_TICKED = 1_000


@dataclass(frozen=True)
class Selection:
    """The ids ticked on a list, or `everything` that matches it; `named` is the job whose question named those.

    `is_lost`: everything is meant, and nothing says of which list.
    Both go through the list's own filters, so nobody reaches what their list does not show.
    """

    page: ListPage
    ids: list[int]
    everything: bool
    is_lost: bool = False
    named: Job | None = None

    @property
    def rows(self) -> QuerySet:
        """The records selected, as they are now."""
        if self.everything:
            return self.page.rows
        return rows_of(self.page.section, self.ids, self.page.staff, hidden=self.page.filterset.shows_hidden)

    @cached_property
    def keys(self) -> list[int]:
        """Their ids."""
        return sorted(self.rows.values_list("pk", flat=True))

    @cached_property
    def is_as_named(self) -> bool:
        """Whether the question that was answered named exactly those who are selected now."""
        if not self.everything:
            return True
        if self.named is None:
            return False
        named = self.named.blocks.values_list("ids", flat=True)
        return [key for ids in named for key in ids] == self.keys

    @property
    def refusal(self) -> str:
        """Why it is none, "" where all is well: nothing is ticked, or nobody can say what all that match would be."""
        if self.is_lost:
            return _("It is not clear which rows were meant. Open the list again and select them there.")
        if self.everything and self.page.filter_errors:
            return _("A filter cannot be read. Fix or remove it before acting on all that match.")
        return "" if self.everything or self.ids else _("Tick at least one row first.")


def selected(page: ListPage, data: QueryDict) -> Selection:
    """What a form of the list, or of a question, selects; ids are numbers only (G33), and a page has 300 at most."""
    ids = [key for one in data.getlist("selected") if (key := whole(one)) is not None]
    everything = data.get("all_matching") == "1"
    is_lost = everything and "scope" not in data and not page.params
    return Selection(page, ids[:MOST_TICKED], everything, is_lost, _named(page, data))


def _named(page: ListPage, data: QueryDict) -> Job | None:
    asked = Job.objects.filter(state=Job.State.ASKED, staff=page.staff, section=page.section.slug)
    key = whole(data.get("job", ""))
    return asked.filter(pk=key).first() if key is not None else None


def rows_of(section: Section, ids: list[int], staff: StaffMember, *, hidden: bool) -> QuerySet:
    """The records of these ids that this person's list shows, that of the hidden ones or of the others."""
    params = QueryDict(mutable=True)
    if hidden and section.hidden:
        params[section.hidden.field] = "only"
    return ListPage(section, params, staff).rows.filter(pk__among=ids)

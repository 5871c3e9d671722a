"""The page of one record as an app declares it: its blocks, its heading, what can be done to the record there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from ..texts import Text
from .actions import RecordAction
from .explanation import Explanation
from .lane import Lane


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A block of a page: `content(record, staff)` returns its template context, `template` draws it; on the home page
    it is `content(staff)`.

    No context: nothing to show, and no block. `count` is printed in the heading, "Groups (1)" (S1.53); `right` is the
    permission needed to see the block. `side` is the column, or "head": a line under the name. `choices` are kinds of
    rows by name, the first one is shown unless asked otherwise: content(record, staff, name). `before` is the block
    of the page before which an app above puts it.

    `version` makes it follow on an open page (backoffice.live): what is another one whenever the block may be, cheaper
    than the block. On a record's page it is an expression that the record is read with, on the home page a value.
    `content` may say in `news` what happened, for who hears the page instead of seeing it; None: another block does.
    """

    name: str
    title: Text
    template: str
    content: Callable[..., dict | None]
    icon: str = "list"
    side: str = "right"
    right: str = ""
    choices: dict[str, Text] = field(default_factory=dict)
    before: str = ""
    version: Callable[[], Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Related:
    """A block of a view page with rows of another section that belong to the record: ten, their number, the way to all.

    The section is named by its slug, since it may belong to an app further up (architecture 2). `filter_by` is the
    filter of its list that takes the record's number, `asked` what else its list is asked for ("sort", other filters),
    `columns` what is shown of a row, `empty` what is said where there is none, with %(name)s for the record. Who may
    not see that section has no such block. `adds`: it offers a form for another one, where `filter_by` is filled in
    (`Editing.prefilled`); `edits`: each row has a pencil, and what is begun here ends on this page. `before` is
    the block of the page before which an app above puts it.

    `recent` is the moment by which a table that grows for ever is asked: for those of 90 days first, and for older ones
    where these are fewer than ten (decision 55). It is what the rows are sorted by.
    """

    section: str
    filter_by: str
    columns: tuple[str, ...]
    empty: Text
    title: Text = ""
    asked: dict[str, str] = field(default_factory=dict)
    recent: str = ""
    side: str = "right"
    adds: bool = False
    edits: bool = False
    before: str = ""

    @property
    def name(self) -> str:
        """What the block is called among those of the page."""
        return self.section


@dataclass(frozen=True, kw_only=True)
class Page:
    """The page of one record: its blocks, what stands in its heading (`heading(record, staff)`), what can be done to
    the record there (`actions`), the order of its facts, and entries of its history that other tables hold
    (`history_of(record, limit)`).

    `lists_of_history` are the lists among those, by field: what each held before an entry, `(record, entry)`.
    `explained` are figures that explain themselves, `lanes` the picture of the record's time. `reasons` is what its
    history calls the words that are kept with a change, such as why somebody made it; "" where none are. `rows` are
    all records that have a page, where the list leaves some of them out. `version` makes the heading follow as
    that of a panel does."""

    panels: tuple[Panel | Related, ...] = ()
    heading: Callable[..., dict] | None = None
    actions: tuple[RecordAction, ...] = ()
    facts: tuple[str, ...] = ()
    history_of: Callable[..., list] | None = None
    lists_of_history: dict[str, Callable[..., list]] = field(default_factory=dict)
    explained: tuple[Explanation, ...] = ()
    lanes: tuple[Lane, ...] = ()
    reasons: Text = ""
    rows: Callable[[], QuerySet] | None = None
    version: Callable[[], Any] | None = None


_histories: dict[str, list[Callable[..., list]]] = {}


def add_history(slug: str, *reads: Callable[..., list]) -> None:
    """Add what an app above knows to the history of a record: `(record, limit, staff)` gives the newest entries."""
    _histories.setdefault(slug, []).extend(reads)


def added_history(slug: str) -> list[Callable[..., list]]:
    """What apps above have added to the history of that section's records."""
    return _histories.get(slug, [])

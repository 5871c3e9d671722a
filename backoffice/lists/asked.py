"""What a list is asked for by a query string: columns, filters, order, page size (habit 6)."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from ..models import ColumnChoice
from ..numbers import whole
from ..screen.links import link
from ..sections import Section
from ..staff.models import StaffMember
from ..tables.filter_menus import KEPT, MORE, OPEN
from ..tables.filtersets import FilterSet
from ..tables.lookups import Lookup
from .paging import DEFAULT_PER_PAGE, PER_PAGE, Order, may_be_null

# The parameter by which the way back says what was ticked; more would make an address that servers refuse.
TICKED = "ticked"
MOST_KEPT_TICKED = 300
# The parameter by which the way back names the record one came to from it, record by record: its page is shown.
AT = "at"


def _columns() -> dict[tuple[int, str], list[str]]:
    chosen = ColumnChoice.objects.values_list("staff", "section", "columns")
    return {(staff, section): columns for staff, section, columns in chosen}


COLUMNS = Lookup(counter="backoffice.columnchoice", read=_columns)


class Asked:
    """What one member of staff asks of a section's list.

    Unknown parameters, sorts, pages and page sizes are ignored; a filter with a fault is told and left out (G23, G33).
    """

    def __init__(self, section: Section, params: QueryDict, staff: StaffMember):
        self.section = section
        self.params = params
        self.staff = staff
        self.table = section.table
        self.can = {
            action: staff.has_perm(section.right(action))
            for action in ("view", "add", "change", "delete", "export", "import", "settings")
        }
        self.list_url = link(section.url())

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        """The columns this person arranged, else the first set of the section."""
        asked = COLUMNS.now().get((self.staff.pk, self.section.slug), ())
        chosen = tuple(name for name in asked if name in self.table.columns)
        return chosen or self._usual_columns()

    def _usual_columns(self) -> tuple[str, ...]:
        first = next(iter(self.section.listing.sets.values()), None)
        return first.columns if first else self.table.names()

    @cached_property
    def filterset(self):
        """The section's filters with the values of the query string."""
        section = self.section
        hidden = section.hidden.field if section.hidden else ""
        return FilterSet(section.filters, self.params, section.rows(), staff=self.staff, hidden=hidden)

    @cached_property
    def filter_errors(self) -> dict[str, list[str]]:
        """What was wrong with a filter, by its name."""
        return self.filterset.faults

    @cached_property
    def sort(self) -> str:
        """The sort in force: a column's name, "-" before it for descending; from a fixed list (G23)."""
        asked = self.params.get("sort", "")
        column = self.table.columns.get(asked.removeprefix("-"))
        return asked if column is not None and column.sorts else self.section.listing.default_sort

    @cached_property
    def order(self) -> Order:
        """The order behind the sort. Nothing known counts as smallest, or comes last both ways."""
        column = self.table.column(self.sort.removeprefix("-"))
        descending = self.sort.startswith("-") != column.sorts_reversed
        last = descending or column.unknown_last
        if column.within:
            return Order(column.sorts, column.ties, descending, within=column.within)
        nulls = ("last" if last else "first") if may_be_null(self.section.model, column.sorts) else ""
        return Order(column.sorts, column.ties, descending, nulls)

    @cached_property
    def per_page(self) -> int:
        """Rows a page: 20, 50, 100 or 300 (S1.6)."""
        asked = self.params.get("per_page", "")
        return next((number for number in PER_PAGE if asked == str(number)), DEFAULT_PER_PAGE)

    @cached_property
    def ticked(self) -> frozenset[int]:
        """The rows that were ticked when somebody left the list to answer a question (U19)."""
        asked = self.params.get(TICKED, "").split(",")[:MOST_KEPT_TICKED]
        return frozenset(key for one in asked if (key := whole(one)) is not None)

    @property
    def more(self) -> str:
        """Whether the menu of the filters of no column shown is OPEN or KEPT; "" where it waits to be opened."""
        asked = self.params.get(MORE, "")
        return asked if asked in (OPEN, KEPT) else ""

    def url(self, **changes: Any) -> str:
        """This list's address with some parameters changed; None takes one away.

        What is ticked, which menu is open and which record one came back from stay behind.
        """
        left_out = {TICKED, MORE, AT, *changes}
        kept = [
            (name, value) for name, values in self.params.lists() for value in values if name not in left_out
        ]
        kept += [(name, value) for name, value in changes.items() if value is not None]
        query = urlencode([(name, value) for name, value in kept if value != ""])
        return f"{self.list_url}?{query}" if query else self.list_url

    @property
    def query(self) -> str:
        """The query string without empty parameters, to come back to."""
        return self.url().partition("?")[2]

    @property
    def reset_url(self) -> str:
        """All rows again, in the order and page size at hand (S0.81, S1.94, S3.48; U34), as the help says."""
        kept = {name: self.params[name] for name in ("sort", "per_page") if self.params.get(name)}
        return f"{self.list_url}?{urlencode(kept)}" if kept else self.list_url

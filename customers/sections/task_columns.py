"""The columns of tasks that show more than one stored value: when it is due, whether it is done."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backoffice.screen import formats
from backoffice.screen.markup import fill
from backoffice.tables.columns import DayColumn, SwitchColumn, nothing
from backoffice.tables.pages import CellPage, CellSheet, Row


class DueColumn(DayColumn):
    """The day with its hour; what is overdue, or due today, says so."""

    css = "date sub"

    def __init__(self, title, *, reads, **kwargs):
        super().__init__(title, reads=(*reads, "due_time", "done_at"), **kwargs)

    def draw(self, row: Row, page: CellPage) -> str:
        day = row["due_on"]
        if day is None:
            return nothing()
        said = f"{formats.day(day)} {formats.time_of_day(row['due_time'])}".strip()
        if row["done_at"] or day > page.today:
            return fill("{}", said)
        if day == page.today:
            return fill('{} <span class="badge badge-warn">{}</span>', said, _("Today"))
        return fill('{} <span class="badge badge-bad">{}</span>', said, pgettext("task", "Overdue"))


class DoneColumn(SwitchColumn):
    """Whether it is done, as a switch; stored is since when."""

    field = "done"

    def __init__(self, title, **kwargs):
        super().__init__(title, reads=("done_at",), **kwargs)

    def value(self, row: Row) -> bool:
        return row["done_at"] is not None

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return "1" if row["done_at"] else "0"

"""The columns of tasks that show more than one stored value: when it is due, for whom, whether it is done."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backoffice.screen import formats
from backoffice.screen.links import link_pattern
from backoffice.screen.markup import fill
from backoffice.tables.columns import DayColumn, SwitchColumn, TextColumn, nothing
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


class CustomerColumn(TextColumn):
    """Whom the task is for, leading to their page."""

    css = "text sub"
    may_lead = False

    def __init__(self, title, *, reads, **kwargs):
        names = ("customer__first_name", "customer__last_name")
        super().__init__(title, reads=(*reads, *names), **kwargs)

    def draw(self, row: Row, page: CellPage) -> str:
        return fill(
            '<a href="{}">{}</a>', link_pattern("customers_view").format(row["customer_id"]), self._name(row)
        )

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return self._name(row)

    @staticmethod
    def _name(row: Row) -> str:
        return f"{row['customer__first_name']} {row['customer__last_name']}".strip()


class DoneColumn(SwitchColumn):
    """Whether it is done, as a switch; stored is since when."""

    field = "done"

    def __init__(self, title, **kwargs):
        super().__init__(title, reads=("done_at",), **kwargs)

    def draw(self, row: Row, page: CellPage) -> Any:
        return super().draw({**row, "done": row["done_at"] is not None}, page)

    def state(self, row: Row) -> bool:
        return row["done_at"] is not None

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return "1" if row["done_at"] else "0"

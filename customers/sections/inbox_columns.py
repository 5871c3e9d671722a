"""The columns of conversations and mails that show more than one stored value."""

from typing import Any

from django.utils.translation import gettext as _

from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.tables.columns import ChoiceColumn, TextColumn, nothing
from backoffice.tables.pages import CellPage, CellSheet, Row

from ..models import ThreadStatus

TONES = {ThreadStatus.OPEN: "accent", ThreadStatus.PENDING1: "warn", ThreadStatus.PENDING2: "warn"}


class CustomerColumn(TextColumn):
    """Whose it is, the way to their file. Who is hidden is named to nobody (decision 19)."""

    css = "text sub"
    may_lead = False

    def __init__(self, title, **kwargs):
        reads = ("customer_id", "customer__first_name", "customer__last_name", "customer__deleted")
        super().__init__(title, **{**kwargs, "reads": reads})

    def draw(self, row: Row, page: CellPage) -> str:
        if row["customer_id"] is None:
            return nothing()
        if row["customer__deleted"]:
            return _("Deleted customer")
        return fill('<a href="{}">{}</a>', link("customers_view", row["customer_id"]), _name(row))

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return "" if row["customer_id"] is None or row["customer__deleted"] else _name(row)


def _name(row: Row) -> str:
    return f"{row['customer__first_name']} {row['customer__last_name']}".strip()


class SubjectColumn(TextColumn):
    """What a conversation is about, with a dot while something of it is to be read."""

    css = "text lead"

    def draw(self, row: Row, page: CellPage) -> str:
        said = row["subject"] or _("No subject")
        dot = fill('<span class="dot" role="img" aria-label="{0}" title="{0}"></span>', _("Unread"))
        return fill("{}{}", dot, said) if row["unread"] else said


class StatusColumn(ChoiceColumn):
    """How far a conversation is, as a badge."""

    def __init__(self, title, **kwargs):
        super().__init__(title, labels=dict(ThreadStatus.choices), **kwargs)

    def draw_value(self, value: Any, page: CellPage) -> str:
        return fill('<span class="badge badge-{}">{}</span>', TONES.get(value, "none"), self.labels[value])

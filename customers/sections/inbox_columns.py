"""The columns of conversations that show more than one stored value."""

from typing import Any

from django.utils.translation import gettext as _

from backoffice.screen.markup import fill
from backoffice.tables.columns import ChoiceColumn, TextColumn
from backoffice.tables.pages import CellPage, Row

from ..models import ThreadStatus

TONES = {ThreadStatus.OPEN: "accent", ThreadStatus.PENDING1: "warn", ThreadStatus.PENDING2: "warn"}


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

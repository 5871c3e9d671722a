"""Finding the record of a URL: what may not be seen answers as what is not there (decisions, rights)."""

from typing import Any

from django.db.models import Model
from django.http import Http404

from ..access.rights import HasRights
from ..numbers import LARGEST
from ..sections import Section


class NotHere(Http404):
    """There is no such record of this section, or not for this person: what is sent to it is told who deleted it.

    `model`, `key` and `title` are what is gone where that is something of the record.
    """

    def __init__(self, section: Section, pk: int, *, model: Any = None, key: int = 0, title: str = ""):
        super().__init__()
        self.section, self.pk = section, pk
        self.model, self.key, self.title = model or section.model, key or pk, title


def record_or_404(section: Section, pk: int, staff: HasRights, **more: Any) -> Model:
    """The record of that id; deleted ones only for who may delete (decision 19). `more` is read with it."""
    record = section.record(pk, staff, **more)
    if record is None:
        raise NotHere(section, pk)
    return record


def removed_or_404(section: Section, pk: int, staff: HasRights) -> Model:
    """A record that is gone, as it was in the end, for who may delete: history outlives it (decision 19, D-93)."""
    if pk > LARGEST or not staff.has_perm(section.right("delete")):
        raise Http404
    key = section.model._meta.pk.attname
    last = section.model.history.filter(**{key: pk}).order_by("-history_date", "-history_id").first()
    if last is None:
        raise Http404
    return last.instance

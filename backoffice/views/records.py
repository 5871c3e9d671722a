"""Finding the record of a URL: what may not be seen answers as what is not there (decisions, rights)."""

from typing import Any

from django.db.models import Model
from django.http import Http404

from ..access.rights import HasRights
from ..numbers import LARGEST
from ..sections import Section


def record_or_404(section: Section, pk: int, staff: HasRights, **more: Any) -> Model:
    """The record of that id; deleted ones only for who may delete (decision 19). `more` is read with it."""
    record = section.record(pk, staff, **more)
    if record is None:
        raise Http404
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

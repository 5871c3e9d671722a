"""Finding the record of a URL: what may not be seen answers as what is not there (decisions, rights)."""

from django.db.models import Model
from django.http import Http404

from ..access.rights import HasRights
from ..numbers import LARGEST
from ..sections import Section


def record_or_404(section: Section, pk: int, staff: HasRights) -> Model:
    """The record of that id; deleted ones only for who may delete (decision 19)."""
    if pk > LARGEST:
        raise Http404
    record = section.rows().filter(pk=pk).first()
    if record is None or not may_see(section, record, staff):
        raise Http404
    return record


def may_see(section: Section, record: Model, staff: HasRights) -> bool:
    """Whether a record of a section that this person may view is there for them: hidden ones for who may delete."""
    hidden = section.hidden is not None and getattr(record, section.hidden.field)
    return not hidden or staff.has_perm(section.right("delete"))


def removed_or_404(section: Section, pk: int, staff: HasRights) -> Model:
    """A record that is gone, as it was in the end, for who may delete: history outlives it (decision 19, D-93)."""
    if pk > LARGEST or not staff.has_perm(section.right("delete")):
        raise Http404
    key = section.model._meta.pk.attname
    last = section.model.history.filter(**{key: pk}).order_by("-history_date", "-history_id").first()
    if last is None:
        raise Http404
    return last.instance

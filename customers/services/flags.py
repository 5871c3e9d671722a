"""Switching a flag of many customers at once, set-wise, with history and consent ledger."""

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from backoffice.database.counting import one_change
from backoffice.models import Counter
from backoffice.records.actors import Actor
from backoffice.records.history import record_set

from ..models import Customer
from .consents import CONSENTS, note_consents
from .locking import locked


@one_change()
def set_flag(rows: QuerySet, field: str, value: bool, *, by: Actor) -> list[int]:
    """Set active, newsletter or partner_offers of all these customers; returns who was changed."""
    ids = rows.filter(**{field: not value}).values_list("pk", flat=True)
    changed: list[int] = []
    extra = {"newsletter_at": Coalesce(F("newsletter_at"), Now())} if field == "newsletter" and value else {}
    for batch in locked(ids):
        others = Customer.objects.filter(pk__in=batch, **{field: not value})
        batch = list(others.values_list("pk", flat=True))
        touched = Customer.objects.filter(pk__in=batch)
        touched.update(**{field: value}, version=F("version") + 1, updated_at=timezone.now(), **extra)
        record_set(touched, by=by)
        if field in CONSENTS:
            note_consents(batch, field, value, by=by)
        changed += batch
    if changed:
        Counter.move(Customer._meta.label_lower)
    return changed

"""Switching a flag of many customers at once, set-wise, with history and consent ledger."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from backoffice.actors import Actor
from backoffice.history import record_set
from backoffice.models import Counter

from ..models import Customer
from .consents import CONSENTS, note_consents

BATCH = 5_000


@transaction.atomic
def set_flag(rows: QuerySet, field: str, value: bool, *, by: Actor) -> int:
    """Set active, newsletter or partner_offers of all these customers; returns how many changed."""
    ids = list(rows.filter(**{field: not value}).values_list("pk", flat=True))
    extra = {"newsletter_at": Coalesce(F("newsletter_at"), Now())} if field == "newsletter" and value else {}
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        touched = Customer.objects.filter(pk__in=batch)
        touched.update(**{field: value}, version=F("version") + 1, updated_at=timezone.now(), **extra)
        record_set(touched, by=by)
        if field in CONSENTS:
            note_consents(batch, field, value, by=by)
    if ids:
        Counter.move(Customer._meta.label_lower)
    return len(ids)

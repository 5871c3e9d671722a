"""The consent ledger: each time a consent is given or taken back, who, when, from where, why (D-50, D-105)."""

from collections.abc import Iterable

from django.utils import timezone

from backoffice.database import bulk_sql
from backoffice.records.actors import Actor

from ..models import NOT_STATED, Consent, Customer

CONSENTS = ("newsletter", "partner_offers")


def note_consent(customer: Customer, kind: str, given: bool, *, by: Actor, ground: str = NOT_STATED) -> None:
    """Write one consent change into the ledger; without a ground it says "not stated" (decision 9)."""
    note_consents([customer.pk], kind, given, by=by, ground=ground)


def note_consents(ids: Iterable[int], kind: str, given: bool, *, by: Actor, ground: str = NOT_STATED) -> None:
    """The same for many customers, in one statement."""
    now, staff_id = timezone.now(), by.staff.pk if by.staff else None
    bulk_sql.insert(
        Consent,
        ("customer_id", "kind", "given", "at", "ground", "staff_id", "door", "ip"),
        [(key, kind, given, now, ground, staff_id, str(by.door), by.ip) for key in ids],
    )

"""The consent ledger: each time a consent is given or taken back, who, when, from where, why (D-50, D-105)."""

from collections.abc import Collection

from django.utils import timezone

from backoffice.database import bulk_sql
from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor

from ..models import NOT_STATED, Consent, Customer

CONSENTS = ("newsletter", "partner_offers")


@one_change()
def state_ground(customer: Customer, kind: str, ground: str, *, by: Actor) -> None:
    """Say on what ground a consent rests, given or not as it is now: one more line of the ledger (decision 9).

    NotAllowed where the customer is hidden.
    """
    current = changes.lock(customer)
    note_consents([current.pk], kind, getattr(current, kind), by=by, ground=ground)


def note_consents(
    ids: Collection[int], kind: str, given: bool, *, by: Actor, ground: str = NOT_STATED
) -> None:
    """Write one consent change of these customers into the ledger; without a ground it says "not stated"."""
    if not ids:
        return
    now, staff_id = timezone.now(), by.staff.pk if by.staff else None
    bulk_sql.insert(
        Consent,
        ("customer_id", "kind", "given", "at", "ground", "staff_id", "door", "ip"),
        [(key, kind, given, now, ground, staff_id, str(by.door), by.ip) for key in ids],
    )

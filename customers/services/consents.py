"""The consent ledger: each time a consent is given or taken back, who, when, from where, why (D-50, D-105)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone

from backoffice.database import bulk_sql
from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor

from ..models import Consent, Customer, Ground

CONSENTS = ("newsletter", "partner_offers")
# What values of before rest on when somebody puts them back.
PUT_BACK = dict.fromkeys(CONSENTS, Ground.PUT_BACK.value)
# What an import rests on where the file says nothing of it; the name of the file follows.
IMPORTED = "import of "
_LONGEST = Consent._meta.get_field("ground").max_length


@one_change()
def state_ground(customer: Customer, kind: str, ground: str, *, by: Actor) -> None:
    """Say on what ground a consent rests, given or not as it is now: one more line of the ledger (decision 9).

    NotAllowed where the customer is hidden.
    """
    current = changes.lock(customer)
    given = getattr(current, kind)
    _add_lines({current.pk: ground}, kind, was=given, given=given, by=by)


def note_consents(grounds: Mapping[int, str], kind: str, given: bool, *, by: Actor) -> None:
    """Write down that these customers gave a consent, or took it back, each with its ground."""
    _add_lines(grounds, kind, was=not given, given=given, by=by)


def last_lines(customers: Any) -> dict[tuple[int, str], bool]:
    """What the last line of each kind says of the customers for whom this condition on lines holds."""
    latest = Consent.objects.filter(customers).order_by().values("customer_id", "kind")
    keys = latest.annotate(last=Max("pk")).values("last")
    lines = Consent.objects.filter(pk__in=keys)
    return {(who, kind): given for who, kind, given in lines.values_list("customer_id", "kind", "given")}


def file_ground(name: str) -> str:
    """What consents of an imported file rest on where the file does not say it."""
    return f"{IMPORTED}{name}"[:_LONGEST]


def stored_ground(text: str) -> str:
    """A ground as it is stored: one of the usual by its own word, in whatever language the reader chose it."""
    usual = {str(one.label).casefold(): one.value for one in Ground}
    return usual.get(text.casefold(), text) or Ground.NOT_STATED.value


def _add_lines(grounds: Mapping[int, str], kind: str, *, was: bool, given: bool, by: Actor) -> None:
    if not grounds:
        return
    now, staff_id = timezone.now(), by.staff.pk if by.staff else None
    bulk_sql.insert(
        Consent,
        ("customer_id", "kind", "was", "given", "at", "ground", "staff_id", "door", "ip"),
        [
            (key, kind, was, given, now, ground, staff_id, str(by.door), by.ip)
            for key, ground in grounds.items()
        ],
    )

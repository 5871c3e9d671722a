"""Switching a flag of many customers at once, set-wise, with history and consent ledger."""

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Now

from backoffice.database.counting import one_change
from backoffice.records.actors import Actor
from backoffice.records.changes import lock_set, save_set
from groups.rules.filling import Fact

from ..models import HERE, NOT_STATED, Customer
from .consents import CONSENTS, note_consents
from .group_filling import settle
from .sessions import SESSIONS_END


@one_change()
def set_flag(rows: QuerySet, field: str, value: bool, *, by: Actor, ground: str = NOT_STATED) -> list[int]:
    """Set active, newsletter or partner_offers of all these customers who are not hidden; returns who was changed.

    `ground` is what a consent rests on.
    """
    changed: list[int] = []
    values = {field: value} | _besides(field, value, by)
    for batch in lock_set(rows, HERE & Q(**{field: not value})):
        save_set(Customer.objects.filter(pk__among=batch), values, by=by)
        if field in CONSENTS:
            note_consents(dict.fromkeys(batch, ground), field, value, by=by)
        if field == "newsletter":
            settle(batch, {Fact.NEWSLETTER}, by=by)
        changed += batch
    return changed


def _besides(field: str, value: bool, by: Actor) -> dict:
    """What goes with the flag: whoever is disabled is signed out, whoever gets the newsletter has since when."""
    if field == "active" and not value:
        return SESSIONS_END
    return _since(by) if field == "newsletter" and value else {}


def _since(by: Actor) -> dict:
    """From when on, and from where, they read the newsletter; kept where it is switched on again."""
    ip = Value(by.ip, output_field=Customer._meta.get_field("newsletter_ip"))
    return {
        "newsletter_at": Coalesce(F("newsletter_at"), Now()),
        "newsletter_ip": Case(When(newsletter_at=None, then=ip), default=F("newsletter_ip")),
    }

"""What can be done to countries: their rules are settings of the shop, by who runs it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor

from ..models import Country

_CHANGE = "addresses.change_country"


@one_change()
def save_country(
    country: Country | None, values: dict[str, Any], *, by: Actor, version: int | None = None
) -> Country:
    """Add a country or change its rules; its code stays. ValidationError at `code` where there is one already."""
    current = Country() if country is None else changes.lock(country, version=version)
    if country is not None:
        values = {name: value for name, value in values.items() if name != "code"}
    elif Country.objects.filter(code=values["code"]).exists():
        refuse_taken(values["code"])
    try:
        with transaction.atomic():
            changes.save(current, values, by=by)
    except IntegrityError:
        # Somebody else added it a moment ago.
        if country is None and Country.objects.filter(code=values["code"]).exists():
            refuse_taken(values["code"])
        raise
    return current


def refuse_taken(code: str) -> None:
    """ValidationError at `code`: that country is here already."""
    raise ValidationError({"code": _("%(code)s is in the list already.") % {"code": code}})


@verb(_CHANGE)
@one_change()
def switch_country(country: Country, field: str, value: bool | None, *, by: Actor) -> Country:
    """Enable or disable a country; without a value, the other of the two."""
    current = changes.lock(country)
    changes.save(current, {field: not getattr(current, field) if value is None else value}, by=by)
    return current


@verb(_CHANGE)
def enable_countries(rows: QuerySet, *, by: Actor) -> list[int]:
    """Offer these countries in forms; returns which were not."""
    return changes.change_set(rows, {"active": True}, where=Q(active=False), by=by)


@verb(_CHANGE)
def disable_countries(rows: QuerySet, *, by: Actor) -> list[int]:
    """Offer these countries in forms no more; addresses that lie there stay. Returns which were offered."""
    return changes.change_set(rows, {"active": False}, where=Q(active=True), by=by)

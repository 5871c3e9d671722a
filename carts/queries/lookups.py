"""Small tables that lists of carts and orders look things up in."""

from typing import TypeVar

from django.db.models import QuerySet

from backoffice.database.folding import fold
from backoffice.tables.lookups import Lookup

from ..models import Carrier, Category

Named = TypeVar("Named", Carrier, Category)


def _carriers() -> dict[int, str]:
    return dict(Carrier.objects.order_by("name").values_list("pk", "name"))


CARRIERS = Lookup(counter="carts.carrier", read=_carriers)


def called(rows: QuerySet[Named], name: str) -> Named | None:
    """The one of these few that is called so, to the letter or else in whatever capitals and accents (decision 27)."""
    if (found := rows.filter(name=name).first()) is not None:
        return found
    wanted = fold(name)
    return next((one for one in rows if fold(one.name) == wanted), None)

"""Small tables that lists of carts and orders look things up in."""

from backoffice.tables.lookups import Lookup

from ..models import Carrier


def _carriers() -> dict[int, str]:
    return dict(Carrier.objects.order_by("name").values_list("pk", "name"))


CARRIERS = Lookup(counter="carts.carrier", read=_carriers)

"""Which products and carriers a request means; what is not there is told at its field."""

from collections.abc import Iterable

from django.db.models import Q, prefetch_related_objects

from backoffice.api.refusals import refuse

from ..models import Carrier, Cart, Product
from ..queries.lookups import called


def products_named(references: Iterable[str], *, field: str) -> dict[str, Product]:
    """The products of these references, read at once; Refused at `field` for the first that is not there."""
    wanted = list(references)
    rows = Product.objects.to_be_sold().filter(reference__in=wanted).exclude(reference="")
    found = {one.reference: one for one in rows}
    for place, reference in enumerate(wanted):
        if reference not in found:
            refuse("no_such_product", field=field.format(place))
    if exclusive := [one for one in found.values() if one.only_for_some]:
        prefetch_related_objects(exclusive, "exclusive_to")
    return found


def product_named(reference: str) -> Product:
    """The product of this reference; Refused at `product` where there is none."""
    # Written out: putting it together anew for every line that is put costs more than it does.
    rows = Product.objects.raw(
        "SELECT p.*, EXISTS (SELECT 1 FROM carts_product_exclusive_to g WHERE g.product_id = p.id) AS only_for_some"
        " FROM carts_product p WHERE p.reference = %s AND p.reference <> ''",
        [reference],
    )
    product = next(iter(rows), None)
    if product is None:
        refuse("no_such_product", field="product")
    return product


def carrier_named(name: str | None, *, of: str) -> Carrier | None:
    """The carrier of this name that is offered, or brings the cart `of` that key already; None for no name.

    Refused at `carrier` where there is none.
    """
    if not name:
        return None
    its_own = Cart.objects.filter(key=of).values("carrier") if of else ()
    carrier = called(Carrier.objects.filter(Q(active=True) | Q(pk__in=its_own)), name)
    if carrier is None:
        refuse("no_such_carrier", field="carrier")
    return carrier

"""Which products, carriers and categories a request means; what is not there is told at its field."""

from collections.abc import Iterable
from typing import NoReturn

from django.db.models import prefetch_related_objects

from backoffice.api.refusals import Refused
from backoffice.faults import sentence
from backoffice.rules import Broken

from ..models import Carrier, Product
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


def product_named(reference: str, *, field: str = "product") -> Product:
    """The product of this reference; Refused at `field` where there is none."""
    # Written out: putting it together anew for every line that is put costs more than it does.
    rows = Product.objects.raw(
        "SELECT p.*, EXISTS (SELECT 1 FROM carts_product_exclusive_to g WHERE g.product_id = p.id) AS only_for_some"
        " FROM carts_product p WHERE p.reference = %s AND p.reference <> ''",
        [reference],
    )
    product = next(iter(rows), None)
    if product is None:
        refuse("no_such_product", field=field)
    return product


def carrier_named(name: str | None, *, field: str = "carrier") -> Carrier | None:
    """The carrier of this name, None for no name."""
    if not name:
        return None
    carrier = called(Carrier.objects.filter(active=True), name)
    if carrier is None:
        refuse("no_such_carrier", field=field)
    return carrier


def refuse(code: str, *, field: str, **facts) -> NoReturn:
    """Refused at this field, in the words of the house."""
    raise Refused(422, sentence(Broken(code, **facts)), field=field, code=code)

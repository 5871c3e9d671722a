"""Products as the shop's pages state them, found again by their reference."""

from typing import Any

from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.database.folding import fold
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.rules import Broken
from groups.models import Group

from ..models import Carrier, Category, Product
from ..queries.lookups import called

# So many letters a reason has room for in the history.
REASON = 200


@verb("carts.change_product")
@one_change()
def put_product(
    reference: str,
    values: dict[str, Any],
    *,
    by: Actor,
    parent: str | None = None,
    category: str | None = None,
    exclusive_to: list[Group] | None = None,
) -> Product:
    """The product of this reference as it is stated; what is not named stays as it is. Stock moves without history;
    for whom alone it is sold is told there in words.

    A category that is not there yet is made. Broken where `parent`, a reference, is no product that may have variants.
    """
    product = Product.objects.select_for_update(of=("self",)).filter(reference=reference).first()
    product = product or Product(reference=reference)
    if category is not None:
        values["category"] = _category_of(category) if category else None
    if parent is not None:
        values["parent"] = _parent_of(product, parent) if parent else None
    stock = values.pop("stock", None)
    before = set() if product._state.adding else set(product.exclusive_to.all())
    regrouped = exclusive_to is not None and set(exclusive_to) != before
    reason = _sold_to(exclusive_to or []) if regrouped else ""
    if product._state.adding:
        changes.save(product, {**values, "stock": stock or 0}, by=by, reason=reason)
    else:
        if not changes.save(product, values, by=by, reason=reason) and regrouped:
            changes.touch(product, by=by, reason=reason)
        if stock is not None and stock != product.stock:
            product.stock = stock
            Product.objects.filter(pk=product.pk).update(stock=stock)
    if regrouped:
        product.exclusive_to.set(exclusive_to)
    return product


def _category_of(name: str) -> Category:
    return called(Category.objects.all(), name) or Category.objects.get_or_create(name=name)[0]


def _sold_to(groups: list[Group]) -> str:
    """To whom it is sold from now on, as the history tells it."""
    return ", ".join(sorted(group.name for group in groups))[:REASON] or _("Everybody")


def _parent_of(product: Product, reference: str) -> Product:
    parent = Product.objects.filter(reference=reference).first()
    if parent is None:
        raise Broken("no_such_product")
    if parent.parent_id or parent == product or (product.pk and product.variants.exists()):
        raise Broken("variant_of_variant")
    return parent


@verb("carts.change_product")
@one_change()
def put_carrier(name: str, values: dict[str, Any], *, by: Actor) -> Carrier:
    """The carrier of this name, with what carrying costs now and whether it is offered; `name` among the values is what
    it is called from now on. Broken where another one is called so."""
    known = called(Carrier.objects.all(), name)
    carrier = Carrier.objects.select_for_update().get(pk=known.pk) if known else Carrier(name=name)
    new = values.get("name", name)
    if fold(new) != fold(name) and called(Carrier.objects.exclude(pk=carrier.pk), new):
        raise Broken("carrier_taken")
    changes.save(carrier, values, by=by)
    return carrier

"""Products as the shop's pages state them, found again by their reference."""

from typing import Any

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.rules import Broken
from groups.models import Group

from ..models import Carrier, Category, Product


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
    """The product of this reference as it is stated; what is not named stays as it is. Stock moves without history.

    A category that is not there yet is made. Broken where `parent`, a reference, is no product that may have variants.
    """
    product = Product.objects.select_for_update(of=("self",)).filter(reference=reference).first()
    product = product or Product(reference=reference)
    if category is not None:
        values["category"] = Category.objects.get_or_create(name=category)[0] if category else None
    if parent is not None:
        values["parent"] = _parent_of(product, parent) if parent else None
    stock = values.pop("stock", None)
    if product._state.adding:
        changes.save(product, {**values, "stock": stock or 0}, by=by)
    else:
        changes.save(product, values, by=by)
        if stock is not None and stock != product.stock:
            product.stock = stock
            Product.objects.filter(pk=product.pk).update(stock=stock)
    if exclusive_to is not None:
        product.exclusive_to.set(exclusive_to)
    return product


def _parent_of(product: Product, reference: str) -> Product:
    parent = Product.objects.filter(reference=reference).first()
    if parent is None:
        raise Broken("no_such_product")
    if parent.parent_id or parent == product or (product.pk and product.variants.exists()):
        raise Broken("variant_of_variant")
    return parent


@one_change()
def put_carrier(name: str, values: dict[str, Any], *, by: Actor) -> Carrier:
    """The carrier of this name, with what carrying costs now and whether it is offered."""
    return Carrier.objects.update_or_create(name=name, defaults=values)[0]

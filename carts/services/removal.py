"""Deleting carts: those without an order, with all that happened to them; an ordered one never goes (facts 8.4)."""

import datetime as dt
from collections import Counter as Tally
from collections.abc import Sequence

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.models import Counter
from backoffice.records.actors import Actor
from backoffice.screen import formats
from customers.models import CustomerFigures

from ..models import Cart
from .locks import hold_figures

# Whose cart is read-only, as they are until they are brought back (decision 43).
OF_HIDDEN = Q(customer__deleted=True)


@verb("carts.delete_cart")
@one_change()
def delete_carts(rows: QuerySet[Cart], *, by: Actor, unchanged_since: dt.datetime | None = None) -> list[int]:
    """Delete these for good, but those that became an order and those of hidden customers; by their age alone, those of
    hidden customers too, where they are unchanged since then.

    Returns which; the length of the list and how many carts their customers have follow.
    """
    chosen = rows.order_by() if unchanged_since else rows.order_by().exclude(OF_HIDDEN)
    held = Cart.objects.not_placed().filter(pk__in=chosen.values("pk"))
    if unchanged_since:  # judged again under the lock: a shopper may have come back
        held = held.filter(changed_at__lt=unchanged_since)
    held = held.select_for_update(of=("self",)).order_by("pk")
    going = list(held.values_list("pk", "customer", "items_count"))
    keys = [key for key, _customer, _items in going]
    Cart.objects.filter(pk__among=keys).delete()
    filled = [customer for _key, customer, items in going if items]
    _uncount(Tally(customer for customer in filled if customer))
    if filled:
        Counter.move(Cart._meta.label_lower, -len(filled))
    return keys


def _uncount(carts: Tally[int]) -> None:
    """Each customer has so many carts fewer; one statement for all who lose as many."""
    hold_figures(carts)
    for number in sorted(set(carts.values())):
        losing = sorted(customer for customer, lost in carts.items() if lost == number)
        CustomerFigures.objects.filter(pk__among=losing).update(carts_count=F("carts_count") - number)


def foretell(ids: Sequence[int]) -> list[str]:
    """What deleting these carts will do, nothing where all of them stay."""
    number = Cart.objects.not_placed().filter(pk__among=list(ids)).exclude(OF_HIDDEN).count()
    if not number:
        return []
    said = ngettext(
        "Deletes %(n)s cart with its products and all that happened to it.",
        "Deletes %(n)s carts with their products and all that happened to them.",
        number,
    )
    return [said % {"n": formats.number(number)}]


def refused(ids: Sequence[int]) -> dict[int, str]:
    """Those of these carts that became an order, or are a hidden customer's, with the reason why they stay."""
    chosen = Cart.objects.filter(pk__among=list(ids))
    ordered = chosen.placed().values_list("pk", "order__id")
    hidden = chosen.filter(OF_HIDDEN).values_list("pk", flat=True)
    of_hidden = _("This customer is deleted: bring them back before changing anything.")
    return dict.fromkeys(hidden, of_hidden) | {key: _reason(order) for key, order in ordered}


def _reason(order: int | None) -> str:
    if order is None:
        return _("It has been ordered, so it stays.")
    return _("It became order %(number)s, so it stays.") % {"number": f"#{order:06d}"}

"""The status of many orders at once, and each given back the one it had before (decision 42)."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.faults import sentence
from backoffice.numbers import whole
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.rules import Broken
from backoffice.screen import formats
from backoffice.sections import Choice
from customers.services.figures import BOUGHT
from customers.services.group_filling import lock_for_rules

from ..models import Order, OrderStatus
from .locks import hold, hold_figures, hold_vouchers_of
from .ordering import set_order_status

_CHANGE = "carts.change_order"


@verb(_CHANGE)
@one_change()
def set_status_of_many(rows: QuerySet[Order], *, by: Actor, choice: Choice) -> list[int]:
    """Give all these that status, each with its figures, history and uses of vouchers; returns which had another."""
    status = OrderStatus.objects.filter(pk=whole(choice.value) or 0).first()
    if status is None:
        raise NotAllowed(_("Choose one of the list, please."))
    changed = []
    for order in _one_by_one(rows.exclude(status=status)):
        _set(order, status, by=by)
        changed.append(order.pk)
    return changed


@verb(_CHANGE)
@one_change()
def put_statuses_back(rows: QuerySet[Order], *, by: Actor, choice: Choice) -> list[int]:
    """Give each of these the status it had before that one."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    history = Order.history.filter(id__in=keys).order_by("id", "history_date", "history_id")
    before = {key: had for key, had in history.values_list("id", "status_id") if had != whole(choice.value)}
    statuses = OrderStatus.objects.in_bulk(before.values())
    changed = []
    for order in _one_by_one(rows.filter(pk__in=before)):
        if (status := statuses.get(before[order.pk])) is not None:
            _set(order, status, by=by)
            changed.append(order.pk)
    return changed


def _set(order: Order, status: OrderStatus, *, by: Actor) -> None:
    """NotAllowed, with the number of the order, where what is owed of it then is more than can be counted."""
    try:
        set_order_status(order, status, by=by)
    except Broken as fault:
        raise NotAllowed(formats.labelled(str(order), sentence(fault))) from None


def other_status_since(ids: list[int], choice: Choice, at: datetime) -> set[int]:
    """Which of these had another status once they had been given that one."""
    rows = Order.history.filter(id__in=ids, history_date__gt=at).values_list("id", "status_id")
    return {key for key, had in rows if had != whole(choice.value)}


def _one_by_one(rows: QuerySet[Order]) -> Iterator[Order]:
    """As they are once all that moves with any of them is locked, so that nobody waits in a circle."""
    chosen = Order.objects.filter(pk__among=list(rows.order_by().values_list("pk", flat=True)))
    hold_vouchers_of(chosen)
    buyers = set(chosen.exclude(customer=None).order_by().values_list("customer", flat=True))
    lock_for_rules(buyers, BOUGHT)
    hold(chosen)
    hold_figures(buyers)
    return rows.order_by("pk").iterator(chunk_size=500)

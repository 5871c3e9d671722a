"""Keeping the stored figures of customers true while they buy and visit (decisions 17 and 39)."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TypedDict

from django.db.models import DateTimeField, F, Max, Value
from django.db.models.functions import Coalesce, Greatest, Least, Round

from backoffice.database import bulk_sql
from backoffice.database.counting import move, one_change
from groups.rules.filling import Fact

from ..models import CustomerFigures, Visit
from .group_filling import lock_for_rules, rules_follow

_BLANK = {field.attname: field.get_default() for field in CustomerFigures._meta.concrete_fields}
FIGURES = tuple(_BLANK)
BOUGHT = (Fact.TOTAL_SPENT, Fact.ORDERS)


def record_purchase(
    customer_id: int,
    *,
    placed_at: dt.datetime,
    value: Decimal,
    valid: bool,
    outstanding: Decimal = Decimal(0),
) -> None:
    """A new order of this customer; `carts` calls it in the order's transaction.

    `value` and `outstanding` are in the shop's currency, tax included; an order that is not valid is no sale yet.
    """
    moment = Value(placed_at, output_field=DateTimeField())
    with rules_follow([customer_id], BOUGHT):
        CustomerFigures.objects.filter(pk=customer_id).update(
            orders_count=F("orders_count") + 1,
            valid_orders_count=F("valid_orders_count") + int(valid),
            total_spent=Round(F("total_spent") + (value if valid else Decimal(0)), 2),
            outstanding=Round(F("outstanding") + outstanding, 2),
            first_order_at=Least(Coalesce(F("first_order_at"), moment), moment),
            last_order_at=Greatest(Coalesce(F("last_order_at"), moment), moment),
        )


def lock_buyer(customer_id: int | None) -> None:
    """Lock whom rules of groups may move for what they buy: everybody locks customers before their orders."""
    lock_for_rules([customer_id] if customer_id else [], BOUGHT)


def revise_purchase(
    customer_id: int, *, valid_orders: int = 0, spent: Decimal = Decimal(0), outstanding: Decimal = Decimal(0)
) -> None:
    """An order already recorded became valid or not, or was paid: move the figures by these differences."""
    with rules_follow([customer_id], BOUGHT):
        CustomerFigures.objects.filter(pk=customer_id).update(
            valid_orders_count=F("valid_orders_count") + valid_orders,
            total_spent=Round(F("total_spent") + spent, 2),
            outstanding=Round(F("outstanding") + outstanding, 2),
        )


class Opening(TypedDict, total=False):
    """What a customer bought, and when they came, before this shop knew them; what is not named is left alone."""

    orders: int
    spent: Decimal
    last_visit_at: dt.datetime


@one_change()
def open_figures(
    customer_id: int,
    *,
    orders: int | None = None,
    spent: Decimal | None = None,
    last_visit_at: dt.datetime | None = None,
) -> None:
    """State what a customer bought, and when they came, before this shop knew them (decision 23).

    Stated again, it replaces what was stated before; None leaves a figure alone. Orders of the past count as valid. Of
    last visits the latest stays: it may have come from a visit that is no longer kept (decision 55).
    """
    stated = {"orders": orders, "spent": spent, "last_visit_at": last_visit_at}
    opening = Opening(**{name: value for name, value in stated.items() if value is not None})
    with rules_follow([customer_id], (*BOUGHT, Fact.LAST_VISIT)):
        open_figures_set([(CustomerFigures.objects.select_for_update().get(pk=customer_id), opening)])


def open_figures_set(openings: Sequence[tuple[CustomerFigures, Opening]]) -> None:
    """The same for many customers, whose stored figures are given, locked. One change is the caller's."""
    visited = [figures.pk for figures, opening in openings if "last_visit_at" in opening]
    visits = Visit.objects.filter(customer__among=visited).order_by().values_list("customer")
    latest = dict(visits.annotate(at=Max("started_at"))) if visited else {}
    for figures, opening in openings:
        if "orders" in opening:
            more, figures.opening_orders = opening["orders"] - figures.opening_orders, opening["orders"]
            figures.orders_count += more
            figures.valid_orders_count += more
        if "spent" in opening:
            more, figures.opening_spent = opening["spent"] - figures.opening_spent, opening["spent"]
            figures.total_spent += more
        if "last_visit_at" in opening:
            known = filter(None, (figures.opening_visit_at, opening["last_visit_at"]))
            figures.opening_visit_at = max(known)
            figures.last_visit_at = max(filter(None, (figures.opening_visit_at, latest.get(figures.pk))))
    rows = [[getattr(figures, name) for name in FIGURES] for figures, _opening in openings]
    bulk_sql.update(CustomerFigures, FIGURES[1:], rows)


def figures_of_new(customer_id: int, opening: Opening) -> tuple:
    """The row of figures, in the order of FIGURES, of a customer who is new here."""
    row = {**_BLANK, "customer_id": customer_id}
    if "orders" in opening:
        row |= dict.fromkeys(("opening_orders", "orders_count", "valid_orders_count"), opening["orders"])
    if "spent" in opening:
        row |= dict.fromkeys(("opening_spent", "total_spent"), opening["spent"])
    if "last_visit_at" in opening:
        row |= dict.fromkeys(("opening_visit_at", "last_visit_at"), opening["last_visit_at"])
    return tuple(row.values())


def record_cart(customer_id: int, *, carts: int = 1) -> None:
    """A cart of this customer got its first product (1), or lost its last one or was deleted (-1).

    It is a count: moved last, as who changes a cart may have to lock the customer yet.
    """
    move(CustomerFigures, customer_id, "carts_count", carts)


def record_visit(customer_id: int, *, started_at: dt.datetime) -> None:
    """A visit of this customer to the shop, known at its start or when they signed in."""
    moment = Value(started_at, output_field=DateTimeField())
    with rules_follow([customer_id], (Fact.LAST_VISIT,)):
        CustomerFigures.objects.filter(pk=customer_id).update(
            last_visit_at=Greatest(Coalesce(F("last_visit_at"), moment), moment)
        )

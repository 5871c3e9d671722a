"""Stored figures are exactly what counting gives, after whatever was done, and are mended where they are not (P13)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from addresses.models import Address
from backoffice.models import Counter
from backoffice.records import changes, recounting
from backoffice.records.actors import Actor
from backoffice.records.recounting import StoredFigures, recount_all
from backoffice.sections import Choice
from carts.models import Cart, CartLine, Order
from carts.rules import in_shop_currency, money
from customers import services
from customers.models import Customer, CustomerFigures, Tag, Visit
from customers.services.figures import (
    open_figures,
    record_cart,
    record_purchase,
    record_visit,
    revise_purchase,
)
from groups.models import Group

NOW = timezone.now().replace(microsecond=0)
BY = Actor.command()


def differences() -> list[str]:
    return [str(difference) for difference in recount_all(mend=False)]


@pytest.fixture
def buy(row):
    """`buy(ada, 12_50, valid=True)` places an order as the shop will: the row and its figures in one transaction."""

    def buy(
        customer: Customer, cents: int, *, valid: bool, paid: int = 0, rate: str = "1", days_ago: int = 0
    ) -> Order:
        rate = Decimal(rate)
        order = row(
            Order,
            customer=customer,
            valid=valid,
            rate=rate,
            products_total=money(cents),
            total=money(cents),
            paid=money(paid),
            value=money(in_shop_currency(cents, rate)),
            outstanding=money(in_shop_currency(cents - paid, rate)),
            placed_at=NOW - dt.timedelta(days=days_ago),
        )
        record_purchase(
            customer.pk,
            placed_at=order.placed_at,
            value=order.value,
            valid=valid,
            outstanding=order.outstanding,
        )
        return order

    return buy


def pay(order: Order) -> None:
    """The whole of an order is paid, and with that it is valid."""
    order.refresh_from_db()
    change = {"valid_orders": int(not order.valid), "spent": Decimal(0) if order.valid else order.value}
    revise_purchase(order.customer_id, outstanding=-order.outstanding, **change)
    order.valid, order.paid, order.outstanding = True, order.total, Decimal(0)
    order.save()


def visit(row, customer: Customer, days_ago: int) -> None:
    """The customer came to the shop."""
    started = NOW - dt.timedelta(days=days_ago)
    row(Visit, customer=customer, started_at=started, last_seen_at=started)
    record_visit(customer.pk, started_at=started)
    Counter.move("customers.visit", 1)


def test_an_order_moves_what_was_bought_and_what_is_owed(customer, buy):
    """Decision 17: all orders counted, valid ones summed, in the shop's currency by the order's rate."""
    ada = customer()
    buy(ada, 19120, valid=True, paid=19120, rate="4.28", days_ago=3)
    buy(ada, 1000, valid=False, days_ago=1)
    figures = CustomerFigures.objects.get(pk=ada.pk)
    assert (figures.orders_count, figures.valid_orders_count) == (2, 1)
    assert figures.total_spent == Decimal("44.67")
    assert figures.outstanding == Decimal("10.00")
    assert figures.first_order_at == NOW - dt.timedelta(days=3)
    assert figures.last_order_at == NOW - dt.timedelta(days=1)


def test_a_paid_order_becomes_a_sale(customer, buy):
    ada = customer()
    pay(buy(ada, 62299, valid=False))
    figures = CustomerFigures.objects.get(pk=ada.pk)
    assert (figures.valid_orders_count, figures.total_spent, figures.outstanding) == (1, Decimal("622.99"), 0)


def test_an_older_visit_does_not_move_the_last_one(customer):
    """The last visit is the latest, in whatever order they become known (facts 4.2)."""
    ada = customer()
    record_visit(ada.pk, started_at=NOW)
    record_visit(ada.pk, started_at=NOW - dt.timedelta(days=5))
    assert CustomerFigures.objects.get(pk=ada.pk).last_visit_at == NOW


def test_opening_figures_are_added_and_replaced(customer, buy):
    """Decision 17 and 23: stored = opening + sum; importing the file again does not add it twice."""
    ada = customer()
    buy(ada, 1000, valid=True, paid=1000)
    for spent in (Decimal("50.00"), Decimal("191.20")):
        open_figures(ada.pk, orders=3, spent=spent, last_visit_at=NOW)
    figures = CustomerFigures.objects.get(pk=ada.pk)
    assert (figures.orders_count, figures.total_spent, figures.last_visit_at) == (4, Decimal("201.20"), NOW)
    assert not [line for line in differences() if "CustomerFigures" in line and "order_at" not in line]


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("buy"), st.integers(1, 10**7), st.booleans(), st.sampled_from(["1", "4.28", "0.333333"])
        ),
        st.tuples(st.just("pay"), st.integers(0, 9)),
        st.tuples(st.just("visit"), st.integers(0, 900)),
        st.tuples(st.just("cart"), st.integers(0, 3)),
        st.tuples(st.just("opening"), st.integers(0, 50), st.integers(0, 10**6), st.integers(0, 900)),
        st.tuples(st.just("join"), st.integers(0, 1)),
        st.tuples(st.just("leave"), st.integers(0, 1)),
        st.tuples(st.just("tag"), st.integers(0, 1)),
        st.tuples(st.just("untag"), st.integers(0, 1)),
        st.tuples(st.just("rename"), st.sampled_from(["Byron", "Lovelace", "Jean-Pierre"])),
        st.tuples(st.just("hide")),
        st.tuples(st.just("bring back")),
        st.tuples(st.just("remove")),
    ),
    max_size=14,
)


@settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_after_any_sequence_of_services_the_figures_are_what_counting_gives(steps, customer, row, buy):
    """P13: after any sequence of changes the stored figures equal the live sums exactly, to the cent."""
    with transaction.atomic():
        recounted = list(recount_all(mend=True))
        assert differences() == []
        ada, bob = customer(), customer()
        groups, tags = [row(Group), row(Group)], [row(Tag), row(Tag)]
        Counter.move("groups.group", 2)
        Counter.move("customers.tag", 2)
        orders = []
        for place, (what, *facts) in enumerate(steps):
            perform(what, facts, (ada, bob)[place % 2], row, buy, groups, tags, orders)
        assert differences() == [], recounted
        transaction.set_rollback(True)


def perform(what, facts, person, row, buy, groups, tags, orders) -> None:
    """One step of a sequence, on a person who may be gone meanwhile."""
    alone = Customer.objects.filter(pk=person.pk)
    if not alone.exists():
        return
    match what:
        case "buy":
            cents, valid, rate = facts
            orders.append(buy(alone.get(), cents, valid=valid, rate=rate, days_ago=len(orders)))
            Counter.move("carts.order", 1)
        case "pay":
            open_ones = [order for order in orders if order.customer_id == person.pk and order.outstanding]
            if open_ones:
                pay(open_ones[facts[0] % len(open_ones)])
        case "visit":
            visit(row, person, *facts)
        case "cart":
            cost = 10 * facts[0]
            cart = row(Cart, customer=person, items_count=facts[0], products_total=cost, total=cost)
            if facts[0]:
                row(CartLine, cart=cart, quantity=facts[0], unit_price=10)
                Counter.move("carts.product", 1)  # the line is of one of its own
                record_cart(person.pk)
                Counter.move("carts.cart", 1)
        case "opening":
            number, cents, days = facts
            open_figures(
                person.pk, orders=number, spent=money(cents), last_visit_at=NOW - dt.timedelta(days=days)
            )
        case "join":
            services.add_to_group(alone, by=BY, choice=Choice(str(groups[facts[0]].pk)))
        case "leave":
            services.remove_from_group(alone, by=BY, choice=Choice(str(groups[facts[0]].pk)))
        case "tag":
            services.tag(alone, by=BY, choice=Choice(str(tags[facts[0]].pk)))
        case "untag":
            services.untag(alone, by=BY, choice=Choice(str(tags[facts[0]].pk)))
        case "rename" if not alone.get().deleted:
            services.edit_customer(person, {"last_name": facts[0]}, by=BY)
        case "hide":
            services.hide_customers(alone, by=BY)
        case "bring back":
            services.bring_back(person, by=BY)
        case "remove":
            services.remove_customers(alone, by=BY)


SPOILT = [
    (CustomerFigures, {"orders_count": 7}, "orders_count is 7, counted 1"),
    (CustomerFigures, {"valid_orders_count": 7}, "valid_orders_count is 7, counted 1"),
    (CustomerFigures, {"total_spent": Decimal("0.01")}, "total_spent is 0.01, counted 12.50"),
    (CustomerFigures, {"outstanding": Decimal("99")}, "outstanding is 99.00, counted 12.50"),
    (CustomerFigures, {"first_order_at": None}, "first_order_at is None"),
    (CustomerFigures, {"last_order_at": NOW}, "last_order_at is"),
    (CustomerFigures, {"last_visit_at": None}, "last_visit_at is None"),
    (CustomerFigures, {"carts_count": 2}, "carts_count is 2, counted 0"),
    (Group, {"members_count": 9}, "members_count is 9, counted 1"),
    (Tag, {"customers_count": 9}, "customers_count is 9, counted 0"),
    (Counter, {"value": 1_000}, "value is 1000"),
    (Customer, {"country": "PL"}, "country is PL, counted FR"),
    (Order, {"search_text": " byron"}, "search_text is out of date"),
]


@pytest.mark.parametrize(
    ("model", "wrong", "told"), SPOILT, ids=[f"{m.__name__}-{next(iter(w))}" for m, w, _ in SPOILT]
)
def test_a_wrong_figure_is_told_and_mended(model, wrong, told, customer, row, buy, capsys):
    """`recount --check` prints it, changes nothing and exits with 1; `recount` puts it right."""
    ada = customer()
    row(Tag)
    buy(ada, 1250, valid=True, days_ago=4)
    visit(row, ada, 2)
    row(Address, customer=ada)
    list(recount_all(mend=True))
    records = model.objects.filter(pk="customers.customer") if model is Counter else model.objects.all()
    before = list(records.values())
    records.update(**wrong)
    spoilt = list(records.values())

    with pytest.raises(CommandError) as refused:
        call_command("recount", "--check")
    assert refused.value.returncode == 1
    assert told in capsys.readouterr().out
    assert list(records.values()) == spoilt

    call_command("recount")
    assert told in capsys.readouterr().out
    assert [{**one, "version": 0} for one in records.values()] == [{**one, "version": 0} for one in before]
    call_command("recount", "--check")
    assert capsys.readouterr().out == "All stored figures are right.\n"


@pytest.mark.parametrize(("people", "figures"), [(1, "1 stored figure"), (2, "2 stored figures")])
def test_one_wrong_figure_is_told_as_one(people, figures, customer, capsys):
    """It said “1 stored figures are wrong”."""
    for _number in range(people):
        customer()
    list(recount_all(mend=True))
    CustomerFigures.objects.update(orders_count=7)
    with pytest.raises(CommandError, match=f"^{figures} (is|are) wrong; run recount without --check"):
        call_command("recount", "--check")
    capsys.readouterr()
    call_command("recount")
    assert capsys.readouterr().out.endswith(f"\n{figures} corrected.\n")


def test_a_customer_without_figures_gets_them(row, buy):
    """Every customer has a row of figures; a list joins it."""
    ada = row(Customer)
    row(Order, customer=ada, valid=True, products_total=Decimal("5"), total=Decimal("5"), value=Decimal("5"))
    assert f"customers.CustomerFigures {ada.pk}: record is None, counted one" in differences()
    list(recount_all(mend=True))
    assert CustomerFigures.objects.get(pk=ada.pk).total_spent == Decimal("5.00")
    assert differences() == []


def test_records_are_counted_in_blocks(customer, row, buy, monkeypatch):
    """Decision 54, deliverable 5: no statement relies on the one before, and no record is left out or doubled."""
    monkeypatch.setattr(recounting, "BATCH", 2)
    people = [customer() for _number in range(5)]
    for person in people:
        buy(person, 1250, valid=True)
    list(recount_all(mend=True))
    CustomerFigures.objects.update(orders_count=7)
    Customer.objects.filter(pk=people[4].pk).update(country="PL")
    found = [line for line in differences() if "orders_count" in line or "country" in line]
    assert found == [
        f"customers.Customer {people[4].pk}: country is PL, counted ",
        *(f"customers.CustomerFigures {person.pk}: orders_count is 7, counted 1" for person in people),
    ]
    list(recount_all(mend=True))
    assert differences() == []


def test_what_changes_while_it_is_counted_is_no_difference(customer):
    """`recount --check` cried wolf while shoppers shopped: figures and counts were not read at one moment."""
    ada = customer()
    counted = iter([{"orders_count": 1}, {"orders_count": 0}])
    figures = StoredFigures(
        CustomerFigures,
        figures=("orders_count",),
        count=lambda keys: [(ada.pk, next(counted))],
        nothing={"orders_count": 0},
    )
    assert list(figures.differences(mend=False)) == []
    assert next(counted, None) is None


@pytest.mark.django_db(transaction=True)
def test_recount_needs_no_session_of_the_database(customer, monkeypatch):
    """Decision 54: `recount --check` behind PgBouncer failed with "cursor does not exist"."""
    customer()
    list(recount_all(mend=True))

    def refuse(*said, **more):
        raise AssertionError("a cursor that outlives its statement")

    monkeypatch.setattr(connection, "chunked_cursor", refuse)
    assert differences() == []


def test_a_record_that_is_changed_is_one_version_on_and_counted_as_before(group):
    """Habit 1: what is saved as it is stored writes nothing at all."""
    made = changes.lock(group("Wholesale"), version=1)
    before = Counter.of("groups.group")
    assert changes.save(made, {"name": "Retail", "discount": made.discount}, by=BY) == ["name"]
    assert changes.save(made, {"name": "Retail"}, by=BY) == []
    after = Counter.of("groups.group")
    assert (after.value, after.version) == (before.value, before.version + 1)
    assert (Group.objects.get(pk=made.pk).version, made.history.count()) == (2, 2)
    assert differences() == []

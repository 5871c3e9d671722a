"""An order is found by the name it was placed in and by all that finds its customer today, whatever befalls them."""

import time
from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.database.counting import one_change
from backoffice.records.actors import Actor, Door
from backoffice.records.recounting import recount_all
from carts.models import Order
from carts.sections.order_filters import placed_by
from carts.services.foreign_orders import order_of
from carts.services.ordering import set_order_status, status_named
from customers import services
from customers.importing.importer import CustomerImport
from customers.models import Customer
from groups.rules.filling import Fact, Op
from tests.customers.ruling import rule

BY = Actor.command()
MOMENT = 0.4


def found(text: str) -> list[int]:
    return sorted(placed_by(Order.objects.all(), text).values_list("pk", flat=True))


def found_by(*texts: str) -> list[list[int]]:
    return [found(text) for text in texts]


def differences() -> list[str]:
    return [str(one) for one in recount_all(mend=False) if one.figure == "search_text"]


def rename(customer: Customer, **values) -> None:
    services.edit_customer(Customer.objects.get(pk=customer.pk), values, by=BY)


@pytest.fixture
def ada(customer):
    return customer(first_name="Ada", last_name="Byron", email="ada@shop.example")


def test_who_is_renamed_is_found_by_both_names_and_who_is_renamed_back_by_the_first_alone(bought, ada):
    first, other = bought(ada), bought()
    rename(ada, last_name="Lovelace")
    second = bought(ada)
    assert found_by("byron", "lovelace", "ada") == [[first.pk], [first.pk, second.pk], [first.pk, second.pk]]
    rename(ada, last_name="Byron")
    assert found_by("byron", "lovelace") == [[first.pk, second.pk], [second.pk]]
    assert found(other.customer_email) == [other.pk]
    assert differences() == []


def test_an_order_is_found_by_all_that_finds_its_customer_today(bought, ada):
    """The quick search of customers: company, telephone, number elsewhere, address, also where they came later."""
    order = bought(ada)
    rename(ada, company="Difference Engines", phone="+44 20 7946 0018", email="countess@letters.example")
    for text in ("difference", "020 7946 0018", "countess@letters.example", "ada@shop.example", "Byron,Ada"):
        assert found(text) == [order.pk], text
    assert found_by(f"#{ada.pk}", f"#{ada.pk + 1}") == [[order.pk], []]
    assert found("scountess@letters.example") == []


def test_the_order_itself_is_no_other_by_it(bought, ada):
    order = bought(ada)
    rename(ada, last_name="Lovelace")
    now = Order.objects.get(pk=order.pk)
    assert (now.version, now.updated_at, now.customer_name) == (order.version, order.updated_at, "Ada Byron")
    assert now.history.count() == 1


def test_who_is_hidden_is_found_by_nothing_until_they_are_brought_back(bought, ada):
    order = bought(ada)
    rename(ada, last_name="Lovelace")
    services.hide_customer(ada, by=BY)
    assert found_by("byron", "lovelace") == [[], []]
    set_order_status(order, status_named("Shipped"), by=BY)
    assert (found_by("byron", "lovelace"), differences()) == ([[], []], [])
    services.bring_back(ada, by=BY)
    assert found_by("byron", "lovelace") == [[order.pk], [order.pk]]


@pytest.mark.parametrize("hidden", [False, True], ids=["from the list", "hidden before"])
def test_of_who_is_deleted_for_good_the_name_of_the_order_is_left(bought, ada, hidden):
    order = bought(ada)
    rename(ada, last_name="Lovelace")
    if hidden:
        services.hide_customer(ada, by=BY)
    services.remove_customer(ada, by=BY)
    assert found_by("ada byron", "lovelace", "ada@shop.example") == [[order.pk], [], [order.pk]]
    set_order_status(order, status_named("Shipped"), by=BY)
    assert (found("byron"), differences()) == ([order.pk], [])


def test_a_file_renames_them_like_a_page(bought, ada, tmp_path):
    order = bought(ada)
    file = tmp_path / "people.csv"
    file.write_text("E-mail;Last name;First name\nada@shop.example;Lovelace;Ada\n")
    CustomerImport(file).run(by=Actor(staff=None, door=Door.IMPORT), dry_run=False, tell=lambda fault: None)
    assert Customer.objects.get(pk=ada.pk).last_name == "Lovelace"
    assert found_by("byron", "lovelace") == [[order.pk], [order.pk]]
    assert differences() == []


def test_the_orders_of_a_shop_that_is_there_already_are_filled_in(bought, ada, customer):
    """The migration writes what the model would; of customers of today, hidden ones and those who are gone."""
    mine, hidden, nobodys = bought(ada), bought(), bought(customer(first_name="Zoë", last_name="Szymański"))
    rename(ada, last_name="Lovelace")
    services.hide_customer(hidden.customer, by=BY)
    services.remove_customer(nobodys.customer, by=BY)
    right = dict(Order.objects.values_list("pk", "search_text"))
    Order.objects.filter(pk=mine.pk).update(search_text=" ada byron")
    Order.objects.exclude(pk=mine.pk).update(search_text="")
    import_module("carts.migrations.0010_orders_found_as_their_customers").fill(apps, None)
    assert dict(Order.objects.values_list("pk", "search_text")) == right
    assert found_by("byron", "lovelace", "szymanski") == [[mine.pk], [mine.pk], [nobodys.pk]]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["rename", "hide", "bring back", "remove", "buy", "ship"]),
        st.integers(0, 1),
        st.sampled_from(["Byron", "Lovelace", "King"]),
    ),
    max_size=10,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_both_names_find_an_order_and_no_other_does(steps, bought, customer):
    people = [customer(first_name="Ada", last_name="Byron"), customer(first_name="Bea", last_name="King")]
    mine: list[tuple[Order, Customer, str]] = []
    for what, which, name in steps:
        now = Customer.objects.filter(pk=people[which].pk).first()
        if now is None:
            continue
        match what:
            case "rename" if not now.deleted:
                rename(now, last_name=name)
            case "hide":
                services.hide_customer(now, by=BY)
            case "bring back":
                services.bring_back(now, by=BY)
            case "remove":
                services.remove_customer(now, by=BY)
            case "buy" if not now.deleted:
                mine.append((bought(now), people[which], now.last_name))
            case "ship":
                for order, whose, _name in mine:
                    if whose == people[which]:
                        set_order_status(order, status_named("Shipped"), by=BY)
    there = {one.pk: one for one in Customer.objects.filter(pk__in=[one.pk for one in people])}
    right: dict[str, list[int]] = {"Byron": [], "Lovelace": [], "King": []}
    for order, whose, placed_in in mine:
        today = there.get(whose.pk)
        for name in {placed_in, today.last_name if today else placed_in}:
            if not (today and today.deleted):
                right[name].append(order.pk)
    for name, keys in right.items():
        assert [key for key in found(name) if key in {order.pk for order, *_more in mine}] == sorted(keys)
    assert differences() == []


@pytest.mark.only_on("postgresql")
def test_who_is_renamed_while_they_buy_is_found_by_both_names(beside, bought, ada):
    with one_change():
        order = bought(ada)
        end = beside(lambda: rename(ada, last_name="Lovelace"))
        time.sleep(MOMENT)
    end()
    assert found_by("byron", "lovelace") == [[order.pk], [order.pk]]


@pytest.mark.only_on("postgresql")
def test_an_order_moves_on_while_its_customer_is_renamed(beside, bought, ada, group):
    """Locks are taken in one order: whom a rule may move, then what they bought; nobody waits in a circle."""
    first = bought(ada, status="Awaiting cheque payment")
    services.save_rule(group("Loyal"), rule((Fact.ORDERS, Op.AT_LEAST, 1)), by=BY)
    with one_change():
        order_of(first.external_id)
        end = beside(lambda: rename(ada, last_name="Lovelace"))
        time.sleep(MOMENT)
        set_order_status(first, status_named("Payment accepted"), by=BY)
    end()
    assert Order.objects.get().status.name == "Payment accepted"
    assert found_by("byron", "lovelace") == [[first.pk], [first.pk]]

"""Deleting and editing addresses that orders use (facts 6.6, 6.7, S0.56, S1.73)."""

import pytest

from addresses.models import Address
from addresses.services import bring_back, delete_addresses
from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from carts.models import Cart, Order, OrderStatus
from customers.services import hide_customer
from tests.reading import List, read

pytestmark = pytest.mark.usefixtures("nothing_miscounted")
PLACE = "John DOE\n14, Main street\n75000 Paris\nFrance"


@pytest.fixture
def cart(db):
    """`cart(address)` puts a cart there that ships and bills to it."""
    return lambda address: Cart.objects.create(
        customer=address.customer, shipping_address=address, billing_address=address
    )


@pytest.fixture
def order(cart):
    """`order(address)` puts an order there that was shipped to it, by its cart; it has its own copy of the text."""

    def order(address) -> Order:
        made = Order.objects.create(
            reference=f"ORDER{Order.objects.count()}",
            customer=address.customer,
            customer_name="John DOE",
            cart=cart(address),
            status=OrderStatus.objects.first(),
            shipping_address=PLACE,
            billing_address=PLACE,
        )
        list(recount_all(mend=True))  # what the services of orders will do
        return made

    return order


def said(answer) -> list[str]:
    return [str(one) for one in answer.context["messages"]]


def delete(client, *addresses):
    """What somebody is told who ticks these and deletes them, after the question."""
    data = {"selected": [one.pk for one in addresses], "way": "delete"}
    return said(client.post("/addresses/actions/delete/", data, follow=True))


def test_an_address_of_no_order_is_erased_and_the_message_says_so(client, address):
    made = address()
    page = client.get(f"/addresses/{made.pk}/delete/")
    assert "Erases 1 address for good." in page.content.decode()
    answer = client.post(f"/addresses/{made.pk}/delete/", {"way": "delete"}, follow=True)
    assert said(answer) == ["Home: 14, Main street, 75000 Paris deleted. 1 erased for good."]
    assert not Address.objects.filter(pk=made.pk).exists()
    assert Address.history.filter(id=made.pk, history_type="-").exists()


def test_an_address_of_an_order_is_retired_and_the_message_says_so(client, address, order):
    """Facts 6.6: it leaves lists, forms and choices; the order goes on showing it."""
    made = address(default_billing=True)
    bought = order(made)
    page = client.get(f"/addresses/{made.pk}/delete/")
    assert "Retires 1 address that orders use" in page.content.decode()
    answer = client.post(f"/addresses/{made.pk}/delete/", {"way": "delete"}, follow=True)
    assert said(answer) == [
        "Home: 14, Main street, 75000 Paris deleted."
        " 1 retired because orders use it; the filter “Retired only” finds it."
    ]
    made.refresh_from_db()
    bought.refresh_from_db()
    assert (made.deleted, made.default_billing, bought.cart.shipping_address) == (True, False, made)
    assert bought.shipping_address == PLACE
    assert List(client.get("/addresses/")).ids == []
    assert List(client.get("/addresses/?deleted=only")).ids == [made.pk]
    assert "Retired: No → Yes" in read(client.get(f"/addresses/{made.pk}/history/")).one("main").text
    assert (
        read(client.get(f"/customers/{made.customer_id}/")).one("section", id="addresses").text.count("Paris")
        == 0
    )


def test_many_at_once_are_told_with_both_numbers(client, customer, address, order):
    """Facts 6.6: staff can tell which happened."""
    ada = customer()
    free, other, used = address(ada), address(ada, alias="Flat"), address(ada, alias="Shop")
    order(used)
    assert delete(client, free, other, used) == [
        "3 addresses deleted. 2 erased for good."
        " 1 retired because orders use it; the filter “Retired only” finds it."
    ]
    assert list(Address.objects.values_list("alias", "deleted")) == [("Shop", True)]


def test_a_cart_without_an_order_gives_its_address_up(client, address, cart):
    """Facts 6.6: taken out of every cart that has no order, as shipping and as billing address."""
    made = address()
    open_cart = cart(made)
    delete(client, made)
    open_cart.refresh_from_db()
    assert (open_cart.shipping_address, open_cart.billing_address) == (None, None)
    assert not Address.objects.exists()


def test_a_retired_address_is_read_only_until_it_is_brought_back(client, address, order, typed):
    made = address()
    order(made)
    delete(client, made)
    answer = client.get(f"/addresses/{made.pk}/edit/", follow=True)
    assert "is deleted: bring them back before changing anything." in said(answer)[0]
    answer = client.post("/addresses/actions/bring_back/?deleted=only", {"selected": [made.pk]}, follow=True)
    assert said(answer) == ["1 address brought back."]
    assert List(client.get("/addresses/")).ids == [made.pk]
    answer = client.post(f"/addresses/{made.pk}/edit/", typed(f"/addresses/{made.pk}/edit/", city="Lyon"))
    assert answer.status_code == 302


def test_editing_an_address_never_changes_an_order(client, address, order, typed):
    """Facts 6.7: the order keeps the address it was shipped to; here by its own copy, so that the address keeps its
    number and its history."""
    made = address()
    bought = order(made)
    url = f"/addresses/{made.pk}/edit/"
    client.post(url, typed(url, address1="1, New street", city="Lyon", postcode="69001"))
    made.refresh_from_db()
    bought.refresh_from_db()
    assert (made.address1, made.city) == ("1, New street", "Lyon")
    assert (bought.shipping_address, bought.billing_address) == (PLACE, PLACE)


def test_one_that_is_retired_already_is_left_as_it_is(client, address, order):
    made = address()
    order(made)
    rows = Address.objects.filter(pk=made.pk)
    assert delete_addresses(rows, by=Actor.command()) == [made.pk]
    assert delete_addresses(rows, by=Actor.command()) == []
    assert made.history.count() == 2


def test_a_retired_address_offers_to_be_brought_back_and_nothing_that_would_do_nothing(
    client, address, order
):
    """Fresh eyes: Edit led back without a word, and Delete asked about an address that was retired already."""
    made = address()
    order(made)
    question = client.get(f"/addresses/{made.pk}/delete/").content.decode()
    assert "Delete Home: 14, Main street, 75000 Paris?" in question
    delete(client, made)
    page = read(client.get(f"/addresses/{made.pk}/"))
    assert not [one for one in page.all("a") if one["href"].endswith("/edit/")]
    refused = client.get(f"/addresses/{made.pk}/delete/").content.decode()
    assert "Orders use it, and it is retired already: there is nothing left to delete." in refused
    answer = client.post(f"/addresses/{made.pk}/bring-back/", follow=True)
    assert said(answer) == ["Home: 14, Main street, 75000 Paris is back."]
    made.refresh_from_db()
    assert not made.deleted


class TestDefaultsComeBack:
    """Issue 9, what was left, 9: a retired default came back as an address like any other."""

    @pytest.fixture
    def retired(self, address, order):
        """A default for billing and shipping that an order uses, retired."""
        made = address(default_billing=True, default_shipping=True)
        order(made)
        delete_addresses(Address.objects.filter(pk=made.pk), by=Actor.command())
        return made

    def test_it_is_the_default_again_where_there_is_no_other(self, client, retired):
        answer = client.post(f"/addresses/{retired.pk}/bring-back/", follow=True)
        retired.refresh_from_db()
        assert said(answer) == ["Home: 14, Main street, 75000 Paris is back."]
        assert (retired.default_billing, retired.default_shipping, retired.deleted) == (True, True, False)

    def test_it_says_so_where_another_took_its_place(self, client, retired, address):
        address(retired.customer, default_shipping=True)
        answer = client.post(f"/addresses/{retired.pk}/bring-back/", follow=True)
        retired.refresh_from_db()
        assert said(answer) == [
            "Home: 14, Main street, 75000 Paris is back. It is no longer the default shipping address: "
            "the customer has another one."
        ]
        assert (retired.default_billing, retired.default_shipping) == (True, False)

    def test_of_two_that_were_it_the_last_one_is(self, retired, address, order):
        later = address(retired.customer, default_billing=True)
        order(later)
        rows = Address.objects.filter(pk__in=[retired.pk, later.pk])
        delete_addresses(rows.filter(pk=later.pk), by=Actor.command())
        assert bring_back(rows, by=Actor.command()) == [retired.pk, later.pk]
        assert rows.get(default_billing=True) == later
        assert rows.get(default_shipping=True) == retired

    def test_of_many_those_are_named_that_are_it_no_more(self, client, customer, retired, address, order):
        """Issue 9, what was left, 4: of one it was said, of many nothing."""
        bob = customer(first_name="Bob")
        his, free = address(bob, alias="Shop", default_billing=True), address(bob, alias="Flat")
        for one in (his, free):
            order(one)
        delete_addresses(Address.objects.filter(pk__in=[his.pk, free.pk]), by=Actor.command())
        address(retired.customer, default_billing=True, default_shipping=True)
        address(bob, default_billing=True)
        answer = client.post(
            "/addresses/actions/bring_back/?deleted=only",
            {"selected": [retired.pk, his.pk, free.pk]},
            follow=True,
        )
        assert said(answer) == [
            "3 addresses brought back."
            " No longer the default for billing and shipping, as the customer has other ones:"
            " “Home: 14, Main street, 75000 Paris”."
            " No longer the default billing address, as the customer has another one:"
            " “Shop: 14, Main street, 75000 Paris”."
        ]


def test_an_address_of_a_deleted_customer_leads_to_the_way_back(
    client, client_of, hire, customer, address, typed
):
    """Issue 9, what was left, 5: it said "hidden", and nobody knew where to bring them back."""
    ada = customer(first_name="Ada")
    made = address(ada)
    url = f"/addresses/{made.pk}/edit/"
    data = typed(url, city="Lyon")
    hide_customer(ada, by=Actor.command())
    page = read(client.post(url, data))
    told = page.one("div", "notice-warn").one("p")
    assert told.text.startswith(
        "Ada DOE is deleted: bring them back before changing anything. Go there to bring them back."
    )
    assert told.one("a")["href"] == f"/customers/{ada.pk}/"
    assert page.one("input", name="city")["value"] == "Lyon"
    page = read(client_of(hire("support")).post(url, data))
    assert "Ada" not in page.one("div", "notice-warn").text

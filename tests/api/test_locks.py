"""Two who change what belongs together wait for each other, and never in a circle (docs/concepts.md, locks)."""

import pytest

from addresses.models import Address
from addresses.services import delete_addresses
from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from backoffice.sections import Choice
from carts.models import Cart, Order, Product, Voucher
from carts.services import carts, ordering, placing, vouchers
from carts.services.order_statuses import set_status_of_many
from carts.services.ordering import set_order_status, status_named
from carts.services.removal import delete_carts
from customers import services
from customers.models import Customer
from customers.services import shop_sessions
from groups.rules.filling import Fact
from groups.services import delete_group
from tests.customers.ruling import rule
from tests.shop_api import GUEST, tab

BY = Actor.command()
pytestmark = pytest.mark.only_on("postgresql")


@pytest.fixture
def loyal(group):
    """A group whose rule follows what is bought, so that whoever buys is locked."""
    loyal = group("Loyal")
    services.save_rule(loyal, rule((Fact.ORDERS, "at_least", 5)), by=BY)
    return loyal


@pytest.fixture
def order(program, product):
    """`order("c", ada, "TEN")` places an order of hers with that voucher; `fill` only fills the cart."""

    def fill(key, who, *codes):
        if not Product.objects.exists():
            product("CUP", "10.00")
        program.fill(key, "CUP", customer_id=who.pk)
        for code in codes:
            program.done("POST", f"/carts/{key}/vouchers", {"code": code})

    def order(key, who, *codes) -> Order:
        fill(key, who, *codes)
        return Order.objects.get(reference=placed(program, key)["reference"])

    order.fill = fill
    return order


def placed(program, key: str, **said) -> dict:
    return tab(program).done("POST", f"/carts/{key}/order", said)


def test_a_visitors_cart_ordered_by_several_at_once_makes_one_guest(at_once, program, product):
    """The guest was made before the cart was locked: of three who asked, two left a customer without an order."""
    product("CUP", "10.00")
    for number in range(4):
        program.fill(f"c{number}", "CUP")
        answers = at_once(*[lambda number=number: placed(program, f"c{number}", guest=GUEST)] * 3)
        assert answers[0] == answers[1] == answers[2]
    assert (Customer.objects.count(), Order.objects.count()) == (4, 4)


def test_two_orders_of_the_same_products_in_other_orders_are_both_placed(at_once, program, product):
    """Stock was taken line by line, in the order of the lines."""
    names = [f"P{number}" for number in range(40)]
    for name in names:
        product(name, "1.00", stock=100)
    for number in range(4):
        for key, lines in ((f"a{number}", names), (f"b{number}", names[::-1])):
            said = {"at": "2026-03-10T12:00:00Z", "lines": [{"product": one} for one in lines]}
            program.done("PUT", f"/carts/{key}", said)
        at_once(*[lambda key=f"{way}{number}": placed(program, key, guest=GUEST) for way in "ab"])
    assert set(Product.objects.values_list("stock", flat=True)) == {92}


def test_the_status_of_many_orders_is_changed_by_two_at_once(at_once, program, order, customer, voucher):
    """Each set begins with another buyer's, who was locked when the first order of theirs came."""
    voucher("TEN", quantity=100, per_customer=None)
    ada, ben = customer(), customer()
    one = [order("a0", ada), *[order(f"b{number}", ben, "TEN") for number in range(8)]]
    two = [order("b9", ben), *[order(f"a{number}", ada, "TEN") for number in range(1, 9)]]
    for name in ("Canceled", "Payment accepted") * 3:
        choice = Choice(str(status_named(name).pk))

        def change(orders, choice=choice) -> int:
            chosen = Order.objects.filter(pk__in=[one.pk for one in orders])
            return len(set_status_of_many(chosen, choice=choice, by=BY))

        assert at_once(lambda: change(one), lambda: change(two)) == [9, 9]
    assert list(recount_all(mend=False)) == []


def test_an_order_is_placed_while_another_with_its_voucher_is_cancelled(
    behind, program, order, customer, voucher, loyal
):
    voucher("TEN", quantity=10, per_customer=None)
    ada = customer()
    first = order("a", ada, "TEN")
    order.fill("b", ada, "TEN")
    behind(
        lambda: placed(program, "b"),
        lambda: set_order_status(first, status_named("Canceled"), by=BY),
        held=(placing, "write_order"),
    )
    assert (Order.objects.count(), Voucher.objects.get().quantity) == (2, 9)


def test_who_signs_in_with_a_cart_orders_another_one_in_a_second_window(
    behind, program, order, customer, group, product
):
    """The one had counted the cart as hers and waited for her; the other had her and waited for her figures."""
    lately = group("Lately")
    services.save_rule(
        lately, rule((Fact.LAST_VISIT, "last_days", 5), (Fact.ORDERS, "at_least", 5), match="any"), by=BY
    )
    ada = customer(email="ada@shop.example", password="lavender")
    order.fill("a", ada)
    program.fill("b", "CUP")
    program.done("POST", "/visits/pages", {"visitor": "v", "page": "/"})
    said = {"email": "ada@shop.example", "password": "lavender", "visitor": "v", "cart": "b"}
    signed_in, _order = behind(
        lambda: tab(program).done("POST", "/sign-in", said),
        lambda: placed(program, "a"),
        held=(shop_sessions, "link_visits"),
    )
    assert (signed_in["cart"], Order.objects.count()) == ("b", 1)
    assert list(recount_all(mend=False)) == []


@pytest.mark.parametrize("kind", ["group", "tag"])
def test_an_order_is_placed_while_what_its_voucher_is_for_is_deleted(
    behind, program, order, customer, voucher, loyal, group, tag, kind
):
    """Whoever is first; here the order, with what the voucher took off."""
    if kind == "group":
        vip = group("Vip")
        ada = customer(groups=[loyal, vip], default_group=vip)
    else:
        vip = tag("Vip")
        ada = customer(tags=[vip])
    voucher("TEN", per_customer=None, **{kind: vip})
    order.fill("a", ada, "TEN")
    delete = delete_group if kind == "group" else services.delete_tag
    answers = behind(lambda: placed(program, "a"), lambda: delete(vip, by=BY), held=(placing, "write_order"))
    assert (answers[0]["discount"], Voucher.objects.count()) == ("1.00", 0)
    assert list(recount_all(mend=False)) == []


@pytest.mark.parametrize("kind", ["customer", "group", "tag"])
def test_a_voucher_is_saved_while_whose_it_is_is_deleted(behind, program, one_of, voucher, kind):
    whose = one_of(f"{kind}s")
    ten = voucher("TEN", **{kind: whose})
    delete = {"customer": services.remove_customer, "group": delete_group, "tag": services.delete_tag}[kind]
    saved, _deleted = behind(
        lambda: vouchers.save_voucher(ten, {"name": "New", kind: whose}, by=BY),
        lambda: delete(whose, by=BY),
        held=(vouchers.changes, "hold"),
    )
    assert (saved.name, Voucher.objects.count()) == ("New", 0)
    assert list(recount_all(mend=False)) == []


@pytest.mark.parametrize(
    ("whole", "stands"), [(False, "changing"), (False, "_held"), (True, "begin_cart"), (True, "_held")]
)
def test_addresses_are_chosen_while_the_customer_is_deleted(
    behind, program, customer, address, product, whole, stands
):
    """Whichever is first: addresses were locked before their cart, and by the deletion after it."""
    ada = customer()
    home = address(ada).pk
    product("CUP", "10.00")
    program.fill("a", "CUP", customer_id=ada.pk)
    said = {"billing_address_id": home, "shipping_address_id": home}
    path = "/carts/a/addresses"
    if whole:
        path, said = "/carts/a", {**said, "at": "2026-03-10T12:00:00Z", "lines": [{"product": "CUP"}]}
    answer, _deleted = behind(
        lambda: tab(program).put(path, said),
        lambda: services.remove_customer(ada, by=BY),
        held=(carts, stands),
    )
    assert answer.status_code in ((200,) if stands == "_held" else (404, 422))
    assert (Cart.objects.count(), Address.objects.count()) == (0, 0)


def test_an_order_is_placed_while_an_address_of_its_cart_is_deleted(
    behind, program, order, customer, address, loyal
):
    """The order is first: the address is retired, and the order keeps what it printed."""
    ada = customer()
    home = address(ada, city="Lyon").pk
    order.fill("a", ada)
    said = {"billing_address_id": home, "shipping_address_id": home}
    program.done("PUT", "/carts/a/addresses", said)
    behind(
        lambda: placed(program, "a"),
        lambda: delete_addresses(Address.objects.filter(pk=home), by=BY),
        held=(ordering, "lock_buyer"),
    )
    assert ("LYON" in Order.objects.get().shipping_address, Address.objects.get().deleted) == (True, True)


def test_carts_of_the_same_customers_are_deleted_by_two_at_once(at_once, program, customer, order):
    """Customers who lose one cart were counted before those who lose two."""
    people = [customer() for _ in range(8)]
    for number in range(3):
        for place, who in enumerate(people):
            for key in "abc":
                order.fill(f"{key}{number}-{place}", who)
        first, second = ("ab", "c"), ("a", "bc")
        sets = []
        for mine in (0, 1):
            keys = [
                f"{key}{number}-{place}"
                for place in range(8)
                for key in (first if place < 4 else second)[mine]
            ]
            sets.append(keys)
        at_once(*[lambda keys=keys: delete_carts(Cart.objects.filter(key__in=keys), by=BY) for keys in sets])
    assert not Cart.objects.exists()
    assert list(recount_all(mend=False)) == []

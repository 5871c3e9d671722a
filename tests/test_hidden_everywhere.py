"""Who is hidden is named on no page, in no list, file or answer that somebody sees who may not delete (decision 19)."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from backoffice.records.actors import Actor
from backoffice.sections import all_sections
from carts.models import OrderVoucher, Product
from carts.services.carts import Beginning, Wanted, add_line, begin_cart
from carts.services.products import put_product
from carts.services.vouchers import save_voucher
from customers import services
from customers.services import Arrival

COMMAND = Actor.command()
NAMES = ("Quillfeather", "quill.example")


@pytest.fixture
def hidden(customer, bought, voucher, task, group, tag):
    """Somebody of whom there is one of everything, and who was hidden since."""
    put_product("CUP", {"name": "Cup", "price": Decimal("12.50"), "stock": 3}, by=COMMAND)
    cup = Product.objects.to_be_sold().get()
    vera = customer(
        first_name="Vera",
        last_name="Quillfeather",
        email="vera@quill.example",
        groups=[group("Wholesale")],
        tags=[tag("PROBLEM")],
    )
    one = voucher("TEN")
    order = bought(vera, product=cup, billing_address="Vera Quillfeather\n14, Main street")
    OrderVoucher.objects.create(order=order, voucher=one, code="TEN", amount=1)
    save_voucher(voucher("VERA", customer=vera), {"name": "Another"}, by=COMMAND)
    save_voucher(voucher("LATER"), {"customer": vera}, by=COMMAND)
    for visitor in (vera, None):
        cart = begin_cart(Beginning(customer=visitor, visitor="browser-1"), by=COMMAND)
        add_line(cart.key, Wanted(cup, 2), by=COMMAND)
    services.view_page(
        Arrival(visitor="browser-1", page="/cup", customer=vera, ip="192.0.2.7"),
        by=COMMAND,
        product_id=cup.pk,
    )
    services.receive_message(
        vera, "Where is it?", by=COMMAND, subject="My order", order_reference=order.reference
    )
    services.log_mail(vera, recipient=vera.email, template="order_conf", subject="Your order", language="en")
    task("Call back", customer=vera)
    services.hide_customer(vera, by=COMMAND)
    return vera


def _addresses() -> Iterator[str]:
    yield from ("/", "/activity/", "/tasks/calendar/?who=all", "/reports/groups/")
    yield "/search/?q=Vera"
    for section in all_sections():
        yield from (f"/{section.slug}/?more=open", f"/{section.slug}/export/?columns=all")
        for key in section.model._base_manager.values_list("pk", flat=True)[:20]:
            yield from (f"/{section.slug}/{key}/", f"/{section.slug}/{key}/history/")


@pytest.mark.parametrize("role", ["support", "marketing"])
def test_nothing_names_who_is_hidden(hidden, hire, client_of, role):
    """The kind of finding S11: a sister page told the name that the others keep to themselves."""
    client, shown, told = client_of(hire(role)), 0, []
    for address in _addresses():
        answer = client.get(address)
        assert answer.status_code in (200, 302, 403, 404), address
        if answer.status_code == 200:
            shown += 1
            text = answer.getvalue().decode()
            told += [address for name in NAMES if name in text]
    assert told == []
    assert shown > 60

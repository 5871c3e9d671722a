"""Any sequence of acts: the events make the cart again, its totals add up, and nothing is miscounted (property)."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.models import Counter
from backoffice.records.recounting import recount_all
from carts.models import Cart, CartEvent, Voucher
from carts.queries.steps import steps_of
from carts.rules.replay import replay
from tests.shop_api import Program

WARES = ("CUP", "LAMP", "BOOK")
wares, quantities = st.sampled_from(WARES), st.integers(0, 4)
words = st.sampled_from(("", "For Ada"))
codes, carriers = st.sampled_from(("TEN", "FIVE", "FREE")), st.sampled_from(("Post", "Courier", None))
acts = st.one_of(
    st.tuples(st.just("add"), wares, quantities, words),
    st.tuples(st.just("set"), wares, quantities, words),
    st.tuples(st.just("remove"), wares, words),
    st.tuples(st.just("voucher"), codes),
    st.tuples(st.just("withdraw"), codes),
    st.tuples(st.just("carrier"), carriers),
    st.tuples(st.just("sign in")),
    st.tuples(
        st.just("whole"),
        st.integers(8, 16),
        st.lists(st.tuples(wares, quantities, words), max_size=4),
        st.lists(codes, max_size=2),
    ),
    st.tuples(st.just("order")),
)


def carry_out(program: Program, act: tuple, jane: int) -> None:
    """One act of a shopper; what is not possible at the moment is refused, and that is well."""
    match act:
        case ("add", product, quantity, text):
            program.post("/carts/c/lines", {"product": product, "quantity": quantity, "customisation": text})
        case ("set", product, quantity, text):
            program.put("/carts/c/lines", {"product": product, "quantity": quantity, "customisation": text})
        case ("remove", product, text):
            program.delete(f"/carts/c/lines?product={product}&customisation={text}")
        case ("voucher", code):
            program.post("/carts/c/vouchers", {"code": code})
        case ("withdraw", code):
            program.delete(f"/carts/c/vouchers?code={code}")
        case ("carrier", name):
            program.put("/carts/c/carrier", {"carrier": name})
        case ("sign in",):
            program.put("/carts/c/customer", {"customer_id": jane})
        case ("whole", hour, lines, vouchers):
            wanted = [{"product": one, "quantity": n, "customisation": text} for one, n, text in lines]
            said = {
                "at": f"2026-03-10T{hour:02}:00:00Z",
                "lines": wanted,
                "vouchers": vouchers,
                "carrier": "Post",
            }
            program.put("/carts/c", said)
        case ("order",):
            program.post("/carts/c/order", {"status": "Payment accepted"})


@pytest.mark.django_db
@given(sequence=st.lists(acts, max_size=12))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_events_make_the_cart_again_and_nothing_is_miscounted(
    sequence, program, product, carrier, customer, group, rested, django_db_blocker
):
    """Issue 10, points 6 and 7: the end state always equals the cart; recount finds no difference."""
    from django.db import transaction

    with transaction.atomic():
        jane = _shop(product, carrier, customer, group)
        program.done("POST", "/carts", {"key": "c"})
        for act in sequence:
            carry_out(program, act, jane)
        stored = Cart.objects.get()
        moments = list(CartEvent.objects.filter(cart=stored).order_by("pk").values_list("at", flat=True))
        assert moments == sorted(moments)
        state = replay(CartEvent.objects.filter(cart=stored).order_by("pk"))
        lines = stored.lines.all()
        steps = steps_of(stored)
        assert steps.is_whole
        assert steps.state_at(len(steps.all)) == state
        assert {place: (one.quantity, one.unit_price) for place, one in state.lines.items()} == {
            (line.product_id, line.customisation): (line.quantity, line.unit_price) for line in lines
        }
        assert set(state.vouchers) == set(stored.vouchers.values_list("code", flat=True))
        assert state.carrier == (stored.carrier.name if stored.carrier else "")
        assert state.ordered == stored.ordered
        assert stored.products_total == sum((one.quantity * one.unit_price for one in lines), Decimal(0))
        assert list(recount_all(mend=False)) == []
        transaction.set_rollback(True)


def _shop(product, carrier, customer, group) -> int:
    product("CUP", "12.50")
    product("LAMP", "59.00")
    product("BOOK", "20.05")
    carrier("Post", "4.99")
    carrier("Courier", "12.00")
    Voucher.objects.create(code="TEN", name="Ten", percent=Decimal(10), per_customer=None)
    Voucher.objects.create(code="FIVE", name="Five", amount=Decimal(5), minimum_amount=Decimal(40))
    Voucher.objects.create(code="FREE", name="Free", free_shipping=True)
    Counter.move("carts.voucher", 3)
    return customer(default_group=group("Trade", discount="7.50")).pk

"""Sums of money are exact, and halves are rounded up (decision 17, mission B2)."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carts.rules import in_other_currency, in_shop_currency, less, money, tax_within


@pytest.mark.parametrize(
    ("amount", "rate", "tax"),
    [
        (46900, "19.6", 7686),
        (14900, "19.6", 2442),
        (837, "20", 140),
        (0, "20", 0),
        (3, "100", 2),
        (100, "0", 0),
    ],
)
def test_the_tax_within_an_amount(amount, rate, tax):
    """S1.102's products at the French rate of 2011."""
    assert tax_within(amount, Decimal(rate)) == tax


def test_halves_go_up():
    assert in_shop_currency(1, Decimal(2)) == 1
    assert in_other_currency(5, Decimal("0.1")) == 1
    assert less(5, Decimal(50)) == 3


@given(
    amount=st.integers(0, 10**12),
    rate=st.decimals(min_value="0.000001", max_value="999999", places=6, allow_nan=False),
)
def test_an_amount_in_the_shops_currency_is_the_exact_quotient_rounded_half_up(amount, rate):
    """Decision 17, by the rate stored on the order; no binary fraction comes in between."""
    with localcontext() as exact:
        exact.prec = 60
        expected = (money(amount) / rate).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert money(in_shop_currency(amount, rate)) == expected

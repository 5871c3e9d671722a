"""Amounts are written as Babel writes them, below zero with a minus sign; ours only get there quicker."""

from decimal import Decimal

import pytest
from babel.numbers import format_currency, get_currency_precision
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.screen import formats

AMOUNTS = st.decimals(min_value="-99999.99", max_value="9999999999.99", places=2, allow_nan=False)


@pytest.mark.parametrize("language", ["en", "fr", "pl", "ro"])
@pytest.mark.parametrize("currency", ["EUR", "PLN", "RON", "USD", "JPY", "CHF"])
@settings(max_examples=20)
@given(amount=AMOUNTS)
def test_every_amount_is_written_as_the_language_writes_it(language, currency, amount):
    """S1.59, decision 14. A fraction of what has no coins of its own is told, too: sums add up."""
    whole = amount == round(amount, get_currency_precision(currency))
    with translation.override(language):
        told = format_currency(amount, currency, locale=language, currency_digits=whole)
        assert formats.money(amount, currency) == told.replace("-", "−")


def test_a_third_of_a_yen_is_not_hidden():
    """¥2,042 × 3 came to ¥6,125, and “¥0 more than the total” stood beside it."""
    told = [formats.money(Decimal(amount), "JPY") for amount in ("6125.00", "2041.67", "-0.11")]
    assert told == ["¥6,125", "¥2,041.67", "−¥0.11"]


def test_figures_below_zero_have_one_sign():
    """A hyphen beside the true minus of discounts looked like two kinds of figures."""
    told = (
        formats.money(Decimal(-5), "EUR"),
        formats.percent(-1),
        formats.number(-5),
        formats.decimals(-5, 2),
    )
    assert told == ("−€5.00", "−100%", "−5", "−5.00")


def test_622_euros_99_in_french():
    """S1.59: "622,99 €"."""
    with translation.override("fr"):
        assert formats.money(Decimal("622.99"), "EUR") == "622,99\xa0€"

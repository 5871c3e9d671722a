"""Sums of money in carts and orders, all in cents. Pure.

Cents are hundredths, rates of tax and currency are exact; halves are rounded up. `coin` is the least that is paid in a
currency: what is worked out is a multiple of it.
"""

from decimal import Decimal
from fractions import Fraction

from backoffice.rules import Broken

MOST = Decimal("9999999999.99")
MOST_ITEMS = 1_000_000_000


def rounded(amount: Fraction, coin: int = 1) -> int:
    """The nearest multiple of a coin to an amount that is not negative, halves up."""
    coins = amount.denominator * coin
    return (2 * amount.numerator + coins) // (2 * coins) * coin


def tax_within(amount: int, rate: Decimal, coin: int = 1) -> int:
    """The tax contained in an amount with tax, at `rate` per cent."""
    share = Fraction(rate)
    return rounded(amount * share / (100 + share), coin)


def less(amount: int, percent: Decimal, coin: int = 1) -> int:
    """What is left of an amount after a discount of so many per cent."""
    return rounded(amount * (100 - Fraction(percent)) / 100, coin)


def in_shop_currency(amount: int, rate: Decimal) -> int:
    """An amount of another currency; `rate` is how much of that one unit of the shop's currency is (decision 17)."""
    return amount if rate == 1 else rounded(amount / Fraction(rate))


def in_other_currency(amount: int, rate: Decimal, coin: int = 1) -> int:
    """An amount of the shop's currency in another one, by the same rate."""
    return amount if rate == coin == 1 else rounded(amount * Fraction(rate), coin)


def average(total: Decimal, number: int) -> Decimal:
    """What each of so many comes to on average, to the cent."""
    return money(rounded(Fraction(cents_of(total), number)))


def cents_of(amount: Decimal) -> int:
    """An amount with two decimals in cents."""
    return int(amount.scaleb(2))


def money(cents: int) -> Decimal:
    """The amount as the models keep it, two decimals."""
    return Decimal(cents).scaleb(-2)


def refuse_too_large(*sums: Decimal, items: int = 0) -> None:
    """Broken where a sum, or how many things there are, is more than anybody sells, and than can be stored."""
    if items > MOST_ITEMS or any(abs(one) > MOST for one in sums):
        raise Broken("sum_too_large")

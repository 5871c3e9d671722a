"""By which rate amounts are counted that a program states in a currency (decision 17)."""

from decimal import Decimal

from django.conf import settings

from backoffice.api.refusals import refuse


def rate_of(currency: str, rate: Decimal | None) -> Decimal:
    """How many units of it one unit of the shop's currency is worth: of its own, which "" stands for, always one.

    Refused at `rate` where another currency has none.
    """
    if currency in ("", settings.SHOP_CURRENCY):
        return Decimal(1)
    if rate is None:
        refuse("rate_missing", field="rate")
    return rate

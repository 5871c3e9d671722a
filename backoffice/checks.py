"""System checks: what is set wrongly stops `migrate` and every other command, with the reason."""

from babel import Locale
from babel.numbers import list_currencies
from django.conf import settings
from django.core.checks import Error, register


@register
def shop_currency_is_known(app_configs, **said) -> list[Error]:
    """SHOP_CURRENCY is one of ISO 4217: money is written by it, and kept with every order."""
    if settings.SHOP_CURRENCY in list_currencies():
        return []
    return [
        Error(
            f"SHOP_CURRENCY is “{settings.SHOP_CURRENCY}”, which is no currency of ISO 4217.",
            hint="Write its three letters, for example EUR, PLN or RON.",
            id="backoffice.E001",
        )
    ]


@register
def shop_country_is_known(app_configs, **said) -> list[Error]:
    """SHOP_COUNTRY is empty or one of ISO 3166-1: companies whose country nobody knows are asked for its numbers."""
    known = {code for code in Locale("en").territories if len(code) == 2}
    if settings.SHOP_COUNTRY in {"", *known}:
        return []
    return [
        Error(
            f"SHOP_COUNTRY is “{settings.SHOP_COUNTRY}”, which is no country of ISO 3166-1.",
            hint="Write its two letters, for example FR, PL or RO, or leave it out.",
            id="backoffice.E002",
        )
    ]

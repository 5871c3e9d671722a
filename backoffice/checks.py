"""System checks: what is set wrongly stops `migrate` and every other command, with the reason."""

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

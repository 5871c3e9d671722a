"""The key figures above the carts list, drawn (facts 8.1): each says of which days, and leads to its rows."""

from decimal import Decimal
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.lists.key_figures import weekly_figure
from backoffice.lists.pictures import share_bar
from backoffice.screen import formats
from backoffice.screen.links import link

from ..queries.states import CartState

# The tones of the bar: sold, under way, left alone.
_TONES = {CartState.ORDERED: 1, CartState.NOT_ORDERED: 3, CartState.ABANDONED: 2}


def key_figures(figures: dict, page) -> list[dict]:
    """The figures drawn for the page's strip; "–" for what is not known."""
    return [
        _conversion(figures),
        _abandoned(figures),
        _average(figures),
        _weeks(figures),
    ]


def _url(**asked: str) -> str:
    url = link("carts_list")
    return f"{url}?{urlencode(asked)}" if asked else url


def _of_those_days(figures: dict) -> dict[str, str]:
    """What a list of carts is asked for, to hold those of the days of the figures."""
    days = {"created_after": figures.get("first"), "created_before": figures.get("last")}
    return {name: day for name, day in days.items() if day}


def _its_orders(figures: dict) -> dict[str, str]:
    """Where the valid orders of the days of the figures are listed, for who may see orders."""
    asked = {"valid": "true", "placed_after": figures.get("first"), "placed_before": figures.get("last")}
    told = urlencode({name: value for name, value in asked.items() if value})
    return {"url": f"{link('orders_list')}?{told}", "right": "carts.view_order"}


def _conversion(figures: dict) -> dict:
    """Valid orders of all visits; without any visit there is none to speak of, or more than there can be."""
    orders, visits = figures.get("orders", 0), figures.get("visits", 0)
    nobody_came = "∞" if orders else "–"
    facts = {"orders": formats.number(orders), "visits": formats.number(visits)}
    return {
        "title": _("Conversion rate"),
        "value": formats.percent(orders / visits, places=2) if visits else nobody_came,
        "note": _("valid orders: %(orders)s, visits: %(visits)s") % facts,
        **_its_orders(figures),
    }


def _abandoned(figures: dict) -> dict:
    numbers = {state: figures.get(f"carts_{state}", 0) for state in CartState}
    carts = sum(numbers.values())
    abandoned = numbers[CartState.ABANDONED]
    share = formats.percent(abandoned / carts) if carts else "–"
    note = ngettext("%(share)s of %(n)s cart", "%(share)s of %(n)s carts", carts)
    return {
        "title": _("Abandoned carts"),
        "value": formats.number(abandoned) if figures else "–",
        "note": note % {"share": share, "n": formats.number(carts)},
        "url": _url(status=CartState.ABANDONED.value, **_of_those_days(figures)),
        "picture": share_bar(
            _("What became of the carts"),
            [(str(state.label), numbers[state], tone) for state, tone in _TONES.items()],
        ),
    }


def _average(figures: dict) -> dict:
    average = figures.get("average")
    return {
        "title": _("Average order value"),
        "value": "–" if average is None else formats.shop_money(Decimal(average)),
        "note": _("valid orders, tax excluded"),
        **_its_orders(figures),
    }


def _weeks(figures: dict) -> dict:
    weeks = figures.get("weeks", [])
    said = _("Carts a week, the last 12 weeks: %(numbers)s")
    url = _url(created_after=figures["weeks_first"]) if weeks else _url()
    told = weekly_figure(_("Carts, 12 weeks"), [started for started, _ordered in weeks], said=said, url=url)
    note = _("ordered: %(n)s") % {"n": formats.number(sum(ordered for _started, ordered in weeks))}
    return {**told, "note": note} if weeks else told

"""The key figures above the list of orders, drawn: valid and invalid ones counted apart (S1.56, S4.66)."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from backoffice.lists.key_figures import weekly_figure
from backoffice.lists.pictures import share_bar
from backoffice.screen import formats
from backoffice.screen.links import link

from ..rules import average


def key_figures(figures: dict, page) -> list[dict]:
    """The figures drawn for the page's strip; "–" for what is not known."""
    url = link("orders_list")
    valid, invalid = figures.get("valid_orders", 0), figures.get("invalid_orders", 0)
    sales = Decimal(figures.get("sales", "0.00"))
    known = bool(figures)
    return [
        {
            "title": pgettext("orders", "Valid"),
            "value": formats.number(valid) if known else "–",
            "url": f"{url}?valid=true",
            "picture": share_bar(
                _("Valid and invalid orders"),
                [(_("Valid orders"), valid, 1), (_("Invalid orders"), invalid, 2)],
            ),
        },
        {
            "title": pgettext("orders", "Invalid"),
            "value": formats.number(invalid) if known else "–",
            "note": _("not paid yet, canceled, refunded"),
            "url": f"{url}?valid=false",
        },
        {
            "title": _("Sales"),
            "value": formats.shop_money(sales) if known else "–",
            "note": _("valid orders"),
            "url": f"{url}?valid=true&sort=-total",
        },
        {
            "title": pgettext("orders", "Average"),
            "value": formats.shop_money(average(sales, valid)) if valid else "–",
            "note": _("valid orders"),
            "url": f"{url}?valid=true&sort=-total",
        },
        {
            "title": _("Outstanding"),
            "value": formats.shop_money(Decimal(figures["owed"])) if known else "–",
            "note": ngettext("%(n)s order", "%(n)s orders", figures.get("unpaid_orders", 0))
            % {"n": formats.number(figures.get("unpaid_orders", 0))},
            "url": f"{url}?outstanding_min=0.01",
        },
        weekly_figure(
            _("12 weeks"),
            figures.get("weeks", []),
            said=_("Valid orders a week, the last 12 weeks: %(numbers)s"),
            url=f"{url}?valid=true&placed_after={figures.get('weeks_first', '')}",
        ),
    ]

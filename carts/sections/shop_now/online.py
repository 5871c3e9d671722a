"""Who is online: whose visit goes on, what they look at, with what, since when, and what is in their cart."""

from django.utils.translation import gettext as _

from backoffice.screen import formats
from backoffice.screen.markup import fill
from customers.models import Device
from customers.sections.visit_words import page_name

from ...queries.contents import product_names
from ...queries.shop_now import carts_of_visits, who_is_online
from ..links import customer_link, linked, list_url, record_url

MOST = 8
ICONS = {
    Device.COMPUTER: "computer",
    Device.PHONE: "smartphone",
    Device.TABLET: "tablet",
    Device.UNKNOWN: "unknown",
}


def online_panel(staff) -> dict:
    """Those who were seen last; the list has all of them."""
    visits = who_is_online(MOST)
    carts = carts_of_visits(visits) if visits and staff.has_perm("carts.view_cart") else {}
    products = product_names({visit.product_id for visit in visits if visit.product_id})
    return {
        "url": list_url("visits", staff, online="true", sort="-last_seen_at") if visits else "",
        "empty": ""
        if visits
        else _(
            "Nobody is in the shop right now. Visitors and customers appear here with what is in their carts."
        ),
        "visits": [
            {
                "who": customer_link(visit.customer, staff, nobody=_("Visitor")),
                "is_customer": visit.customer_id is not None,
                "key": visit.pk,
                "icon": ICONS[visit.device],
                "device_title": visit.get_device_display(),
                "page": page_name(visit.page or visit.landing_url, products.get(visit.product_id, "")),
                "path": visit.page or visit.landing_url,
                "url": record_url("visits", visit.pk, staff),
                "since": formats.time_of(visit.started_at),
                "since_iso": visit.started_at.isoformat(timespec="seconds"),
                "cart": _cart(carts.get(visit.pk), staff),
            }
            for visit in visits
        ],
    }


def _cart(cart, staff) -> str:
    if cart is None:
        return ""
    return linked(record_url("carts", cart.pk, staff), fill("{}", formats.money(cart.total, cart.currency)))

"""Visits in words, wherever they are shown: how long, from which address, whose."""

from django.utils.translation import gettext as _

from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.screen.moments import minute_with_seconds

from ..models import Customer, Visit


def time_spent(seconds: int) -> str:
    """A time span as h:mm:ss; "" for none at all (S1.66)."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours or minutes or seconds else ""


def moment_of(visit: Visit) -> str:
    """When it began, the way to its page."""
    return fill('<a href="{}">{}</a>', link("visits_view", visit.pk), minute_with_seconds(visit.started_at))


def ip_link(ip: str | None) -> str:
    """An IP address, the way to all visits from there; "" for none."""
    return fill('<a href="{}?ip={}">{}</a>', link("visits_list"), ip, ip) if ip else ""


def page_name(url: str, product: str) -> str:
    """A page by what people read there: its product, or that it is the first page of the shop; else by its path."""
    return product or (_("Home page") if url == "/" else url)


def who_came(customer: Customer | None) -> str:
    """The customer, the way to their page. Who is hidden is named to nobody (decision 19)."""
    if customer is None:
        return _("Visitor")
    if customer.deleted:
        return _("Deleted customer")
    return fill('<a href="{}">{}</a>', link("customers_view", customer.pk), customer)


def same_ip_mark() -> str:
    """What stands beside somebody else's visit from the same address: it may be theirs, nobody says it is (S4.71)."""
    return fill('<span class="badge">{}</span>', _("Same IP address"))


def origin_of(host: str) -> str:
    """Where somebody came from: the host, or that it was a direct link (facts 4.10)."""
    return host or _("Direct link")

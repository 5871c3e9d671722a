"""The last connections of a customer with the shop (S0.53, S1.65, S1.66, S4.76; mission B7: pages and device both)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from backoffice.lists.latest import latest
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.screen.moments import minute_with_seconds
from backoffice.screen.tables import as_table

from ..models import Customer, Visit


def visits_panel(customer: Customer, staff) -> dict:
    """The latest visits; an IP address leads to all customers who came from there."""
    visits = Visit.objects.filter(customer=customer.pk).order_by("-started_at")
    found = latest(visits.only(*_READ), since="started_at")
    return {
        "count": found.count,
        "empty": "" if found.rows else _("%(name)s has not visited the shop yet.") % {"name": customer},
        **visits_table(found.rows),
    }


def visits_table(visits: Iterable[Visit]) -> dict:
    """Visits as the file shows them."""
    columns = (
        (_("Date"), "date narrow"),
        (_("Pages viewed"), "num narrow"),
        (_("Device"), ""),
        (_("Total time"), "num narrow"),
        (_("Origin and IP address"), "wraps host"),
    )
    return as_table(columns, map(_row, visits))


_READ = ("started_at", "last_seen_at", "pages_count", "device", "origin", "ip")


def _row(visit: Visit) -> tuple:
    return (
        minute_with_seconds(visit.started_at),
        visit.pages_count,
        visit.get_device_display(),
        _clock(int(visit.duration.total_seconds())),
        _from(visit),
    )


def _from(visit: Visit) -> str:
    """The host of the referring page, "" for a direct link, and the IP address."""
    ip = fill('<a href="{}?ip={}">{}</a>', link("customers_list"), visit.ip, visit.ip) if visit.ip else ""
    return fill("{}<br>{}", visit.origin, ip) if visit.origin else ip


def _clock(seconds: int) -> str:
    """A time span as h:mm:ss; "" for none at all (S1.66)."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours or minutes or seconds else ""

"""The last connections of a customer with the shop (S0.53, S1.65, S1.66, S4.76; mission B7: pages and device both)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from backoffice.lists.latest import latest
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.screen.tables import as_table

from ..models import Customer, Visit
from ..queries import perhaps_theirs
from .visit_words import moment_of, same_ip_mark, time_spent


def visits_panel(customer: Customer, staff) -> dict:
    """The latest visits, each the way to its page; below them those of nobody from the same IP address, marked so.

    An IP address leads to all customers who came from there.
    """
    visits = Visit.objects.filter(customer=customer.pk).order_by("-started_at")
    found = latest(visits.only(*_READ), since="started_at")
    others = perhaps_theirs(found.rows[0].ip) if found.rows else []
    return {
        "count": found.count,
        "url": f"{link('visits_list')}?customer={customer.pk}" if found.rows else "",
        "empty": "" if found.rows else _nothing_of(customer),
        **visits_table([*found.rows, *others], of=customer),
    }


def _nothing_of(customer: Customer) -> str:
    """They never came, or so long ago that nothing but the day is kept (decision 55)."""
    if last := customer.figures.last_visit_at:
        said = _("The last visit of %(name)s was on %(day)s; connections of that time are not kept.")
        return said % {"name": customer, "day": formats.day(last)}
    return _("%(name)s has not visited the shop yet.") % {"name": customer}


def visits_table(visits: Iterable[Visit], *, of: Customer | None = None) -> dict:
    """Visits as the file shows them; what is not theirs is marked by what ties it to them."""
    columns = (
        (_("Date"), "date narrow"),
        (_("Pages viewed"), "num narrow"),
        (_("Device"), ""),
        (_("Total time"), "num narrow"),
        (_("Origin and IP address"), "wraps host"),
    )
    return {"cards": True, **as_table(columns, [_row(visit, of) for visit in visits])}


_READ = ("customer", "started_at", "last_seen_at", "pages_count", "device", "origin", "ip")


def _row(visit: Visit, of: Customer | None) -> tuple:
    theirs = of is None or visit.customer_id == of.pk
    return (
        moment_of(visit) if theirs else fill("{}<br>{}", moment_of(visit), same_ip_mark()),
        visit.pages_count,
        visit.get_device_display(),
        time_spent(int(visit.duration.total_seconds())),
        _from(visit),
    )


def _from(visit: Visit) -> str:
    """The host of the referring page, "" for a direct link, and the IP address."""
    ip = fill('<a href="{}?ip={}">{}</a>', link("customers_list"), visit.ip, visit.ip) if visit.ip else ""
    return fill("{}<br>{}", visit.origin, ip) if visit.origin else ip

"""The page of a connection: what was looked at, whose it is and from where, who else came from there (S1.65, S4.71)."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backoffice.lists.latest import latest
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.screen.tables import as_table
from backoffice.sections import Panel, section_named
from backoffice.sections.doors import facts_of

from ..models import PageView, Visit
from ..registries import product_names
from .visit_words import moment_of, page_name, same_ip_mark, time_spent, who_came

MOST_PAGES = 200


def heading(visit: Visit, staff) -> dict:
    """Whether it goes on."""
    badges = [{"text": _("Online"), "tone": "good"}] if visit.is_online else []
    return {"record_id_text": formats.labelled(_("ID"), visit.pk), "badges": badges}


def pages_panel(visit: Visit, staff) -> dict:
    """The pages viewed in their order, each with its time and how long it was looked at."""
    pages = PageView.objects.filter(visit=visit.pk, viewed_at__gte=visit.started_at)
    shown = list(pages.order_by("viewed_at", "pk")[:MOST_PAGES])
    names: dict[int, str] = {}
    for tell in product_names:
        names |= tell({page.product_id for page in shown if page.product_id})
    return {
        "count": formats.number(visit.pages_count),
        "empty": "" if shown else _no_pages(visit),
        **as_table(
            ((_("Time"), "date narrow"), (_("Page"), "wraps"), (_("Time on page"), "num")),
            [
                (
                    formats.clock(page.viewed_at),
                    fill(
                        '<span title="{}">{}</span>',
                        page.url,
                        page_name(page.url, names.get(page.product_id or 0, "")),
                    ),
                    time_spent(page.seconds),
                )
                for page in shown
            ],
        ),
    }


def _no_pages(visit: Visit) -> str:
    if not visit.pages_count:
        return _("No page was viewed.")
    days = settings.PAGE_VIEW_DAYS
    return ngettext(
        "The pages are no longer there: they are kept for %(n)s day.",
        "The pages are no longer there: they are kept for %(n)s days.",
        days,
    ) % {"n": formats.number(days)}


def facts_panel(visit: Visit, staff) -> dict:
    """Who came, when, with what, and from where."""
    who = {"title": _("Customer"), "value": who_came(visit.customer)}
    return {"facts": [who, *facts_of(section_named("visits"), visit)]}


def neighbours_panel(visit: Visit, staff) -> dict | None:
    """Other connections from the same IP address: perhaps the same person, which nobody can say (S4.71)."""
    if visit.ip is None:
        return None
    others = Visit.objects.filter(ip=visit.ip).exclude(pk=visit.pk).order_by("-started_at")
    found = latest(others.select_related("customer"), since="started_at")
    return {
        "count": found.count,
        "empty": "" if found.rows else _("Nobody else came from %(ip)s.") % {"ip": visit.ip},
        "url": f"{link('visits_list')}?ip={visit.ip}" if found.rows else "",
        "rows_title": _("Whoever shares an address need not be the same person.") if found.rows else "",
        **as_table(
            ((_("Date"), "date narrow"), (_("Customer"), "wraps"), (_("Device"), "")),
            [
                (
                    moment_of(one),
                    fill("{} {}", who_came(one.customer), same_ip_mark()),
                    one.get_device_display(),
                )
                for one in found.rows
            ],
        ),
    }


PANELS = (
    Panel(
        name="pages",
        title=gettext_lazy("Pages viewed"),
        template="backoffice/panels/rows.html",
        content=pages_panel,
        icon="page",
        side="left",
    ),
    Panel(
        name="connection",
        title=gettext_lazy("Connection"),
        template="backoffice/panels/facts.html",
        content=facts_panel,
        icon="visits",
    ),
    Panel(
        name="same_ip",
        title=gettext_lazy("Same IP address"),
        template="backoffice/panels/rows.html",
        content=neighbours_panel,
        icon="visits",
    ),
)

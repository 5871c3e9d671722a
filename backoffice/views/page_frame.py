"""What the frame of every page needs: the menu by rights, quick access, the shop's name (decision 11)."""

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from ..lists.searching import EVERYWHERE, scopes_of
from ..screen.links import link
from ..sections import all_sections
from .job_messages import jobs_at_work
from .rail import rail_of


def frame(request: HttpRequest) -> dict:
    """Context for templates/backoffice/base.html; worked out only where that page is drawn."""
    return {
        "shop_name": settings.SHOP_NAME,
        "menu": SimpleLazyObject(lambda: rail_of(request)),
        "quick_access": SimpleLazyObject(lambda: quick_access_of(request)),
        "jobs": SimpleLazyObject(lambda: jobs_at_work(request)),
        "bar_search": SimpleLazyObject(lambda: search_of(request)),
    }


def quick_access_of(request: HttpRequest) -> list[dict]:
    """What people add most, one click away from anywhere (S4.84)."""
    staff = getattr(request, "user", None)
    if staff is None or not staff.is_authenticated:
        return []
    return [
        {"title": str(section.titles.quick or section.titles.add), "url": link(section.url("add"))}
        for section in all_sections()
        if section.form and staff.has_perm(section.right("add"))
    ]


def search_of(request: HttpRequest) -> dict:
    """The search box of the top bar (S0.71, S4.84): where it asks, and what was asked last on the page of results."""
    staff = getattr(request, "user", None)
    if staff is None or not staff.is_authenticated:
        return {}
    scopes = scopes_of(staff)
    url = link("search")
    asked = request.GET if request.path == url else QueryDict()
    return {
        "url": url,
        "query": asked.get("q", ""),
        "scope": asked.get("in", ""),
        "scopes": [(EVERYWHERE, _("Everywhere")), *((scope.name, scope.title) for _section, scope in scopes)],
    }

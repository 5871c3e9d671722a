"""What the frame of every page needs: the menu by rights, quick access, the shop's name (decision 11)."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..lists.searching import EVERYWHERE, scopes_of
from ..screen.links import link
from ..screen.markup import fill, fill_each
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
    return _quick_access(get_language(), frozenset(staff.get_all_permissions()))


@lru_cache(maxsize=100)
def _quick_access(language: str, rights: frozenset[str]) -> list[dict]:
    return [
        {"title": str(section.titles.quick or section.titles.add), "url": link(section.url("add"))}
        for section in all_sections()
        if section.form and section.right("add") in rights
    ]


def search_of(request: HttpRequest) -> dict:
    """The search box of the top bar (S0.71, S4.84): where it asks, and what was asked last on the page of results."""
    staff = getattr(request, "user", None)
    if staff is None or not staff.is_authenticated:
        return {}
    url = link("search")
    asked = request.GET if request.path == url else QueryDict()
    rights, chosen = frozenset(staff.get_all_permissions()), asked.get("in", "")
    return {
        "url": url,
        "query": asked.get("q", ""),
        "scopes": _scopes(get_language(), rights, chosen if chosen in _scope_names() else ""),
    }


@lru_cache(maxsize=1)
def _scope_names() -> frozenset[str]:
    return frozenset(scope.name for section in all_sections() for scope in section.listing.search)


@lru_cache(maxsize=1_000)
def _scopes(language: str, rights: frozenset[str], chosen: str) -> SafeString:
    scopes = [(EVERYWHERE, _("Everywhere"))]
    scopes += [(scope.name, scope.title) for _section, scope in scopes_of(rights)]
    return fill_each(
        '<option value="{}"{}>{}</option>',
        [(name, fill(" selected") if name == chosen else "", title) for name, title in scopes],
    )

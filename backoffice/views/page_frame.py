"""What the frame of every page needs: the menu by rights, quick access, the shop's name (decision 11)."""

from operator import itemgetter
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from ..access.rights import HasRights
from ..lists.searching import EVERYWHERE, scopes_of
from ..screen.links import link
from ..sections import MenuPage, Section, all_sections
from ..sections.menu import GROUPS, menu_pages
from .job_messages import jobs_at_work


def frame(request: HttpRequest) -> dict:
    """Context for templates/backoffice/base.html; worked out only where that page is drawn."""
    return {
        "shop_name": settings.SHOP_NAME,
        "menu": SimpleLazyObject(lambda: menu_of(request)),
        "quick_access": SimpleLazyObject(lambda: quick_access_of(request)),
        "jobs": SimpleLazyObject(lambda: jobs_at_work(request)),
        "bar_search": SimpleLazyObject(lambda: search_of(request)),
    }


def menu_of(request: HttpRequest) -> list[dict]:
    """The menu groups that hold anything this person may see."""
    staff = getattr(request, "user", None)
    if staff is None or not staff.is_authenticated:
        return []
    here = request.path
    home = link("home")
    groups = [{"title": "", "items": [_item(_("Shop now"), home, "home", here == home)]}]
    for key, title in GROUPS.items():
        found = [
            (section.menu.place, _of_section(section, here))
            for section in all_sections()
            if section.menu.group == key and _may_see(staff, section)
        ]
        found += [
            (page.menu.place, _of_page(page, here))
            for page in menu_pages()
            if page.menu.group == key and _may_open(staff, page)
        ]
        if found:
            items = [item for _place, item in sorted(found, key=itemgetter(0))]
            groups.append({"title": str(title), "items": items})
    return groups


def _may_open(staff: HasRights, page: MenuPage) -> bool:
    return not page.right or any(map(staff.has_perm, (page.right, *page.or_rights)))


def _may_see(staff: HasRights, section: Section) -> bool:
    return staff.has_perm(section.right("view"))


def _of_section(section: Section, here: str) -> dict:
    url = link(section.url())
    is_here = here.startswith(url) and not (section.options and here == link(section.options.url))
    query = urlencode(section.menu.asked)
    return _item(section.titles.many, f"{url}?{query}" if query else url, section.menu.icon, is_here)


def _of_page(page: MenuPage, here: str) -> dict:
    url = link(page.url)
    return _item(page.title, url, page.menu.icon, here.startswith(url))


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


def _item(title, url: str, icon: str, current: bool) -> dict:
    return {"title": str(title), "url": url, "icon": icon, "current": current}

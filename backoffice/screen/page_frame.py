"""What the frame of every page needs: the menu by rights, quick access, the shop's name (decision 11)."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from ..sections import all_sections
from .links import link

# Group titles in the order of the menu; a section names its group by the key.
MENU = {
    "customers": _("Customers"),
    "orders": _("Orders"),
    "inbox": _("Inbox"),
    "tasks": _("Tasks"),
    "advanced": _("Advanced"),
    "settings": _("Settings"),
}
# Pages that are no section: (menu group, URL name, title, icon, right).
PAGES = (
    ("advanced", "activity", _("Activity"), "activity", "backoffice.view_event"),
    ("settings", "customers_options", _("Customers options"), "gear", "customers.settings_customer"),
    ("settings", "staff_list", _("Staff"), "staff", "staff.manage_staffmember"),
)


def frame(request: HttpRequest) -> dict:
    """Context for templates/backoffice/base.html; worked out only where that page is drawn."""
    return {
        "shop_name": settings.SHOP_NAME,
        "menu": SimpleLazyObject(lambda: menu_of(request)),
        "quick_access": SimpleLazyObject(lambda: quick_access_of(request)),
    }


def menu_of(request: HttpRequest) -> list[dict]:
    """The menu groups that hold anything this person may see."""
    staff = getattr(request, "user", None)
    if staff is None or not staff.is_authenticated:
        return []
    here = request.path
    home = link("home")
    groups = [{"title": "", "items": [_item(_("Shop now"), home, "home", here == home)]}]
    for key, title in MENU.items():
        items = [
            _item(
                section.title,
                url,
                section.icon,
                here.startswith(url) and not here.startswith(f"{url}options/"),
            )
            for section in all_sections()
            if section.menu == key and staff.has_perm(section.right("view"))
            for url in [link(section.url())]
        ]
        items += [
            _item(page_title, url, icon, here.startswith(url))
            for group, name, page_title, icon, right in PAGES
            if group == key and staff.has_perm(right)
            for url in [link(name)]
        ]
        if items:
            groups.append({"title": str(title), "items": items})
    return groups


def quick_access_of(request: HttpRequest) -> list[dict]:
    """What people add most, one click away from anywhere (S4.84)."""
    staff = getattr(request, "user", None)
    if staff is None or not staff.is_authenticated:
        return []
    return [
        {"title": str(section.quick_label or section.add_label), "url": link(section.url("add"))}
        for section in all_sections()
        if section.form and staff.has_perm(section.right("add"))
    ]


def _item(title, url: str, icon: str, current: bool) -> dict:
    return {"title": str(title), "url": url, "icon": icon, "current": current}

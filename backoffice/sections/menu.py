"""The menu: its groups, and the pages in it that are no section's, each registered by the app that owns it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from ..texts import Text


@dataclass(frozen=True, kw_only=True)
class Menu:
    """Where in the menu a section or page stands: key of its group, place there (small ones first), icon.

    `asked` is what a section's list is asked for when it is opened from here.
    """

    group: str
    place: int
    icon: str
    asked: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class MenuPage:
    """A page of the menu that is no section: the name of its URL, its title, the right it needs, or one of others.

    Without a right it is everybody's.
    """

    menu: Menu
    url: str
    title: Text
    right: str = ""
    or_rights: tuple[str, ...] = ()


# Titles of the groups, in the order of the menu (decision 11).
GROUPS = {
    "people": _("Customers"),
    "orders": _("Orders"),
    "inbox": _("Inbox"),
    "tasks": _("Tasks"),
    "advanced": _("Advanced"),
    "settings": _("Settings"),
}
_pages: list[MenuPage] = []


def register_page(page: MenuPage) -> None:
    """Put a page into the menu."""
    _pages.append(page)


def menu_pages() -> list[MenuPage]:
    """The pages that are no section's, in the order of their places."""
    return sorted(_pages, key=lambda one: one.menu.place)

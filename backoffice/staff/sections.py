"""The page of the menu that is about staff."""

from django.utils.translation import gettext_lazy as _

from ..sections import Menu, MenuPage, register_page

register_page(
    MenuPage(
        menu=Menu(group="settings", place=190, icon="staff"),
        url="staff_list",
        title=_("Staff"),
        right="staff.manage_staffmember",
    )
)

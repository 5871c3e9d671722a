"""The pages of the menu that are about staff and the keys of programs."""

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
register_page(
    MenuPage(
        menu=Menu(group="settings", place=195, icon="key"),
        url="api_tokens",
        title=_("API tokens"),
        right="backoffice.manage_apitoken",
    )
)

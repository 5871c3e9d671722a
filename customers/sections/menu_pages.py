"""Pages of the menu that belong to customers and are no section's."""

from django.utils.translation import gettext_lazy as _

from backoffice.sections import Menu, MenuPage, register_page

register_page(
    MenuPage(
        menu=Menu(group="settings", place=120, icon="gear"),
        url="customers_options",
        title=_("Customers options"),
        right="customers.settings_customer",
    )
)
register_page(
    MenuPage(
        menu=Menu(group="advanced", place=97, icon="chart"),
        url="groups_report",
        title=_("Report by group"),
        right="groups.view_group",
    )
)

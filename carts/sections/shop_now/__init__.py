"""The home page is the shop now: who is online, what moves, how the week goes (issue 10, point 12)."""

from django.utils.translation import gettext_lazy as _

from backoffice.sections import HOME, Panel, add_panel

from ...queries.shop_now import version_of_figures, version_of_happened, version_of_online
from .abandoned import abandoned_panel
from .cards import cards_panel
from .happened import happened_panel
from .online import online_panel

add_panel(
    HOME,
    Panel(
        name="figures",
        title=_("Figures"),
        template="carts/panels/cards.html",
        content=cards_panel,
        side="head",
        version=version_of_figures,
    ),
    Panel(
        name="online",
        title=_("Who is online"),
        template="carts/panels/online.html",
        content=online_panel,
        icon="live",
        side="left",
        right="customers.view_visit",
        before="messages",
        version=version_of_online,
    ),
    Panel(
        name="happened",
        title=_("What just happened"),
        template="carts/panels/happened.html",
        content=happened_panel,
        icon="bolt",
        before="birthdays",
        version=version_of_happened,
    ),
    Panel(
        name="abandoned_soon",
        title=_("Carts about to be abandoned"),
        template="backoffice/panels/rows.html",
        content=abandoned_panel,
        icon="carts",
        side="left",
        right="carts.view_cart",
        before="messages",
    ),
)

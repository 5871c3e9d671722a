"""The addresses of a customer on their page (S0.50, S1.60, S1.61, S4.78)."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from backoffice.lists.latest import latest
from backoffice.screen.markup import fill_each
from backoffice.screen.tables import as_table
from backoffice.sections import Panel, add_panel
from customers.models import Customer

from ..models import Address
from ..models.country import name_of_country


def addresses_panel(customer: Customer, staff) -> dict:
    """All addresses, the default ones first."""
    addresses = Address.objects.here().filter(customer=customer.pk)
    found = latest(addresses.order_by("-default_billing", "-default_shipping", "id"))
    columns = (
        (_("Company"), "wraps"),
        (_("Name"), ""),
        (_("Address"), "wraps address"),
        (_("Country"), ""),
        (_("Phone number(s)"), ""),
    )
    return {
        "count": found.count,
        "empty": "" if found.rows else _("%(name)s has no addresses.") % {"name": customer},
        **as_table(columns, map(_row, found.rows)),
    }


def _row(address: Address) -> tuple:
    country = name_of_country(address.country_id, get_language() or "en")
    place = f"{address.street} {f'{address.postcode} {address.city}'.strip()}, {country}"
    phones = fill_each("{}<br>", [(phone,) for phone in (address.phone, address.phone_mobile) if phone])
    return address.company, address.name, place, country, phones


add_panel(
    "customers",
    Panel(
        name="addresses",
        title=gettext_lazy("Addresses"),
        template="backoffice/panels/rows.html",
        content=addresses_panel,
        icon="addresses",
        right="addresses.view_address",
    ),
)

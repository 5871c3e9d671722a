"""The addresses section: where customers are billed and shipped to (S0.54–S0.59, S1.68–S1.76)."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from backoffice.records.default_panels import history_panel
from backoffice.sections import (
    BulkAction,
    ColumnSet,
    DeleteWay,
    Editing,
    Hidden,
    Importing,
    Listing,
    Menu,
    Page,
    Panel,
    RecordAction,
    SearchScope,
    Section,
    Titles,
    Words,
    register,
)
from backoffice.tables.filters import QuickSearch

from .. import services
from ..forms import AddressForm
from ..importing.importer import KEYS, open_addresses
from ..models import Address
from ..queries import COUNTRIES, STATES
from ..services.deletion import foretell, refusal_to_delete, what_became
from .address_actions import ACTIONS
from .address_facts import address_panel, heading, printed_panel
from .address_fields import FIELDS, REQUIRED
from .address_filters import LackingFilter

# S1.70: first name before last name here.
_CLASSIC = ("id", "first_name", "last_name", "address", "postcode", "city", "country")


def _rows():
    return Address.objects.of_people_here()


def _label(row: dict) -> str:
    street = f"{row['address1']} {row['address2']}".strip()
    return f"{row['alias']}: {street}, {row['postcode']} {row['city']}"


def _no_longer(address: Address) -> list[str]:
    """Which addresses were the default until this one was saved."""
    said = {
        "default_billing": _now("“%(name)s” is no longer the default billing address."),
        "default_shipping": _now("“%(name)s” is no longer the default shipping address."),
    }
    return [said[name] % {"name": other.alias} for name, other in address.was_default.items()]


ADDRESSES = register(
    Section(
        slug="addresses",
        model=Address,
        titles=Titles(
            many=_("Addresses"),
            one=_("Address"),
            add=_("Add an address"),
            counted=ngettext_lazy("%(n)s address", "%(n)s addresses", "count"),
            back=_("Back to Addresses"),
        ),
        menu=Menu(group="people", place=20, icon="addresses"),
        fields=FIELDS,
        listing=Listing(
            rows=_rows,
            label=_label,
            label_reads=("alias", "address1", "address2", "postcode", "city"),
            lead=("name", "last_name", "first_name", "address"),
            default_sort="id",
            order=(*_CLASSIC, "company", "customer"),
            sets={
                "classic": ColumnSet(title=_("Classic"), columns=_CLASSIC),
                "contacts": ColumnSet(
                    title=_("With company and phones"),
                    columns=("id", "company", "name", "place", "country", "phones"),
                ),
            },
            lookups={"countries": COUNTRIES, "states": STATES},
            filters={
                "q": QuickSearch(_("Address"), placeholder=_("Name, company, street, city, phone or ID")),
                "lacking": LackingFilter(_("Without"), fields=[one for one in FIELDS if one.required_as]),
            },
            everywhere=("q", "deleted"),
            search=(
                SearchScope(
                    name="addresses",
                    title=_("Addresses"),
                    by="q",
                    columns=("id", "company", "name", "place", "country", "phones"),
                    found=ngettext_lazy(
                        "%(n)s address found with “%(query)s”",
                        "%(n)s addresses found with “%(query)s”",
                        "count",
                    ),
                ),
            ),
        ),
        editing=Editing(
            groups={"owner": _("Customer"), "address": _("Address"), "more": _("More about the address")},
            save=services.save_address,
            base=AddressForm,
            prefilled=("customer",),
            also=_no_longer,
            required=REQUIRED,
        ),
        actions=ACTIONS,
        delete_ways=(
            DeleteWay(
                action=BulkAction(
                    name="delete",
                    title=_("Delete the address"),
                    run=services.delete_addresses,
                    words=Words(
                        done=ngettext_lazy("%(n)s address deleted.", "%(n)s addresses deleted.", "count")
                    ),
                    icon="trash",
                ),
                foretell=foretell,
                refusal=refusal_to_delete,
                told=what_became,
                instead="bring_back",
            ),
        ),
        page=Page(
            panels=(
                Panel(
                    name="address",
                    title=_("Address"),
                    template="backoffice/panels/facts.html",
                    content=address_panel,
                    icon="addresses",
                    side="left",
                ),
                Panel(
                    name="printed",
                    title=_("As it is printed"),
                    template="addresses/printed.html",
                    content=printed_panel,
                    icon="page",
                ),
                history_panel("addresses"),
            ),
            heading=heading,
            actions=(
                RecordAction(
                    name="bring_back",
                    title=_("Bring back"),
                    run=services.bring_back_one,
                    said=_("%(name)s is back."),
                    icon="undo",
                    offered=lambda address: address.deleted,
                    main=True,
                ),
            ),
        ),
        importing=Importing(open=open_addresses, keys=KEYS),
        hidden=Hidden(
            field="deleted",
            label=pgettext_lazy("address", "Retired"),
            only=pgettext_lazy("addresses", "Retired only"),
            back="bring_back",
        ),
    )
)

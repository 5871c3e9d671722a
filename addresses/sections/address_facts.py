"""What the page of an address tells of it: as its post prints it, its numbers with what is odd about them."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from backoffice.faults import doubt_about
from backoffice.screen.links import link
from backoffice.screen.markup import doubtful, fill
from backoffice.sections import section_named
from backoffice.sections.doors import facts_of

from ..forms.labels import capitals_of, written_state
from ..models import Address, AddressKind
from ..models.country import name_of_country
from ..rules.layouts import lay_out
from ..rules.phones import is_a_number
from .address_columns import PHONES, phone_link


def printed(address: Address) -> list[str]:
    """The lines of an address as the post of its country wants them, the country in the reader's language last."""
    country, state = address.country, address.state
    capitals = capitals_of(country.code)
    values = {
        "company": address.company,
        "first_name": address.first_name,
        "last_name": address.last_name,
        "address1": address.address1,
        "address2": address.address2,
        "postcode": address.postcode,
        "city": address.city,
        "state": written_state(country.code, state.code, state.name) if state else "",
    }
    values |= {name: values[name].upper() for name in capitals & values.keys()}
    name = name_of_country(country.code, get_language() or "en")
    return [*lay_out(country.address_format, values), name.upper()]


def told_number(name: str, doubt: Callable[[str, str], None], address: Address) -> str:
    """A number, with the mark of what its country finds odd about it."""
    text = getattr(address, name)
    said = doubt_about(text, lambda value: doubt(value, address.country_id))
    return doubtful(text, said) if said else text


def _phone(name: str, address: Address) -> str:
    text = getattr(address, name)
    said = doubt_about(text, lambda value: is_a_number(value, address.country_id))
    shown = phone_link(text, getattr(address, f"{name}_e164"), address.country_id)
    return doubtful(shown, said) if said else shown


def address_panel(address: Address, staff) -> dict:
    """Whose it is, how to ring them up, and what else is known."""
    section = section_named("addresses")
    assert section is not None
    owner = fill('<a href="{}">{}</a>', link("customers_view", address.customer_id), address.customer)
    facts = [{"title": _("Customer"), "value": owner}]
    facts += [
        {"title": section.form_fields[name].label, "value": _phone(name, address)}
        for name in PHONES
        if getattr(address, name)
    ]
    told = {one["title"] for one in facts}
    return {"facts": facts + [one for one in facts_of(section, address) if one["title"] not in told]}


def printed_panel(address: Address, staff) -> dict:
    """The address as it is printed, and the way to its label."""
    return {"lines": printed(address), "label_url": reverse("addresses_label", args=[address.pk])}


def heading(address: Address, staff) -> dict:
    """What it serves for, and whether it is a default."""
    badges = [{"text": AddressKind(address.kind).label}]
    if default := _default(address):
        badges.append({"text": default, "tone": "accent"})
    if address.deleted:
        badges.append({"text": pgettext("address", "Retired"), "tone": "warn"})
    return {"badges": badges}


def _default(address: Address) -> str:
    if address.default_billing and address.default_shipping:
        return _("Default address")
    if address.default_billing:
        return _("Default billing address")
    return _("Default shipping address") if address.default_shipping else ""

"""What an address may not be, judged with its country: each fault at its field, in the reader's language (facts 6.3).

What broke a rule before and is unchanged is never judged (decision 5).
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from backoffice.faults import as_validation_error
from backoffice.records.required_fields import required_in
from backoffice.rules import Broken

from ..models import Address, AddressKind, Country, State
from ..rules.postcodes import fitting

SECTION = "addresses"


class Judged:
    """An address as it would be: the values of a form or a file over those that are stored; `faults` by field."""

    def __init__(self, current: Address, values: Mapping[str, Any]):
        self.current, self.values = current, dict(values)
        self.new = current._state.adding
        self.faults: dict[str, ValidationError] = {}

    def get(self, name: str) -> Any:
        """The value that this field would have."""
        return self.values[name] if name in self.values else getattr(self.current, name, None)

    def moved(self, *names: str) -> bool:
        """Whether any of these fields changes."""
        return self.new or any(
            name in self.values and self.values[name] != getattr(self.current, name) for name in names
        )

    def refuse(self, name: str, said: str | ValidationError) -> None:
        """Note a fault; the first one of a field counts."""
        self.faults.setdefault(name, said if isinstance(said, ValidationError) else ValidationError(said))


def judged(current: Address, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are stored. ValidationError by field with all that country, kind and settings refuse."""
    one = Judged(current, values)
    country = one.get("country")
    if country is None:
        one.refuse("country", _("Choose a country."))
    else:
        _judge_postcode(one, country)
        _judge_state(one, country)
        _judge_identification(one, country)
    _judge_defaults(one)
    _judge_required(one, required_in(SECTION), country)
    if one.faults:
        raise ValidationError(one.faults)
    return one.values


def _judge_postcode(one: Judged, country: Country) -> None:
    text = one.get("postcode") or ""
    if not one.moved("postcode", "country"):
        return
    if text:
        try:
            one.values["postcode"] = fitting(text, country.postcode_rule)
        except Broken as fault:
            one.refuse("postcode", as_validation_error(fault))
    elif country.needs_postcode:
        one.refuse("postcode", _("%(country)s needs a postcode.") % {"country": country.name})


def _judge_state(one: Judged, country: Country) -> None:
    state: State | None = one.get("state")
    if not one.moved("state", "country"):
        return
    if state is not None and state.country_id != country.code:
        said = _("%(state)s does not lie in %(country)s.")
        one.refuse("state", said % {"state": state.name, "country": country.name})
    elif state is None and country.needs_state and _has_states(country):
        one.refuse("state", _("Choose a state: %(country)s needs one.") % {"country": country.name})


def _judge_identification(one: Judged, country: Country) -> None:
    if country.needs_identification and one.moved("dni", "country") and not one.get("dni"):
        said = _("%(country)s needs an identification number.")
        one.refuse("dni", said % {"country": country.name})


def _judge_defaults(one: Judged) -> None:
    """A default serves for what it is the default of."""
    kind = one.get("kind") or AddressKind.BOTH
    if one.get("default_billing") and kind == AddressKind.SHIPPING:
        one.refuse("default_billing", _("An address for shipping only can't be the default billing address."))
    if one.get("default_shipping") and kind == AddressKind.BILLING:
        one.refuse(
            "default_shipping", _("An address for billing only can't be the default shipping address.")
        )


def _judge_required(one: Judged, required: Collection[str], country: Country | None) -> None:
    """What staff made required (S0.59), where this country has it at all: a setting never makes saving impossible."""
    for name in required:
        if one.get(name) or not one.moved(name) or (country and not is_asked(name, country)):
            continue
        if one.new or getattr(one.current, name):
            one.refuse(name, _("The settings of this shop require this."))


def is_asked(name: str, country: Country) -> bool:
    """Whether addresses of that country have such a field at all."""
    if name == "state":
        return _has_states(country)
    return name != "postcode" or country.needs_postcode or "{postcode}" in country.address_format


def _has_states(country: Country) -> bool:
    return country.states.filter(active=True).exists()

"""The form of an address: the fields of its country, in the order and by the names that people there use."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.forms.forms import SectionForm
from backoffice.numbers import whole
from backoffice.records.conflicts import without_theirs
from customers.models import Customer

from ..models import Address, Country
from ..queries import offered_countries, offered_states
from ..rules.layouts import FIELDS, fields_of
from ..rules.numbers import adds_up_for_people, adds_up_for_taxes
from ..rules.phones import is_a_number
from ..services.judging import is_asked, judged
from .labels import words_of

GROUP = "address"
# What stands before and after the fields that a country lays out.
_FIRST, _LAST = ("country",), ("dni", "vat_number", "phone", "phone_mobile")
_DOUBTED = {
    "phone": is_a_number,
    "phone_mobile": is_a_number,
    "vat_number": adds_up_for_taxes,
    "dni": adds_up_for_people,
}


class AddressForm(SectionForm):
    """Adds an address, or edits one: it stays with its customer then (facts 6.2)."""

    again_title = _("Change country")

    def initial_of_new(self) -> dict[str, Any]:
        return {**super().initial_of_new(), "alias": gettext("My address")}

    def arrange(self) -> None:
        if self.record is not None:
            del self.fields["customer"]
        elif owner := self._owner():
            self._fill_in(owner)
        stored = self.record.country_id if self.record else ""
        self.fields["country"].choices = [
            ("", self.fields["country"].empty_label),
            *offered_countries(stored),
        ]
        code = self._value_of("country")
        self.country = Country.objects.filter(code=code).first() if code else None
        self._name_fields(code)
        self._ask_what_is_needed()
        self._put_in_order()
        self.doubts = {**self.doubts, **{name: _of_country(doubt, code) for name, doubt in _DOUBTED.items()}}

    def _value_of(self, name: str) -> str:
        """What is posted; of who posts nothing of it, such as a program, what it begins with."""
        value = self.data.get(name, self.initial.get(name))
        return str(value or "").strip().upper()

    def _owner(self) -> Customer | None:
        """For whom a link opened the form."""
        key = whole(str(self.initial.get("customer") or ""))
        return Customer.objects.here().filter(pk=key).first() if key is not None else None

    def _fill_in(self, owner: Customer) -> None:
        """What is known of them; the first address is the default one."""
        known = Address.objects.here().filter(customer=owner.pk)
        billed, shipped = (
            known.filter(**{name: True}).exists() for name in ("default_billing", "default_shipping")
        )
        self.initial |= {
            "first_name": owner.first_name,
            "last_name": owner.last_name,
            "company": owner.company,
            "country": owner.country or None,
            "default_billing": not billed,
            "default_shipping": not shipped,
        }

    def _name_fields(self, country: str) -> None:
        for name, label in words_of(country)._asdict().items():
            self.fields[name].label = label

    def _ask_what_is_needed(self) -> None:
        """What this country asks for; of what it has not, no field, but for a value that stands there already."""
        country = self.country
        if country is None:
            del self.fields["state"]
            return
        states = self.fields["state"]
        states.queryset = offered_states(country.code, self.initial.get("state"))
        needed = {
            "postcode": country.needs_postcode,
            "state": country.needs_state,
            "dni": country.needs_identification,
        }
        for name, is_needed in needed.items():
            if not is_asked(name, country) and not (name != "state" and self._value_of(name)):
                del self.fields[name]
            elif is_needed and self._is_judged(name):
                self.fields[name].required = True

    def _is_judged(self, name: str) -> bool:
        """Whether leaving it empty is news: what was empty before may stay so (decision 5)."""
        if self.record is None or self.record.country_id != self.country.code:
            return True
        return self.initial.get(name) not in (None, "")

    def _put_in_order(self) -> None:
        laid_out = fields_of(self.country.address_format) if self.country else ()
        order = (*_FIRST, *laid_out, *(name for name in FIELDS if name not in laid_out), *_LAST)
        place = {name: number for number, name in enumerate(order)}
        self.groups_of_fields = tuple(
            (title, tuple(sorted(names, key=place.__getitem__)) if "country" in names else names)
            for title, names in self.groups_of_fields
        )

    def clean(self):
        cleaned = super().clean()
        if "country" in cleaned and "state" not in self.fields:
            # A country without states: that of the former country is none of its own.
            cleaned["state"] = None
        if "country" in cleaned:
            kept = without_theirs(cleaned, self.data)
            self.ask(self._judge, {name: kept[name] for name in kept if name not in ("customer", "version")})
        return cleaned

    def _judge(self, values: dict[str, Any]) -> None:
        """What the service will refuse; of a field that is at fault already, nothing more."""
        try:
            judged(self.record or Address(), values)
        except ValidationError as refused:
            if news := {name: said for name, said in refused.error_dict.items() if name not in self.errors}:
                raise ValidationError(news) from None

    def fieldsets(self) -> list[dict]:
        sets = super().fieldsets()
        for one in sets:
            if any(field.name == "country" for field in one["fields"]):
                one["id"] = f"group-{GROUP}"
        return sets


def _of_country(doubt, country: str):
    return lambda text: doubt(text, country)

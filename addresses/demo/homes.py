"""Where the generated people live, and where their parcels go."""

import random
from dataclasses import dataclass
from functools import cache, cached_property

from django.db.models import F

from backoffice.database.folding import plain
from backoffice.database.telephones import digits_of
from backoffice.demo.loading import Table
from backoffice.demo.shop import Batch, Shop
from backoffice.records.actors import Actor
from backoffice.records.history import record_set
from customers.demo.john import JOHN_ID, johns_day
from customers.demo.people import Person

from ..models import Address, Country
from ..models.country import name_of_country
from ..rules.layouts import lay_out
from ..rules.phones import dialled
from .places import line_in, streets_of, towns_of, vat_numbers_of

ADDRESSES = Table(
    Address,
    "id customer_id alias kind company first_name last_name address1 address2 postcode city country_id state_id phone"
    " phone_mobile vat_number dni other default_billing default_shipping external_id deleted deleted_at created_at"
    " updated_at version first_name_key last_name_key address_key postcode_key city_key phone_e164 phone_mobile_e164"
    " search_text",
)
_folded = cache(plain)
# One address for everything, a second one for parcels, or one each.
_KINDS = (("both",), ("both", "shipping"), ("billing", "shipping"))
# Alias by language: the first address, the second one.
_ALIASES = {
    "en": ("My address", "Office"),
    "fr": ("Mon adresse", "Bureau"),
    "pl": ("Mój adres", "Biuro"),
    "ro": ("Adresa mea", "Birou"),
}


@dataclass(frozen=True)
class Home:
    """A generated address, for the steps that send something there."""

    id: int
    country: str
    values: dict[str, str]

    @cached_property
    def text(self) -> str:
        """The address as an order keeps it: the country's layout, and its English name in the last line."""
        return "\n".join([*lay_out(_layout(self.country), self.values), name_of_country(self.country, "en")])


@cache
def _layout(country: str) -> str:
    return Country.objects.get(code=country).address_format


def make_johns_address(shop: Shop) -> None:
    """Address 1: My Company, 14, Main street, 2nd floor, 75000 Paris (S1.61). Leaves `shop.facts["johns home"]`."""
    day = johns_day(shop)
    address = Address(
        id=1,
        customer_id=JOHN_ID,
        alias="My address",
        company="My Company",
        first_name="John",
        last_name="DOE",
        address1="14, Main street",
        address2="2nd floor",
        postcode="75000",
        city="Paris",
        country_id="FR",
        phone="0102090405",
        phone_e164="+33102090405",
        default_billing=True,
        default_shipping=True,
        created_at=day,
        version=1,
    )
    Address.objects.bulk_create([address])
    Address.objects.filter(pk=1).update(updated_at=day)
    names = ("company", "first_name", "last_name", "address1", "address2", "postcode", "city")
    shop.facts["johns home"] = Home(1, "FR", {name: getattr(address, name) for name in names})


def put_addresses(batch: Batch) -> None:
    """Nine in ten people have an address, three in ten of those a second one, one in twenty-five one that is retired;
    customers know their country by it.

    Leaves `batch.facts["homes"]`: (billing, shipping) by the person's id.
    """
    dice = batch.chance("addresses")
    homes = batch.facts["homes"] = {}
    for person in batch.people:
        if dice.random() < 0.92:
            homes[person.id] = _put_homes(batch, dice, person)
            person.country = person.land.code


def _put_homes(batch: Batch, dice: random.Random, person: Person) -> tuple[Home, Home]:
    kinds = dice.choices(_KINDS, cum_weights=(70, 90, 100))[0]
    last = len(kinds) - 1
    homes = [
        _put_home(batch, dice, person, kind, place, bills=place == 0, ships=place == last)
        for place, kind in enumerate(kinds)
    ]
    if dice.random() < 0.04:
        _put_home(batch, dice, person, "both", 0, bills=False, ships=False, retired=True)
    return homes[0], homes[-1]


def _put_home(
    batch: Batch,
    dice: random.Random,
    person: Person,
    kind: str,
    place: int,
    *,
    bills: bool,
    ships: bool,
    retired: bool = False,
) -> Home:
    country, locale = person.land.code, person.land.names_of
    town = dice.choice(towns_of(country, locale))
    street = dice.choice(streets_of(locale))
    line = line_in(country, street, dice)
    second = f"Apt. {dice.randrange(1, 60)}" if dice.random() < 0.12 else ""
    company = person.company if kind == "billing" or (person.company and not place) else ""
    city_key = _folded(town.city)
    street_key = plain(f"{line} {second}")
    digits = digits_of(person.phone)
    key = batch.shop.take_id(Address)
    vats = vat_numbers_of(country) if company and dice.random() < 0.6 else ()
    vat = dice.choice(vats) if vats else ""
    found_by = (
        _folded(person.last_name),
        _folded(person.first_name),
        _folded(company),
        street_key,
        plain(town.postcode),
        city_key,
        digits,
        plain(vat),
    )
    batch.rows[ADDRESSES].append(
        (
            key,
            person.id,
            _ALIASES[person.land.language][place],
            kind,
            company,
            person.first_name,
            person.last_name,
            line,
            second,
            town.postcode,
            town.city,
            country,
            town.state,
            person.phone,
            "",
            vat,
            "",
            "",
            bills,
            ships,
            "",
            retired,
            person.registered_at if retired else None,
            person.registered_at,
            person.registered_at,
            1,
            _folded(person.first_name)[:255],
            _folded(person.last_name)[:255],
            street_key[:260],
            plain(town.postcode)[:12],
            city_key[:64],
            dialled(person.phone, country),
            "",
            " " + " ".join(part for part in found_by if part),
        )
    )
    return Home(
        key,
        country,
        {
            "company": company,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "address1": line,
            "address2": second,
            "postcode": town.postcode,
            "city": town.city,
            "state": (town.state or "").partition("-")[2],
        },
    )


def write_history(shop: Shop) -> None:
    """One row "created" an address."""
    record_set(Address.objects.all(), by=Actor.command(), kind="+", at=F("created_at"))

"""Streets, towns and postcodes as they are written in the countries of the demo's customers."""

import random
import re
from dataclasses import dataclass
from functools import cache, partial

from backoffice.faults import doubt_about

from ..models import Country
from ..rules.numbers import adds_up_for_taxes

POOL = 400
VAT_POOL = 12
_VAT_DIGITS = {"BE": 10, "DE": 9, "FR": 11, "GB": 9, "IT": 11, "PL": 10, "RO": 8}


@dataclass(frozen=True)
class Town:
    """A town and what an address there has beside the street."""

    city: str
    postcode: str
    state: str | None


@cache
def streets_of(locale: str) -> tuple[str, ...]:
    """Street names of a locale such as "fr_FR", the same in every run."""
    faker = _faker(locale)
    return tuple(faker.street_name()[:100] for _ in range(POOL))


@cache
def towns_of(country: str, locale: str) -> tuple[Town, ...]:
    """Towns with postcodes that keep the country's rule, and with a state where it asks for one."""
    faker = _faker(locale)
    dice = random.Random(country)
    rules = Country.objects.prefetch_related("states").get(code=country)
    states = sorted(state.code for state in rules.states.all()) if rules.needs_state else [None]
    towns = []
    while len(towns) < POOL:
        postcode = _postcode(country, faker, dice)
        if re.fullmatch(rules.postcode_pattern, postcode):
            towns.append(Town(faker.city()[:64], postcode, dice.choice(states)))
    return tuple(towns)


@cache
def vat_numbers_of(country: str) -> tuple[str, ...]:
    """Some VAT numbers that add up, the same in every run; none for a country that is not among those known here."""
    digits = _VAT_DIGITS.get(country, 0)
    dice = random.Random(f"vat of {country}")
    numbers: list[str] = []
    while digits and len(numbers) < VAT_POOL:
        number = f"{country}{dice.randrange(10**digits):0{digits}d}"
        if doubt_about(number, partial(adds_up_for_taxes, country=country)) == "":
            numbers.append(number)
    return tuple(numbers)


def line_in(country: str, street: str, dice: random.Random) -> str:
    """The first address line, with the house number where the country puts it."""
    number = 1 + int(dice.random() ** 2 * 150)
    if country in ("FR", "BE"):
        return f"{number}, {street}"
    if country in ("GB", "US", "IE"):
        return f"{number} {street}"
    if country == "RO":
        return f"{street} nr. {number}"
    return f"{street} {number}"


def _postcode(country: str, faker, dice: random.Random) -> str:
    match country:
        case "BE" | "CH":
            return f"{dice.randrange(1000, 9999)}"
        case "IE":
            return f"D{dice.randrange(10, 25)} {dice.choice('ACDEFHKNPRTVWXY')}{dice.randrange(100, 1000)}"
        case _:
            return faker.postcode()


def _faker(locale: str):
    # Faker takes a fifth of a second to import: only who makes a demo waits for it.
    from faker import Faker

    faker = Faker(locale)
    faker.seed_instance(f"places of {locale}")
    return faker

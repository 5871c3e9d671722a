"""Names, companies and telephone numbers as they are common where the demo's customers live."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

POOL = 2_000


@dataclass(frozen=True)
class Land:
    """A country that customers come from, how many in a hundred do, and the language they read."""

    code: str
    percent: int
    language: str
    names_of: str


LANDS = (
    Land("FR", 30, "fr", "fr_FR"),
    Land("PL", 20, "pl", "pl_PL"),
    Land("RO", 18, "ro", "ro_RO"),
    Land("GB", 14, "en", "en_GB"),
    Land("US", 9, "en", "en_US"),
    Land("BE", 5, "fr", "fr_BE"),
    Land("CH", 2, "fr", "fr_CH"),
    Land("IE", 2, "en", "en_IE"),
)


@dataclass(frozen=True)
class Pool:
    """Names of one locale; frequent ones are in it several times, so a plain choice is a realistic one."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    surnames_of_men: tuple[str, ...]
    surnames_of_women: tuple[str, ...]
    companies: tuple[str, ...]


@cache
def pool_of(locale: str) -> Pool:
    """The pool of a locale such as "pl_PL", the same in every run."""
    # Faker takes a fifth of a second to import: only who makes a demo waits for it.
    from faker import Faker

    faker = Faker(locale)
    faker.seed_instance(locale)

    def many(make: Callable[[], str], number: int = POOL) -> tuple[str, ...]:
        return tuple(make() for _ in range(number))

    return Pool(
        men=many(faker.first_name_male),
        women=many(faker.first_name_female),
        surnames_of_men=many(faker.last_name_male),
        surnames_of_women=many(faker.last_name_female),
        companies=many(faker.company, 300),
    )


def phone_in(land: str, dice: random.Random) -> str:
    """A telephone number as somebody there would type it."""
    digits = f"{int(dice.random() * 10**8):08d}"
    a, b, c, d = digits[:2], digits[2:4], digits[4:6], digits[6:]
    match land:
        case "FR":
            return f"06 {a} {b} {c} {d}"
        case "PL":
            return f"+48 5{a} {b}{c[0]} {c[1]}{d}"
        case "RO":
            return f"07{a[0]}{a[1]} {b}{c[0]} {c[1]}{d}"
        case "GB":
            return f"07700 900{a}{b[0]}"
        case "US":
            return f"({a}2) 555-01{b}"
        case "BE":
            return f"+32 47{a[0]} {b} {c} {d}"
        case "CH":
            return f"+41 79 {a}{b[0]} {c} {d}"
        case _:
            return f"+353 85 {a}{b[0]} {c}{d}"

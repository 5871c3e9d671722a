"""People's names in the four languages of the shop, about as often as they are met; from Faker's lists."""

from dataclasses import dataclass
from random import Random

from faker.providers.person.en_GB import Provider as British
from faker.providers.person.en_US import Provider as American
from faker.providers.person.fr_FR import Provider as French
from faker.providers.person.pl_PL import Provider as Polish
from faker.providers.person.ro_RO import Provider as Romanian

from backoffice.database.folding import plain

MALE, FEMALE = 0, 1
DOMAINS = (
    "gmail.com",
    "hotmail.com",
    "yahoo.com",
    "orange.fr",
    "wp.pl",
    "example.com",
    "example.org",
    "firma.example",
)
DOMAIN_WEIGHTS = (40, 15, 12, 8, 8, 7, 5, 5)
COMPANIES = (
    "Bakery",
    "Books",
    "Garage",
    "Garden",
    "Studio",
    "Transport",
    "Trading",
    "Works",
    "Workshop",
    "Foods",
)


@dataclass(frozen=True)
class Name:
    """A name, its folded form, and that without anything an e-mail address cannot hold."""

    written: str
    folded: str
    mail: str

    @classmethod
    def of(cls, written: str) -> "Name":
        folded = plain(written)
        return cls(written, folded, "".join(c for c in folded if c.isascii() and c.isalnum()))


class Pool:
    """Names with how often each occurs; a list without numbers gets the few-are-frequent shape of real ones."""

    def __init__(self, names):
        weights = (
            list(names.values()) if hasattr(names, "values") else [1 / (n + 10) for n in range(len(names))]
        )
        self.names = [Name.of(name) for name in names]
        self.weights = weights

    def draw(self, random: Random, number: int) -> list[Name]:
        """That many names, by weight."""
        return random.choices(self.names, self.weights, k=number)


@dataclass(frozen=True)
class Origin:
    """Where people come from: their language here, their country, and what they are called."""

    language: str
    country: str
    share: int
    male: Pool
    female: Pool
    last: tuple[Pool, Pool]


def _origin(language, country, share, provider, men=None, women=None) -> Origin:
    men = Pool(men or provider.last_names)
    return Origin(
        language,
        country,
        share,
        Pool(provider.first_names_male),
        Pool(provider.first_names_female),
        (men, Pool(women) if women else men),
    )


_polish_women = tuple(
    f"{name[:-1]}a" if name.endswith(("ski", "cki", "dzki")) else name for name in Polish.male_last_names
)
ORIGINS = (
    _origin("fr", "FR", 25, French),
    _origin("pl", "PL", 15, Polish, Polish.male_last_names, _polish_women),
    _origin("ro", "RO", 15, Romanian),
    _origin("en", "US", 30, American),
    _origin("en", "GB", 15, British),
)

"""The columns of customer files by name: PrestaShop's and its forks', six other systems', our own export's.

Names are compared without case, accents, marks and what stands in brackets: "Titles ID (Mr = 1, Ms = 2, else 0)" is
`titles id`. Where several columns of a file mean the same, the one named first here is read.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from backoffice.database.folding import fold
from backoffice.importing.reading import shown

NAMES: dict[str, tuple[str, ...]] = {
    "id": (
        "id", "customer id", "id customer", "id client", "id klienta", "identifiant", "user id",
        "entity id", "customer number",
    ),
    "title": (
        "title", "titles id", "title id", "titles", "gender id", "gender", "social title", "id gender",
        "salutation", "prefix",
        "titre de civilite", "titre", "civilite", "id titre", "titres id", "id du titre", "sexe", "genre",
        "nazwa kontaktu", "tytul", "tytuly id", "id tytulu", "plec", "tytul grzecznosciowy",
        "titlu", "titlu de adresare", "formula de adresare", "gen", "sex",
    ),
    "last_name": (
        "last name", "lastname", "surname", "family name", "nom", "nom de famille", "nazwisko", "nume",
        "nume de familie",
    ),
    "first_name": (
        "first name", "firstname", "given name", "prenom", "imie", "prenume",
    ),
    "name": ("name", "full name", "customer name", "nom complet", "imie i nazwisko", "nume complet"),
    "email": (
        "email", "e mail", "email address", "e mail address", "mail", "user email",
        "customer email address", "courriel",
        "adresse e mail", "adresse email", "adresse mail", "adres e mail", "adres email",
        "adresa de e mail", "adresa e mail", "adresa de email", "adresa email",
    ),
    "birthday": (
        "birthday", "birth date", "birthdate", "date of birth", "dob", "date de naissance", "anniversaire",
        "urodziny", "data urodzenia", "data nasterii", "data de nastere", "zi de nastere", "ziua de nastere",
    ),
    "active": (
        "active", "enabled", "status", "actif", "active 0 1", "activee", "actif 0 1", "activ", "activat",
        "wlaczony", "wlaczone", "aktywny", "aktywne", "statut", "stare",
    ),
    "newsletter": (
        "newsletter", "news", "newletter", "accepts email marketing", "accepts marketing",
        "subscribed to newsletter",
        "is subscribed", "lettre d informations", "lettre dinformations", "lettre d information",
        "lettre dinformation",
        "biuletyn", "buletin informativ", "buletin de stiri", "buletin",
    ),
    "partner_offers": (
        "partner offers", "optin", "opt in", "opt", "part", "offres partenaires", "offres des partenaires",
        "partenaires",
        "oferty partnerow", "oferty partnerskie", "oferte parteneri", "oferte de la parteneri",
        "ofertele partenerilor",
    ),
    "default_group": (
        "default group", "default group id", "id default group", "groupe par defaut", "id groupe par defaut",
        "id du groupe par defaut", "domyslna grupa", "domyslna grupa klientow", "id domyslnej grupy",
        "grup implicit", "grupul implicit", "id grup implicit",
        "group", "groupe", "grupa", "grup", "customer group", "group id", "customer group id",
    ),
    "groups": ("groups", "customer groups", "groupes", "grupy", "dostep grupowy", "grupuri"),
    "tags": ("tags", "tag", "etiquettes", "mots cles", "tagi", "znaczniki", "etichete"),
    "note": (
        "note", "notes", "private note", "private notes", "notatka", "nota", "note privee", "nota privata",
    ),
    "phone": (
        "phone", "phone number", "telephone", "telefon", "billing phone", "mobile phone", "numer telefonu",
        "numar de telefon",
        "default address phone", "billing phone number", "address telephone",
    ),
    "company": (
        "company", "societe", "entreprise", "firma", "companie", "compania", "societate",
        "default address company", "billing company", "address company",
    ),
    "language": ("language", "locale", "lang", "langue", "jezyk", "limba"),
    "guest": (
        "guest", "guest account", "is guest", "invite", "compte invite", "gosc", "oaspete", "vizitator",
        "client fara cont",
    ),
    "external_id": (
        "external id", "reference elsewhere", "reference ailleurs", "reference externe", "identyfikator zewnetrzny",
        "referinta externa",
    ),
    "sales_agent": ("sales agent", "agent", "commercial", "opiekun", "opiekun handlowy", "agent de vanzari"),
    "registered_at": (
        "registration", "registration date", "registered", "registered at", "date add", "date created",
        "created at", "sign up",
        "user registered", "inscription", "date d inscription", "date dinscription", "rejestracja",
        "data rejestracji",
        "inregistrare", "inregistrat", "data inregistrarii",
    ),
    "spent": (
        "sales", "total spent", "total spend", "ventes", "total depense", "sprzedaz", "vanzari",
        "total cheltuit",
    ),
    "currency": ("currency", "devise", "waluta", "moneda", "valuta"),
    "orders": ("orders", "total orders", "commandes", "zamowienia", "comenzi"),
    "last_visit_at": (
        "last visit", "last active", "last login", "derniere visite", "connexion", "connection",
        "ostatnia wizyta",
        "ultima vizita", "ultima conectare",
    ),
    "siret": ("siret", "company number", "regon", "numar de inregistrare"),
    "ape": ("ape", "activity code", "code ape", "numer identyfikacyjny", "cod de activitate"),
    "website": ("website", "user url", "site web", "site internet", "strona www", "strona internetowa"),
}  # fmt: skip
PASSWORDS = ("password", "user pass", "password hash", "passwd", "mot de passe", "haslo", "parola")
_NOT_TAKEN: dict[str, tuple[str, ...]] = {
    gettext_noop("worked out from the birthday"): ("age", "wiek", "varsta"),
    gettext_noop("worked out from the orders"): (
        "last order", "derniere commande", "ostatnie zamowienie", "ultima comanda",
    ),
    gettext_noop("it shows several things at once; our export has a column for each"): (
        "customer", "client", "klient",
    ),
    gettext_noop("credit and risk are not taken from files; staff enter them"): (
        "allowed outstanding amount", "encours autorise", "dozwolona niesplacona kwota", "rest de plata permis",
        "maximum number of payment days", "nombre maximum de jours de paiement",
        "maksymalna ilosc dni platnosci", "numar maxim de zile pana la plata",
        "risk rating", "niveau de risque", "ocena ryzyka", "nivel de risc",
    ),
}  # fmt: skip
NOT_TAKEN = {name: reason for reason, names in _NOT_TAKEN.items() for name in names}
_BRACKETS = re.compile(r"\([^()]*\)")
_FIELD_OF = {name: (field, rank) for field, names in NAMES.items() for rank, name in enumerate(names)}

# What our own export calls its columns. Its ids are ours, and its figures are worked out here (decision 22). Columns
# that somebody added beside them make no foreign file of it.
OWN = frozenset(
    (
        "ID", "Gender", "Last name", "First name", "E-mail", "Age", "Company", "Sales", "Currency",
        "Orders", "Default group",
        "Groups", "Tags", "Sales agent", "Enabled", "News.", "Opt.", "Registration", "Last visit",
        "Last order",
    )
)  # fmt: skip


@cache
def plain(name: str) -> str:
    """A column name as it is compared. Magento's `_website` is its shop, `_address_company` the company."""
    if name.startswith("_") and not name.startswith("_address"):
        return name
    text = name if "metafields" in name else _BRACKETS.sub(" ", name)
    text = re.sub(r"[_\-–/*:.]+", " ", fold(text.replace("’", " ").replace("'", " ")))
    return " ".join(text.split())


def is_known(name: str) -> bool:
    """Whether this cell is a column name that customers' files have."""
    word = plain(name)
    return word in _FIELD_OF or word in PASSWORDS or word in NOT_TAKEN


@dataclass(frozen=True)
class Layout:
    """Where in a file each field stands, and what of it is not read: pairs of column name and reason."""

    names: tuple[str, ...]
    places: dict[str, int]
    unused: tuple[tuple[str, str], ...]
    is_own: bool

    def name_of(self, field: str) -> str:
        """What the file calls the column of this field."""
        return self.names[self.places[field]]


def layout_of(header: list[str]) -> Layout:
    """How the columns of this header are read."""
    ranked: dict[str, tuple[int, int]] = {}
    unused: dict[int, str] = {}
    again = _("another column says it already")
    for place, name in enumerate(header):
        word = plain(name)
        if not word:
            unused[place] = _("it has no name")
        elif word in PASSWORDS:
            unused[place] = _("passwords are not taken from files; customers choose a new one")
        elif word in NOT_TAKEN:
            unused[place] = _(NOT_TAKEN[word])
        elif word not in _FIELD_OF:
            unused[place] = _("nothing here is called so")
        else:
            field, rank = _FIELD_OF[word]
            if field in ranked and ranked[field][0] <= rank:
                unused[place] = again
                continue
            if field in ranked:
                unused[ranked[field][1]] = again
            ranked[field] = (rank, place)
    places = {field: place for field, (rank, place) in ranked.items()}
    if "name" in places and "first_name" in places and "last_name" not in places:
        places["last_name"] = places.pop("name")
    elif "name" in places and "last_name" in places:
        unused[places.pop("name")] = again
    return Layout(
        names=tuple(shown(name, 60) or f"({place + 1})" for place, name in enumerate(header)),
        places=places,
        unused=tuple((shown(header[place], 60), unused[place]) for place in sorted(unused)),
        is_own="ID" in header and {header[place] for place in places.values()} <= OWN,
    )

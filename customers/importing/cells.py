"""The cells of a row read and judged, field by field, by the rules of the form (decision 27)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from babel.numbers import get_currency_symbol
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice import rules as general
from backoffice.database.folding import fold
from backoffice.importing import meaning
from backoffice.rules import Broken, at_most
from backoffice.staff.models import StaffMember
from backoffice.tables.csv_cells import parted, unguarded

from .. import rules
from ..models import Customer, Tag
from ..options import CustomerOptions
from .columns import Layout, plain
from .segments import Named
from .titles import Titles

# Which say nothing where they hold a dash or a date of noughts.
_TYPED = frozenset(
    ("birthday", "active", "newsletter", "partner_offers", "guest", "registered_at", "last_visit_at")
)
_NO_ID = frozenset(("", "-", "--", "null"))
# Whose cells are the same again and again.
_REPEATED = frozenset(
    (
        *(
            "title",
            "last_name",
            "first_name",
            "birthday",
            "active",
            "newsletter",
            "partner_offers",
            "default_group",
        ),
        *(
            "groups",
            "tags",
            "company",
            "language",
            "guest",
            "sales_agent",
            "registered_at",
            "spent",
            "orders",
        ),
    )
)
_REMEMBERED = 20_000
_SHORT = 100
_LANGUAGES = {
    "en": "english anglais angielski engleza englisch ingles inglese",
    "fr": "french francais francuski franceza franzosisch frances francese",
    "pl": "polish polonais polski poloneza polnisch polaco polacco",
    "ro": "romanian roumain rumunski romana rumanisch rumano rumeno",
}
_LANGUAGE_OF = {word: code for code, words in _LANGUAGES.items() for word in words.split()}
_MORE_WORDS = {
    "EUR": {"euro", "euros"},
    "PLN": {"zl", "zł"},
    "RON": {"lei", "leu"},
    "GBP": {"£"},
    "USD": {"$", "us$"},
}


@dataclass(slots=True)
class Checked:
    """A row of the file: its texts by field, what they mean, and what is wrong with them.

    `faults` has what was read (None where nothing could be) beside the fault: a stored value that breaks a rule may
    stay (decision 5). Fields whose cell is empty are in none of the three.
    """

    line: int
    texts: dict[str, str]
    values: dict[str, Any]
    faults: dict[str, tuple[Any, Broken]]
    warnings: list[tuple[str, str]]


class Cells:
    """Reads the rows of one file. `key` is "email" or "id"; see `read`."""

    def __init__(self, layout: Layout, *, key: str, options: CustomerOptions, groups: Named):
        self.layout = layout
        self.groups = groups
        self.currencies = words_for(settings.SHOP_CURRENCY)
        self.readers = self._readers(key, options)
        # Each column with what its cells were found to mean, where the same ones come again and again.
        self.columns = [
            (place, field, {} if field in _REPEATED else None, field in _TYPED)
            for place, field in sorted((place, field) for field, place in layout.places.items())
        ]

    def _readers(self, key: str, options: CustomerOptions) -> dict[str, tuple[Callable, Callable | None]]:
        """How each field is read, and then judged."""
        numbered = key == "id" or self.layout.is_own
        genders = "title" in self.layout.places and plain(self.layout.name_of("title")) == "gender"
        titles = Titles(own_ids=key == "id", third_is_none=genders)
        agents = Agents()
        readers: dict[str, tuple[Callable, Callable | None]] = {
            "id": (meaning.whole if numbered else partial(at_most, limit=_length("external_id")), None),
            "title": (titles, None),
            "last_name": (str, partial(_judged, general.person_name, general.NAME_MAX)),
            "first_name": (str, partial(_judged, general.person_name, general.NAME_MAX)),
            "name": (str, None),
            "email": (str, partial(_judged, general.email, general.EMAIL_MAX)),
            "birthday": (meaning.day, partial(rules.birthday, today=timezone.localdate())),
            "default_group": (partial(general.thing_name, limit=32), None),
            "groups": (self._names_of_groups, None),
            "tags": (_names_of_tags, None),
            "company": (str, partial(_judged, general.thing_name, _length("company"))),
            "website": (str, partial(_judged, general.website, _length("website"))),
            "language": (_language, None),
            "sales_agent": (agents.named, agents.judge),
            "registered_at": (meaning.moment, _past),
            "last_visit_at": (meaning.moment, _past),
            "spent": (meaning.amount, None),
            "currency": (str, None),
            "orders": (meaning.whole, None),
        }
        for field in ("active", "newsletter", "partner_offers", "guest"):
            readers[field] = (meaning.truth, None)
        readers["phone"] = (str, partial(_judged, general.phone, _length("phone")))
        for field in ("note", "external_id", "siret", "ape"):
            readers[field] = (str, partial(at_most, limit=_length(field)))
        return readers

    def read(self, line: int, cells: list[str]) -> Checked:
        """One record, whose cells are as many as the columns."""
        row = Checked(line, {}, {}, {}, [])
        values = row.values
        for place, field, known, is_typed in self.columns:
            text = cells[place]
            if text[:1] == "'":
                text = unguarded(text)
            word = text.strip()
            if not word or (is_typed and meaning.is_nothing(word)) or (field == "id" and word in _NO_ID):
                continue
            row.texts[field] = text
            if known is None or len(word) > _SHORT:
                value, broken = self._judge(field, word)
            elif word in known:
                value, broken = known[word]
            else:
                if len(known) >= _REMEMBERED:
                    known.clear()
                value, broken = known[word] = self._judge(field, word)
            if broken:
                row.faults[field] = (value, broken)
            elif value is not None or field == "title":
                values[field] = value
        if "name" in values:
            self._split_name(row)
        if "spent" in values:
            self._settle_money(row)
        if values.get("language") == "":
            row.warnings.append(("language", _("none of this back office's languages; left as it is")))
            del values["language"]
        return row

    def _judge(self, field: str, word: str) -> tuple[Any, Broken | None]:
        read, judge = self.readers[field]
        value = None
        try:
            value = read(word)
            return (judge(value) if judge and value is not None else value), None
        except Broken as broken:
            return value, broken

    def _names_of_groups(self, text: str) -> tuple[str, ...]:
        names = [text] if self.groups.named(text) else parted(text)
        return tuple(general.thing_name(name, limit=32) for name in names)

    @staticmethod
    def _split_name(row: Checked) -> None:
        """WooCommerce's report has one name: what stands before its first blank is the first name, and it is told."""
        first, _blank, last = general.tidy(row.values.pop("name")).partition(" ")
        for field, text in (("first_name", first), ("last_name", last)):
            if field in row.texts or not text:
                continue
            row.texts[field] = text
            try:
                row.values[field] = _judged(general.person_name, general.NAME_MAX, text)
            except Broken as broken:
                row.faults[field] = (text, broken)
        row.warnings.append(("name", _("parted into first and last name at the first blank")))

    def _settle_money(self, row: Checked) -> None:
        """An amount counts in the shop's currency only (decision 23)."""
        amount = row.values["spent"]
        currency = fold(amount.currency or row.values.get("currency", "")) or fold(settings.SHOP_CURRENCY)
        if currency in self.currencies:
            row.values["spent"] = amount.value
        else:
            del row.values["spent"]
            row.warnings.append(
                (
                    "spent",
                    _("not taken: the shop's currency is %(currency)s")
                    % {"currency": settings.SHOP_CURRENCY},
                )
            )


class Agents:
    """Members of staff by name or e-mail address."""

    def __init__(self):
        self.known: dict[str, frozenset[int]] = {}
        self.gone: set[int] = set()
        for key, name, email, active in StaffMember.objects.values_list("id", "name", "email", "is_active"):
            for word in {email.lower(), fold(name)}:
                self.known[word] = self.known.get(word, frozenset()) | {key}
            if not active:
                self.gone.add(key)

    def named(self, text: str) -> frozenset[int]:
        """The ids of those who may be meant."""
        return self.known.get(text.lower()) or self.known.get(fold(text)) or frozenset()

    def judge(self, keys: frozenset[int]) -> int:
        """The one meant. Who has left gets no more customers, and keeps those they have (decision 5)."""
        if len(keys) != 1:
            raise Broken("no_such_agent")
        (key,) = keys
        if key in self.gone:
            raise Broken("agent_has_left")
        return key


def words_for(currency: str) -> frozenset[str]:
    """How a currency is called in files: its code and its signs in our languages, folded."""
    signs = {get_currency_symbol(currency, locale=code) for code, _name in settings.LANGUAGES}
    return frozenset(fold(word) for word in {currency, *signs, *_MORE_WORDS.get(currency, ())})


def _length(field: str) -> int:
    return Customer._meta.get_field(field).max_length


def _judged(rule: Callable[[str], str], limit: int, text: str) -> str:
    """The rule's verdict on a text that fits the form's field."""
    return rule(at_most(text, limit))


def _names_of_tags(text: str) -> tuple[str, ...]:
    limit = Tag._meta.get_field("name").max_length
    return tuple(general.thing_name(name, limit=limit) for name in parted(text))


def _language(text: str) -> str:
    """The code of one of our languages, "" for another one."""
    word = fold(text)
    known = dict(settings.LANGUAGES)
    if len(word) == 2 or word[2:3] in ("-", "_"):
        return word[:2] if word[:2] in known else ""
    return _LANGUAGE_OF.get(word, "")


class PastMoment(NamedTuple):
    """A moment as written, and the point in time it means: in the shop's time zone where the file names none."""

    written: meaning.Moment
    at: dt.datetime

    def is_any_of(self, *stored: dt.datetime | None) -> bool:
        """Whether one of these would be written so."""
        zone = timezone.get_current_timezone()
        return any(self.written.is_the_same_as(one, zone) for one in stored if one)


def _past(moment: meaning.Moment) -> PastMoment:
    at = moment.at if moment.at.tzinfo else moment.at.replace(tzinfo=timezone.get_current_timezone())
    if at.year < 1900:
        raise Broken("moment_too_early")
    if at.year == 9999 or at > timezone.now() + dt.timedelta(days=1):
        raise Broken("moment_in_future")
    return PastMoment(moment, at)

"""The cells of a row read and judged, field by field, by the rules of the form (decision 27)."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from babel.numbers import get_currency_symbol
from django.conf import settings
from django.utils import timezone

from backoffice import rules as general
from backoffice.custom import is_custom
from backoffice.database.folding import fold
from backoffice.importing import meaning
from backoffice.importing.cells import Cells, Checked, Reader, is_text, reader_of
from backoffice.importing.columns import Layout, compared
from backoffice.importing.reading import shown
from backoffice.rules import Broken, at_most
from backoffice.said import gettext as _
from backoffice.sections import Section
from backoffice.sections.stored import stored
from backoffice.staff.models import StaffMember
from backoffice.tables.csv_cells import parted
from groups.models import Group

from .. import rules
from ..models import Consent, Customer, Tag
from .names import parted_name
from .segments import Named
from .titles import Titles
from .written import Written

_OF_PEOPLE = frozenset(("last_name", "first_name", "name"))
# Beside the texts: names of groups, tags, titles and colleagues.
_NAMED = frozenset(("default_group", "groups", "tags", "title", "sales_agent"))
# Whose cells are hardly ever the same twice.
_SINGULAR = frozenset(
    ("id", "email", "phone", "note", "external_id", "siret", "website", "last_visit_at", "name")
)
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


class CustomerCells(Cells):
    """Reads the rows of one file of customers. `key` is "email" or "id"."""

    def __init__(self, section: Section, layout: Layout, *, key: str, groups: Named, written: Written):
        self.groups = groups
        self.written = written
        self.section = section
        self.currencies = words_for(settings.SHOP_CURRENCY)
        places = {
            name: place
            for name in layout.places
            if (field := section.field(name)) and (place := stored(section.model, field))
        }
        self.custom = {name: place for name, place in places.items() if is_custom(name)}
        special = self._readers(layout, key)
        orders = written.orders
        readers = {
            name: reader_of(place, order=orders.get(name, ""))
            for name, place in places.items()
            if name not in special
        } | special
        texts = frozenset(name for name, place in places.items() if is_text(place)) | _NAMED
        super().__init__(
            layout,
            readers,
            names=_OF_PEOPLE,
            # What we exported ourselves is what is stored, a dash too.
            as_written=texts if layout.is_own else frozenset(),
            repeated=frozenset(readers) - _SINGULAR,
            with_nothing=frozenset(("title",)),
        )

    def _readers(self, layout: Layout, key: str) -> dict[str, Reader]:
        """The fields that files write in ways of their own."""
        numbered = key == "id" or layout.is_own
        genders = "title" in layout.places and compared(layout.name_of("title")) == "gender"
        titles = Titles(own_ids=key == "id", third_is_none=genders)
        agents = Agents()
        email = (str, partial(_judged, general.email, general.EMAIL_MAX))
        reference = partial(_judged, general.reference, _length("external_id"))
        today = timezone.localdate()
        orders = self.written.orders
        past = partial(_past, zone=self.written.zone or timezone.get_current_timezone())
        born = partial(meaning.day, order=orders.get("birthday", ""), until=today)
        return {
            "id": (meaning.whole, None) if numbered else (str, reference),
            "title": (titles, None),
            "name": (str, None),
            "email": email,
            "default_group": (self._names_of_groups, None),
            "groups": (self._names_of_groups, None),
            "tags": (_names_of_tags, None),
            "language": (_language, None),
            "sales_agent": (agents.named, agents.judge),
            "birthday": (born, partial(rules.birthday, today=today)),
            "registered_at": (partial(meaning.moment, order=orders.get("registered_at", "")), past),
            "last_visit_at": (partial(meaning.moment, order=orders.get("last_visit_at", "")), past),
            "total_spent": (meaning.amount, None),
            "currency": (str, None),
            "consent_ground": (str, partial(_judged, general.line, GROUND_MAX)),
        }

    def read(self, line: int, cells: list[str]) -> Checked:
        row = super().read(line, cells)
        values = row.values
        if "name" in values:
            self._part_name(row)
        if "total_spent" in values:
            self._settle_money(row)
        if values.get("language") == "":
            row.warnings.append(("language", _("not a language of this back office; left as it is")))
            del values["language"]
        return row

    def _names_of_groups(self, text: str) -> tuple[str, ...]:
        names = [text] if self.groups.named(text) else parted(text)
        return tuple(general.thing_name(name, limit=_GROUP_MAX) for name in names)

    def _part_name(self, row: Checked) -> None:
        """First and last name from a column of whole names, as far as they have no column of their own."""
        text = general.tidy(row.values.pop("name"))
        try:
            first, last = parted_name(text, self.written.names)
        except Broken as broken:
            row.faults["name"] = (None, broken)
            return
        for name, part in (("first_name", first), ("last_name", last)):
            if name in row.texts or not part:
                continue
            row.texts[name] = part
            try:
                row.values[name] = _judged(general.person_name, general.NAME_MAX, part)
            except Broken as broken:
                row.faults[name] = (part, broken)
        if first and last:
            example = _("“%(name)s”: first name %(first)s, last name %(last)s")
            facts = {"name": shown(text, 60), "first": shown(first, 40), "last": shown(last, 40)}
            row.warnings.append(("name", _("split into first and last name"), example % facts))

    def _settle_money(self, row: Checked) -> None:
        """An amount counts in the shop's currency only (decision 23)."""
        amount = row.values["total_spent"]
        currency = fold(amount.currency or row.values.get("currency", "")) or fold(settings.SHOP_CURRENCY)
        if currency in self.currencies:
            row.values["total_spent"] = amount.value
        else:
            del row.values["total_spent"]
            row.warnings.append(
                (
                    "total_spent",
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


GROUND_MAX = Consent._meta.get_field("ground").max_length
_GROUP_MAX = Group._meta.get_field("name").max_length


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
    """A moment as written, and the point in time it means: by the file's clock where it names no zone."""

    written: meaning.Moment
    at: dt.datetime
    zone: dt.tzinfo

    def is_any_of(self, *stored: dt.datetime | None) -> bool:
        """Whether one of these would be written so."""
        return any(self.written.is_the_same_as(one, self.zone) for one in stored if one)


def _past(moment: meaning.Moment, *, zone: dt.tzinfo) -> PastMoment:
    at = moment.at if moment.at.tzinfo else moment.at.replace(tzinfo=zone)
    if at.year < 1900:
        raise Broken("moment_too_early")
    if at.year == 9999 or at > timezone.now() + dt.timedelta(days=1):
        raise Broken("moment_in_future")
    return PastMoment(moment, at, zone)

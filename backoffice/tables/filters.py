"""Filters of lists: django-filter filters that also draw themselves under their column (decision 12)."""

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ..database.folding import plain, spellings
from ..database.search import SHORT, contains, find, find_telephone, no_more
from ..database.typed import read
from ..forms.numbers import AmountField, PercentField, RecordNumberField, WholeField
from ..numbers import LARGEST, whole
from ..screen import formats
from ..screen.markup import fill, fill_each
from ..texts import Text
from .filter import Filter, refusal
from .pages import FilterPage

# What choices take beside their own values: who has none of them, and who has any.
NONE, KNOWN = "none", "known"


def short_hint(words: list[str]) -> str:
    """What is said while one of these words has fewer letters than are looked for everywhere (decision 12, V16)."""
    if any(len(word) < SHORT and not word.isdecimal() for word in words):
        return _("Fewer than three letters: only the beginnings of words are searched.")
    return ""


class TextFilter(Filter, django_filters.CharFilter):
    """Contains, folded for case and accents, by the folded column `key`."""

    def __init__(self, label, *, key: str):
        super().__init__(label=label, max_length=200)
        self.key = key

    def means_something(self, value, model):
        return bool(model._meta.get_field(self.key).sought(value))

    def filter(self, rows, value):
        return contains(rows, self.key, value)

    def hint(self, typed):
        return short_hint([text] if (text := plain(typed)) else [])


class TelephoneFilter(Filter, django_filters.CharFilter):
    """The digits of a telephone number in any of its forms, by the search column; letters find nobody."""

    inputmode = "tel"

    def __init__(self, label, *, field: str):
        super().__init__(label=label, field_name=field, max_length=200)

    def means_something(self, value, model):
        return bool(plain(value))

    def filter(self, rows, value):
        return find_telephone(rows, value, field=self.field_name)


class NameFilter(Filter, django_filters.CharFilter):
    """Contains, in any of these fields of a small table, folded in memory: accents and case never matter."""

    def __init__(self, label, *, fields: tuple[str, ...]):
        super().__init__(label=label, max_length=200)
        self.fields_searched = fields

    def means_something(self, value, model):
        return bool(plain(value))

    def filter(self, rows, value):
        sought = spellings(value)
        found = [
            key
            for key, *names in rows.values_list("pk", *self.fields_searched)
            if any(text in plain(" ".join(names)) for text in sought)
        ]
        return rows.filter(pk__in=found)


class QuickSearch(Filter, django_filters.CharFilter):
    """The one box that looks everywhere in the search column (S3.43, S3.44); `placeholder` says where.

    `exactly` is the folded column of e-mail addresses, for who types a whole one; `also(word)` is what holds a word
    besides.
    """

    input_type = "search"
    placeholder: Text = ""

    def __init__(self, label, *, placeholder: Text, exactly: str = ""):
        super().__init__(label=label, max_length=200)
        self.placeholder = placeholder
        self.exactly = exactly
        self.also = no_more

    def means_something(self, value, model):
        return bool(read(value))

    def filter(self, rows, value):
        return find(rows, value, exactly=self.exactly, also=self.also)

    def hint(self, typed):
        return short_hint(list(read(typed).words))


class _Largest(MaxValueValidator):
    """More than any database holds is told otherwise than other limits."""

    code = "number_too_large"


class NumberFilter(Filter, django_filters.NumberFilter):
    """A whole number, compared as `lookup` says; exact for ids."""

    inputmode = "numeric"

    def __init__(self, label, *, field: str = "id", lookup: str = "exact", hint: Text = ""):
        super().__init__(field_name=field, lookup_expr=lookup, label=label, hint=hint)

    @property
    def field(self):
        kind = RecordNumberField if self.lookup_expr == "exact" else WholeField
        return kind(
            required=False,
            validators=[
                MinValueValidator(0),
                _Largest(LARGEST, gettext_lazy("There is no such number.")),
            ],
        )

    def filter(self, rows, value):
        return rows.filter(**{f"{self.field_name}__{self.lookup_expr}": value})


class AmountFilter(NumberFilter):
    """An amount, at least or at most that much."""

    inputmode = "decimal"

    def says(self, value, page):
        return formats.shop_money(value)

    @property
    def field(self):
        return AmountField(required=False, max_digits=16, decimal_places=2)


class OwnCurrencyFilter(AmountFilter):
    """An amount of each record's own currency, whichever that is."""

    def says(self, value, page):
        return formats.decimals(value, 2)


class PercentFilter(NumberFilter):
    """A percentage with up to two decimals, written with a point or as the reader's language does."""

    inputmode = "decimal"

    @property
    def field(self):
        return PercentField(required=False, min_value=0, max_value=100, decimal_places=2)

    def says(self, value, page):
        return formats.percent(value / 100, places=2)


class ChoiceFilter(Filter, django_filters.ChoiceFilter):
    """One of a few values: (value, label) pairs, and what each means; or just equal to `field`.

    `whole`: the labels of the values say it all, a chip needs no other.
    """

    def __init__(
        self, label, *, choices, conditions: dict[str, Q] | None = None, field: str = "", whole: bool = False
    ):
        super().__init__(label=label, choices=choices, empty_label=None)
        self.whole = whole
        self.pairs = choices
        self.conditions = conditions or {value: Q(**{field: value}) for value, _label in choices if field}

    @property
    def field(self):
        return forms.ChoiceField(
            required=False,
            choices=[("", ""), *self.pairs],
            error_messages={"invalid_choice": gettext_lazy("“%(value)s” is not one of the choices.")},
        )

    def filter(self, rows, value):
        return rows.filter(self.conditions[value])

    def options(self, page: FilterPage) -> list[tuple[str, str]]:
        """The pairs to choose from."""
        return [(value, str(label)) for value, label in self.pairs]

    def draw(self, page, name):
        chosen, options = set(page.params.getlist(name)), self.options(page)
        mark, why = refusal(page, name)
        return fill(
            '<select name="{}" form="filters" aria-label="{}"{}{} class="filter">{}{}</select>{}',
            name,
            self.label,
            mark,
            fill_each(' title="{}"', [(label,) for value, label in options if value in chosen][:1]),
            self._any(page, name),
            fill_each(
                '<option value="{}"{}>{}</option>',
                (
                    (value, mark_safe(" selected") if value in chosen else "", label)
                    for value, label in options
                ),
            ),
            why,
        )

    def _any(self, page: Any, name: str) -> SafeString:
        """The choice of no filter: as the documents print it under a title (S1.92), said and else written as "Any"."""
        word = pgettext("filter", "Any")
        shown = "--" if page.is_under_a_title(name) else word
        return fill('<option value="" aria-label="{}">{}</option>', word, shown)

    def says(self, value, page):
        labels = dict(self.options(page))
        return ", ".join(labels.get(one, one) for one in ([value] if isinstance(value, str) else value))

    def chip(self, value, page):
        return self.says(value, page) if self.whole else super().chip(value, page)


class YesNoFilter(ChoiceFilter):
    """true or false."""

    def __init__(self, label, *, field: str):
        super().__init__(
            label,
            choices=[("true", "✓"), ("false", "✕")],
            conditions={"true": Q(**{field: True}), "false": Q(**{field: False})},
        )

    def options(self, page):
        return [("true", _("Yes")), ("false", _("No"))]


class KeysField(forms.Field):
    """One or several keys, "none", "known"; `key_of` makes a key of a text, ValueError or ValidationError for none."""

    widget = forms.SelectMultiple

    def __init__(self, *, key_of: Callable[[str], Any], **kwargs):
        super().__init__(**kwargs)
        self.key_of = key_of

    def clean(self, value):
        return [self._key(one) for one in value or [] if one]

    def _key(self, text: str) -> Any:
        if text in (NONE, KNOWN):
            return text
        try:
            return self.key_of(text)
        except (ValueError, forms.ValidationError):
            raise forms.ValidationError(
                _("“%(value)s” is not one of the choices.") % {"value": text[:50]}
            ) from None


def number_of(text: str) -> int:
    """The id that a text of the query string says; ValueError for none that a database holds."""
    number = whole(text)
    if number is None:
        raise ValueError(text)
    return number


def word_of(text: str, *, most: int) -> str:
    """The key that is a short word, as countries have, of so many letters at most; ValueError for any other text."""
    if not (text.isascii() and text.isalnum() and len(text) <= most):
        raise ValueError(text)
    return text


_KNOWN = gettext_lazy("Known")


def _keys_of(value: list[Any]) -> list[Any]:
    return [one for one in value if one not in (NONE, KNOWN)]


class KeysFilter(ChoiceFilter):
    """Any of the keys given, of a small table in the page's lookups; "none" finds who has none, "known" who has one.

    Both are offered where `none_label` says that one may be missing.
    """

    def __init__(
        self,
        label,
        *,
        table: str,
        field: str,
        none_label: Text = "",
        known_label: Text = _KNOWN,
        key_of: Callable[[str], Any] = number_of,
    ):
        super().__init__(label, choices=[], conditions={})
        self.table = table
        self.field_name = field
        self.none_label, self.known_label = none_label, known_label
        self.key_of = key_of

    @property
    def field(self):
        return KeysField(key_of=self.key_of)

    def filter(self, rows, value):
        condition = Q(**{f"{self.field_name}__in": _keys_of(value)})
        if NONE in value:
            condition |= Q(**{f"{self.field_name}__isnull": True})
        if KNOWN in value:
            condition |= Q(**{f"{self.field_name}__isnull": False})
        return rows.filter(condition)

    def options(self, page):
        both = [(NONE, str(self.none_label)), (KNOWN, str(self.known_label))] if self.none_label else []
        return both + [(str(key), str(label)) for key, label in page.lookup(self.table).items()]

    def says(self, value, page):
        labels = {NONE: _("None"), KNOWN: str(self.known_label), **dict(self.options(page))}
        gone = _("%(number)s, which is not there")
        return ", ".join(labels.get(str(one)) or gone % {"number": one} for one in value)


_ALL = Q()


class PairsFilter(KeysFilter):
    """As KeysFilter, through a table of pairs: `pairs` is its model, `owner` and `target` its two keys.

    `only` says which of the pairs count.
    """

    def __init__(
        self,
        label,
        *,
        table,
        pairs,
        owner: str,
        target: str,
        only: Q = _ALL,
        none_label: Text = "",
        known_label: Text = _KNOWN,
    ):
        super().__init__(label, table=table, field=target, none_label=none_label, known_label=known_label)
        self.pairs_model, self.owner, self.target, self.only = pairs, owner, target, only

    def filter(self, rows, value):
        pairs = self.pairs_model.objects.filter(self.only)
        condition = Q(pk__in=pairs.filter(**{f"{self.target}__in": _keys_of(value)}).values(self.owner))
        if NONE in value:
            condition |= ~Q(pk__in=pairs.values(self.owner))
        if KNOWN in value:
            condition |= Q(pk__in=pairs.values(self.owner))
        return rows.filter(condition)


class HiddenFilter(ChoiceFilter):
    """The hidden records instead of the others, for who has the right (decision 19). Nobody else's list knows of them.

    The list itself (`FilterSet`) says which ones it holds: without this filter those that are not hidden.
    """

    def __init__(self, label, only, *, right: str):
        super().__init__(label, choices=[("only", only)], conditions={}, whole=True)
        self.right = right

    def _any(self, page, name):
        return fill('<option value="">{}</option>', _("No"))

    def filter(self, rows, value):
        return rows

    def drawn_for(self, staff):
        return staff.has_perm(self.right)

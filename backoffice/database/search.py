"""Finding people by what is typed: folded, word by word, through an index on both databases (performance.md 4).

PostgreSQL answers "contains" from a trigram index, SQLite from an FTS5 trigram table; both need three letters.
Shorter words are looked for at the start of a word.
"""

from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import BooleanField, F, Func, Lookup, Q, QuerySet, Value
from django.db.models.functions import Replace, StrIndex
from django.db.models.lookups import Exact
from django.utils.tree import Node

from ..numbers import whole
from .fields import SearchField
from .folding import ANDS, plain
from .search_index import index_of
from .telephones import sought_digits
from .typed import Typed, read

SHORT = 3


@SearchField.register_lookup
class Holds(Lookup):
    """`search_text__holds="moi"`: the folded text occurs in it. On SQLite by the FTS5 table of the model's index."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        lhs, params = self.process_lhs(compiler, connection)
        escaped = self.rhs.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{lhs} LIKE %s", [*params, f"%{escaped}%"]

    def as_sqlite(self, compiler, connection):
        if len(self.rhs) < SHORT:
            sql, params = self.as_sql(compiler, connection)
            return f"{sql} ESCAPE '\\'", params
        column = self.lhs.target
        quote = connection.ops.quote_name
        index = quote(index_of(column.model._meta.db_table).name)
        key = f"{quote(self.lhs.alias)}.{quote(column.model._meta.pk.column)}"
        phrase = '"{}"'.format(self.rhs.replace('"', '""'))
        return f"{key} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)", [phrase]  # noqa: S608  our own names


class HoldsInPassing(Holds):
    """The same for rows that are passed in an order anyway: PostgreSQL is not to fetch all that hold it first."""

    def as_postgresql(self, compiler, connection):
        lhs, params = self.process_lhs(compiler, connection)
        return f"STRPOS({lhs}, %s) <> 0", [*params, self.rhs]


class InPassing(Func):
    """A condition by whose index SQLite is not to fetch all matches first, to sort them afterwards."""

    output_field = BooleanField()

    def as_sql(self, compiler, connection):
        return compiler.compile(self.source_expressions[0])

    def as_sqlite(self, compiler, connection):
        sql, params = self.as_sql(compiler, connection)
        return f"+({sql})", params


def in_passing(rows: QuerySet) -> QuerySet:
    """The same rows, to be found by following the list's order until enough of them were met."""
    rows = rows.all()
    _exchange(rows.query.where)
    return rows


def _exchange(conditions: Node) -> None:
    for place, one in enumerate(conditions.children):
        if isinstance(one, Holds):
            conditions.children[place] = HoldsInPassing(one.lhs, one.rhs)
        elif isinstance(one, Node):
            _exchange(one)
        elif isinstance(one, Lookup) and not _is_yes_or_no(one):
            conditions.children[place] = InPassing(one)


def _is_yes_or_no(condition: Lookup) -> bool:
    """Whether it asks a yes or no, as the conditions of partial indexes do: those are found by it as it stands."""
    return isinstance(condition, Exact) and isinstance(condition.rhs, bool)


def word_condition(word: str) -> Q:
    """What holds one plain word anywhere; a short one at the start of a word."""
    if len(word) < SHORT:
        return Q(search_text__holds=f" {word}")
    return Q(search_text__holds=word)


def _and_condition(word: str) -> Q:
    """What holds this word, or any other that says "and"."""
    found = word_condition(word)
    for one in ANDS:
        found |= Q(search_text__holds=f" {one} ")
    return found


def _address_condition(address: str) -> Q:
    """What holds an e-mail address; the index is asked for what stands before its @, for half of them all end alike."""
    whole, name = plain(address), _before_at(address)
    return (
        word_condition(whole) if name == whole else Q(search_text__holds=name) & _inside("search_text", whole)
    )


def _before_at(address: str) -> str:
    name = plain(address.partition("@")[0])
    return name if len(name) >= SHORT else plain(address)


def _telephone_condition(number: str) -> Q:
    """What holds the digits of a number in any of its forms, or else all of its groups: other numbers have them too."""
    words = plain(number).split(" ")
    found = reduce(and_, map(word_condition, words))
    for digits in sought_digits(number):
        found |= Q(search_text__holds=digits)
    return found


def _inside(key: str, word: str) -> Q:
    """That the column contains the word, for rows that an index has found already.

    PostgreSQL takes "<>" to be true nearly always. A second LIKE it would take to be as rare as the first and as
    independent, and would then fetch and sort all that matches where following the list's order is quick.
    """
    return ~Q(Exact(StrIndex(F(key), Value(word)), 0))


def contains(rows: QuerySet, key: str, text: str) -> QuerySet:
    """Rows whose folded column `key` contains the text (decision 12); under three letters: at the start of a word.

    The whole search column narrows first, since it has the trigram index; the column itself decides, and says what is
    looked for by a text (addresses keep their punctuation). Nobody where that is nothing (finding D3).
    """
    sought = rows.model._meta.get_field(key).sought(text)
    return (
        rows.filter(reduce(or_, (contains_condition(key, one) for one in sought))) if sought else rows.none()
    )


def contains_condition(key: str, text: str) -> Q:
    """What contains one plain text in the folded column `key`."""
    if len(text) < SHORT:
        return Q(**{f"{key}__startswith": text}) | Q(**{f"{key}__contains": f" {text}"})
    narrow = _before_at(text)
    return _inside(key, text) & (Q(search_text__holds=narrow) if narrow else Q())


def no_more(word: str) -> Q:
    """What holds a word besides the search column, where that is nothing."""
    return Q()


def find(
    rows: QuerySet, text: str, *, exactly: str = "", also: Callable[[str], Q] = no_more, key: str = "id"
) -> QuerySet:
    """Rows that hold all that was typed, in any order (D-37, D-54); a number alone also finds that id, in `key`.

    A whole e-mail address that stands in the column `exactly` finds just that one (D-55). Nobody where there is
    nothing to look for (finding D3). `also(word)` is what holds a plain word outside of the search column.
    """
    typed = read(text)
    if not typed:
        return rows.none()
    if exactly and typed.address:
        found = rows.filter(**{exactly: typed.address.lower()})
        if found.exists():
            return found
    for number in typed.ids:
        rows = rows.filter(**{key: number})
    for address in typed.addresses:
        rows = rows.filter(_address_condition(address))
    alone = _number_alone(typed, key)
    for telephone in typed.telephones:
        rows = rows.filter(_telephone_condition(telephone) | alone | also(plain(telephone)))
    for word in typed.words:
        rows = rows.filter(word_condition(word) | alone | also(word))
    for word in typed.ands:
        rows = rows.filter(_and_condition(word))
    return rows


def _number_alone(typed: Typed, key: str) -> Q:
    """The id that the text may mean which is one number and nothing else."""
    parts = (*typed.words, *typed.telephones)
    number = whole(parts[0]) if len(parts) == 1 and not (typed.ids or typed.addresses) else None
    return Q() if number is None else Q((key, number))


# What people write between the digits of a telephone number.
_BETWEEN_DIGITS = ("(0)", " ", "\u00a0", "\u202f", "-", "\u2013", ".", "/", "(", ")", "+")


def find_telephone(rows: QuerySet, number: str, *, field: str) -> QuerySet:
    """Rows whose `field` has the digits of this telephone number, in any form of it (V1); nobody without a digit.

    The search column narrows first, since it has the index; it also holds digits of addresses, so the field decides.
    """
    written: Any = F(field)
    for sign in _BETWEEN_DIGITS:
        written = Replace(written, Value(sign), Value(""))
    conditions = [
        Q(search_text__holds=digits) & _stands_in(written, digits)
        for digits in sought_digits(number)
        if digits
    ]
    return rows.filter(reduce(or_, conditions)) if conditions else rows.none()


def _stands_in(written: Any, digits: str) -> Q:
    """That the digits stand in a text, at its very beginning where they begin with a blank."""
    place = StrIndex(written, Value(digits.strip()))
    return Q(Exact(place, 1)) if digits.startswith(" ") else ~Q(Exact(place, 0))

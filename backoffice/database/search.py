"""Finding people by what is typed: folded, word by word, through an index on both databases (performance.md 4).

PostgreSQL answers "contains" from a trigram index, SQLite from an FTS5 trigram table; both need three letters.
Shorter words are looked for at the start of a word.
"""

from django.db.models import F, Lookup, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact
from django.utils.tree import Node

from .fields import SearchField
from .folding import fold

SHORT = 3


@SearchField.register_lookup
class Holds(Lookup):
    """`search_text__holds="moi"`: the folded text occurs in it. On SQLite by the FTS5 table `<app>_search`."""

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
        index = quote(f"{column.model._meta.app_label}_search")
        key = f"{quote(self.lhs.alias)}.{quote(column.model._meta.pk.column)}"
        phrase = '"{}"'.format(self.rhs.replace('"', '""'))
        return f"{key} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)", [phrase]  # noqa: S608  our own names


class HoldsInPassing(Holds):
    """The same for rows that are passed in an order anyway: PostgreSQL is not to fetch all that hold it first."""

    def as_postgresql(self, compiler, connection):
        lhs, params = self.process_lhs(compiler, connection)
        return f"STRPOS({lhs}, %s) <> 0", [*params, self.rhs]


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


def word_condition(word: str) -> Q:
    """What holds one folded word anywhere; a short one at the start of a word."""
    if len(word) < SHORT:
        return Q(search_text__holds=f" {word}")
    part = _sought(word)
    return (
        Q(search_text__holds=part)
        if part == word
        else Q(search_text__holds=part) & _inside("search_text", word)
    )


def _sought(word: str) -> str:
    """What the index is asked for: of an address what stands before its @, for half of them all end alike."""
    name = word.partition("@")[0]
    return name if len(name) >= SHORT else word


def _inside(key: str, word: str) -> Q:
    """That the column contains the word, for rows that an index has found already.

    PostgreSQL takes "<>" to be true nearly always. A second LIKE it would take to be as rare as the first and as
    independent, and would then fetch and sort all that matches where following the list's order is quick.
    """
    return ~Q(Exact(StrIndex(F(key), Value(word)), 0))


def contains(rows: QuerySet, key: str, text: str) -> QuerySet:
    """Rows whose folded column `key` contains the text (decision 12); under three letters: at the start of a word.

    The whole search column narrows first, since it has the trigram index; the column itself decides, and says how
    it was folded (addresses keep their apostrophes).
    """
    word = rows.model._meta.get_field(key).fold_with(text.strip())
    if not word:
        return rows
    if len(word) < SHORT:
        return rows.filter(Q(**{f"{key}__startswith": word}) | Q(**{f"{key}__contains": f" {word}"}))
    return rows.filter(_inside(key, word), search_text__holds=_sought(fold(word)))


def find(rows: QuerySet, text: str, *, exactly: str = "") -> QuerySet:
    """Rows that hold every word of the text, in any order (D-37, D-54); a number also finds that id.

    A whole e-mail address that stands in the column `exactly` finds just that one (D-55).
    """
    words = fold(text).split()
    if not words:
        return rows
    if len(words) == 1:
        word = words[0]
        if exactly and "@" in word[1:-1]:
            found = rows.filter(**{exactly: text.strip().lower()})
            return found if found.exists() else rows.filter(word_condition(word))
        if word.isdecimal() and len(word) <= 18:
            return rows.filter(Q(id=int(word)) | word_condition(word))
    for word in words:
        rows = rows.filter(word_condition(word))
    return rows

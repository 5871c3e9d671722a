"""Model fields of our own."""

from dataclasses import dataclass
from functools import lru_cache

from django.db import models

from .folding import plain, spellings
from .telephones import digits_of
from .typed import address_in


class FoldedField(models.CharField):
    """The folded copy of another text field, for searching and sorting; always written together with it.

    Compared byte by byte on both databases, so that a prefix search uses the index and the order never
    depends on the server's language. `update()` does not fill it: set-wise services set it themselves.
    """

    fold_with = staticmethod(lru_cache(maxsize=20_000)(plain))

    def __init__(self, *, source: str, max_length: int = 255, **kwargs):
        self.source = source
        fixed = {"default": "", "db_default": "", "editable": False, "blank": True}
        super().__init__(max_length=max_length, **kwargs | fixed)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for ours in ("default", "db_default", "editable", "blank"):
            kwargs.pop(ours, None)
        return name, path, args, {**kwargs, "source": self.source}

    def db_parameters(self, connection):
        return super().db_parameters(connection) | (
            {"collation": "C"} if connection.vendor == "postgresql" else {}
        )

    def pre_save(self, model_instance, add):
        value = self.fold_with(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value

    def sought(self, text: str) -> tuple[str, ...]:
        """The forms of a typed text, any of which may stand in the copy; none where the text means nothing."""
        return tuple(filter(None, spellings(text)))


class LoweredField(FoldedField):
    """The lower-case copy of an e-mail address: case never makes two accounts of one, accents do (decision 4)."""

    fold_with = staticmethod(str.lower)

    def sought(self, text: str) -> tuple[str, ...]:
        address = address_in(text).lower()
        return (address,) if address else ()


class PercentField(models.DecimalField):
    """A percentage from 0 to 100 with two decimals; to migrations it is a decimal number like others."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_digits": 5, "decimal_places": 2, **kwargs})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, kwargs


@dataclass(frozen=True)
class Digits:
    """A source of a search column of which only the digits count: telephones are typed in many ways."""

    name: str


class SearchField(models.TextField):
    """All that a record can be found by, as plain text, one word after another: the fields named as its sources.

    It starts with a space, so that " mo" finds what begins a word, in one index with "contains". `of` is a relation to
    a record with such a column: all that finds that one finds this one, too.
    """

    def __init__(self, *sources: str | Digits, of: str = "", **kwargs):
        self.sources = sources
        self.of = of
        super().__init__(**{**kwargs, "default": "", "editable": False, "blank": True})

    @property
    def source_names(self) -> list[str]:
        """The names of the fields it holds."""
        return [one.name if isinstance(one, Digits) else one for one in self.sources]

    def pre_save(self, model_instance, add):
        value = self.text_of(model_instance)
        setattr(model_instance, self.attname, value)
        return value

    def text_of(self, record: models.Model) -> str:
        """What the record ought to be found by."""
        parts = [_part(record, source) for source in self.sources]
        if self.of and (other := getattr(record, self.of)):
            parts.append(other.search_text)
        return " " + plain(" ".join(filter(None, parts)))


def _part(record: models.Model, source: str | Digits) -> str:
    if isinstance(source, Digits):
        return digits_of(getattr(record, source.name))
    return getattr(record, source)

"""The import of a section: what opens its files, and what may be said of a file besides its name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..texts import Text


@dataclass(frozen=True, kw_only=True)
class ImportOption:
    """What may be said of a file besides: an argument of the command, a field of a page.

    name: the keyword it is handed on as, with dashes the argument `--replace-people`; label, help: for people;
    choices: pairs of value and label, one of which it is; default: the one without a word; form: what a text looks
    like; offered: those texts that a page offers, the command takes more; many: whether it may be said more than once.
    Without choices and form it is a yes, or not said.
    """

    name: str
    label: Text
    help: Text
    choices: tuple[tuple[str, Text], ...] = ()
    default: str = ""
    form: str = ""
    offered: tuple[tuple[str, Text], ...] = ()
    many: bool = False

    @property
    def argument(self) -> str:
        """What the command calls it."""
        return f"--{self.name.replace('_', '-')}"


@dataclass(frozen=True, kw_only=True)
class Importing:
    """An import of a section's own, in place of that of all: `open(path, *, key, **options)` understands a file and
    gives what takes it in (as `importing.rows.RowsImport` does); `keys` can say whom a row is about; `options` are its
    own, beside those of all imports (`importing.options`); `tally(counted, *, dry_run)` are sentences about what it has
    counted besides."""

    open: Callable[..., Any]
    keys: tuple[str, ...]
    options: tuple[ImportOption, ...] = ()
    tally: Callable[..., list[str]] | None = None

"""Options of a section: a frozen dataclass declares names, types and defaults; what staff chose is stored by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

from ..models import Option
from .actors import Actor
from .events import record

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Options = TypeVar("Options", bound="DataclassInstance")
_kept: ContextVar[dict[str, Any] | None] = ContextVar("options", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Within it the options of a section are read once, for a page that asks for them in many places."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def load(declaration: type[Options], section: str) -> Options:
    """The options in force: stored values over the declared defaults; stored names nobody declares are ignored."""
    kept = _kept.get()
    if kept is not None and section in kept:
        return kept[section]
    known = {one.name for one in fields(declaration)}
    stored = Option.objects.filter(section=section).values_list("name", "value")
    options = replace(declaration(), **{name: value for name, value in stored if name in known})
    if kept is not None:
        kept[section] = options
    return options


@transaction.atomic
def store(options: Any, section: str, *, by: Actor) -> dict[str, tuple[Any, Any]]:
    """Store changed options and say so in the activity; returns {name: (old, new)}."""
    before = asdict(load(type(options), section))
    changed = {
        name: (before[name], value) for name, value in asdict(options).items() if before[name] != value
    }
    Option.objects.bulk_create(
        [Option(section=section, name=name, value=value) for name, (_, value) in changed.items()],
        update_conflicts=True,
        unique_fields=["section", "name"],
        update_fields=["value"],
    )
    if changed:
        record("options_changed", by=by, target=section, **{name: new for name, (_, new) in changed.items()})
    return changed

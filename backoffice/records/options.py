"""Options of a section: a frozen dataclass declares names, types and defaults; what staff chose is stored by name."""

from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from ..database.counting import one_change
from ..database.reading import is_reading_once, once
from ..models import Counter, Option
from ..tables.lookups import Lookup
from .actors import Actor
from .events import record

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Options = TypeVar("Options", bound="DataclassInstance")


def _options() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for section, name, value in Option.objects.values_list("section", "name", "value"):
        found.setdefault(section, {})[name] = value
    return found


OPTIONS = Lookup(counter="backoffice.option", read=_options)


def load(declaration: type[Options], section: str) -> Options:
    """The options in force: stored values over the declared defaults; stored names nobody declares are ignored."""
    return once((declaration, section), lambda: _load(declaration, section))


def _load(declaration: type[Options], section: str) -> Options:
    known = {one.name for one in fields(declaration)}
    return replace(declaration(), **{name: value for name, value in _stored(section) if name in known})


def _stored(section: str) -> Iterable[tuple[str, Any]]:
    # Only a page is sure that nothing was written since the counters were moved.
    if is_reading_once():
        return OPTIONS.now().get(section, {}).items()
    return Option.objects.filter(section=section).values_list("name", "value")


@one_change()
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
        Counter.move(OPTIONS.counter)
        record("options_changed", by=by, target=section, **{name: new for name, (_, new) in changed.items()})
    return changed

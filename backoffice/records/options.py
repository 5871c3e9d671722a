"""Options of a section: a frozen dataclass declares names, types and defaults; what staff chose is stored by name."""

from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

from ..models import Option
from .actors import Actor
from .events import record

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Options = TypeVar("Options", bound="DataclassInstance")


def load(declaration: type[Options], section: str) -> Options:
    """The options in force: stored values over the declared defaults; stored names nobody declares are ignored."""
    known = {one.name for one in fields(declaration)}
    stored = dict(Option.objects.filter(section=section).values_list("name", "value"))
    return replace(declaration(), **{name: value for name, value in stored.items() if name in known})


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

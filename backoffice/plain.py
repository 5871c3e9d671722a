"""Records without a life of their own (titles, tags, groups): saved as their form says, by the one way of changes."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Model

from . import changes
from .actors import Actor


def saving(model: type[Model]) -> Callable[..., Model]:
    """The `save` of a section of such records; ValidationError by field for a name that is taken."""

    @transaction.atomic
    def save(record: Model | None, values: dict[str, Any], *, by: Actor, version: int | None = None) -> Model:
        current = model() if record is None else changes.lock(record, version=version)
        judged = model(**{one.attname: getattr(current, one.attname) for one in model._meta.concrete_fields})
        for name, value in values.items():
            setattr(judged, name, value)
        judged._state.adding = record is None
        judged.validate_unique()
        changes.save(current, values, by=by)
        return current

    return save

"""Records without a life of their own (titles, tags, groups): saved as their form says, by the one way of changes."""

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from ..access.verbs import verb
from ..database.counting import one_change
from ..database.folding import fold
from ..forms.forms import SectionForm
from ..models.kept import Kept
from ..sections import BulkAction, DeleteWay, Words
from ..sections.usual import NAMES
from ..texts import Text
from . import changes
from .actors import Actor
from .conflicts import without_theirs
from .errors import NotAllowed


class NamedForm(SectionForm):
    """The form of such records: a name that is taken is told together with all other faults."""

    def clean(self):
        cleaned = super().clean()
        if "name" in without_theirs(cleaned, self.data):
            self.ask(_refuse_taken, self.model, cleaned["name"], besides=self.record and self.record.pk)
        return cleaned


def saving(model: type[Kept]) -> Callable[..., Kept]:
    """The `save` of a section of such records; ValidationError by field for a name that is taken."""

    @one_change()
    def save(record: Kept | None, values: dict[str, Any], *, by: Actor, version: int | None = None) -> Kept:
        current = model() if record is None else changes.lock(record, version=version)
        _refuse_taken(model, values.get("name", ""), besides=current.pk)
        try:
            with transaction.atomic():
                changes.save(current, values, by=by)
        except IntegrityError:
            # Somebody else took the name a moment ago.
            _refuse_taken(model, values.get("name", ""), besides=current.pk)
            raise
        return current

    return save


def deleting(model: type[Kept], delete: Callable[..., None]) -> Callable[..., list[int]]:
    """The verb that deletes such records one after the other, by the service that deletes one of them.

    What may not be deleted stays; NotAllowed where that is all of them.
    """

    @verb(f"{model._meta.app_label}.delete_{model._meta.model_name}")
    @one_change()
    def delete_many(rows: QuerySet, *, by: Actor) -> list[int]:
        gone: list[int] = []
        refusal = None
        for record in list(rows):
            key = record.pk
            try:
                delete(record, by=by)
            except NotAllowed as error:
                refusal = error
            else:
                gone.append(key)
        if refusal is not None and not gone:
            raise refusal
        return gone

    return delete_many


_WORDS = Words(
    done=ngettext_lazy("%(n)s deleted.", "%(n)s deleted.", "count"),
    left=ngettext_lazy("%(n)s cannot be deleted.", "%(n)s cannot be deleted.", "count"),
)


def deletion(
    model: type[Kept],
    title: Text,
    *,
    delete: Callable[..., None] = changes.delete,
    foretell: Callable[[list[int]], list[str]] | None = None,
    refusal: Callable[[list[int]], str] | None = None,
    instead: str = "",
) -> tuple[DeleteWay]:
    """The one way of deleting such records, by `delete(record, *, by)`."""
    action = BulkAction(name="delete", title=title, run=deleting(model, delete), words=_WORDS, icon="trash")
    way = DeleteWay(action=action, foretell=foretell or _history_stays, refusal=refusal, instead=instead)
    return (way,)


def _history_stays(ids: list[int]) -> list[str]:
    return [_("The history stays.")]


def _refuse_taken(model: type[Kept], name: str, *, besides: int | None) -> None:
    """ValidationError at `name` where another record is called so in any language, in whatever case and accents.

    Files find a record by the same names, compared in the same way (finding V3).
    """
    wanted, rows = fold(name), cast(QuerySet, model._default_manager.all())
    names = [one.attname for one in model._meta.concrete_fields if one.attname in NAMES]
    for key, first, *others in rows.exclude(pk=besides).values_list("pk", *names):
        if wanted in {fold(one) for one in (first, *others) if one}:
            raise ValidationError(
                {"name": _("“%(name)s” (ID %(id)s) already has this name.") % {"name": first, "id": key}}
            )

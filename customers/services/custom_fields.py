"""Custom fields: declaring, renaming, ordering and retiring them (S4.23, decision 52)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.custom import custom_name
from backoffice.database.counting import one_change
from backoffice.database.folding import plain
from backoffice.importing.columns import columns_of
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.records.named_records import saving
from backoffice.records.required_fields import require_one
from backoffice.screen import formats
from backoffice.sections import section_named
from backoffice.sections.usual import NAMES

from ..models import CustomField, CustomKind, CustomValue
from ..options import SECTION

_SEARCHED = frozenset((CustomKind.TEXT, CustomKind.LONG_TEXT, CustomKind.NUMBER, CustomKind.CHOICE))
CHOICE_MAX = 100
_save = saving(CustomField)


@one_change()
def save_custom_field(
    field: CustomField | None,
    values: dict[str, Any],
    *,
    by: Actor,
    version: int | None = None,
    required: bool | None = None,
) -> CustomField:
    """Declare a field, or change one; ValidationError by field for what does not go together.

    `required` says whether customers may be added without it, None leaves that as it is.
    """
    # Locked first: whoever gives a customer a value meanwhile waits, and the type stays what it was for them.
    current = None if field is None else changes.lock(field, version=version)
    opened = current and current.version
    refuse_field(values, record=current)
    if "choices" in values:
        values = {**values, "choices": "\n".join(choices_in(values["choices"]))}
    saved = _save(current, values, by=by)
    if required is not None and saved.active:
        is_new = require_one(section_named(SECTION), custom_name(saved.pk), required, by=by)
        if is_new and saved.version == opened:
            # The event says what changed; whoever has the form open is told that it is not as it was.
            saved.version += 1
            changes.touch_set(CustomField.objects.filter(pk=saved.pk))
    return saved


@verb("customers.change_customfield")
@one_change()
def use_custom_field(record: CustomField, field: str, value: bool | None, *, by: Actor) -> CustomField:
    """Retire a field, or take it into use again: the values that customers have in it stay (decision 52)."""
    current = changes.lock(record)
    changes.save(current, {field: not getattr(current, field) if value is None else value}, by=by)
    return current


@verb("customers.change_customfield")
def retire_custom_field(field: CustomField, *, by: Actor) -> None:
    """Retire a field."""
    use_custom_field(field, "active", False, by=by)


@verb("customers.change_customfield")
def use_custom_field_again(field: CustomField, *, by: Actor) -> None:
    """Take a retired field into use."""
    use_custom_field(field, "active", True, by=by)


def refusal_to_delete_fields(ids: list[int]) -> str:
    """Why these fields cannot be deleted, "" where they can: history speaks of all that ever stood there."""
    rows = CustomValue.history.filter(field_id__in=ids)
    if not rows.exists():
        return ""
    return _(
        "Customers have or had values in this field. Retire it instead: nobody sees it then, nothing is lost."
    )


@one_change()
def delete_custom_field(field: CustomField, *, by: Actor) -> None:
    """Delete a field that nobody ever used. NotAllowed for any other."""
    current = changes.lock(field)
    if refusal := refusal_to_delete_fields([current.pk]):
        raise NotAllowed(refusal)
    changes.delete(current, by=by)


def choices_in(text: str) -> list[str]:
    """The choices that somebody wrote, one a line, each once in whatever case and accents."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        choice = " ".join(line.split())
        if plain(choice):
            found.setdefault(plain(choice), choice)
    return list(found.values())


def refuse_field(values: dict[str, Any], *, record: CustomField | None) -> None:
    """ValidationError by field where a field cannot be as these values say; what is not named is as in the record."""
    now = record or CustomField()
    kind = values.get("kind", now.kind)
    choices = choices_in(values.get("choices", now.choices))
    faults: dict[str, str] = {}
    if taken := _taken(values):
        faults["name"] = _("Customers have a field called %(name)s already.") % {
            "name": formats.quoted(taken)
        }
    if kind == CustomKind.CHOICE and not choices:
        faults["choices"] = _("Write at least one choice.")
    elif too_long := next((one for one in choices if len(one) > CHOICE_MAX), ""):
        faults["choices"] = _("A choice can have at most %(limit)s characters: %(choice)s") % {
            "limit": CHOICE_MAX,
            "choice": formats.quoted(too_long),
        }
    if values.get("in_search", now.in_search) and kind not in _SEARCHED:
        faults["in_search"] = _("Only texts, numbers and lists can be searched.")
    if record is not None and kind != record.kind and record.values.exists():
        faults["kind"] = _("Customers have values in this field: its type can't be changed any more.")
    if faults:
        raise ValidationError(faults)


def _taken(values: dict[str, Any]) -> str:
    """The name by which files and lists of customers call a field of the house already, "" for none."""
    section = section_named(SECTION)
    assert section is not None
    known = columns_of(section)
    return next((values[name] for name in NAMES if values.get(name) and known.knows(values[name])), "")

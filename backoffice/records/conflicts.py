"""Two people saved the same record: what differs, field by field, who changed it, and what the second chooses."""

import datetime as dt
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Model
from django.utils.translation import gettext as _

from ..database.folding import fold
from ..forms.forms import SectionForm, is_secret
from ..models.kept import Kept
from ..screen import formats

THEIRS = "theirs"
YOURS = "yours"
BOTH = "both"


class OwnForm(Protocol):
    """A form of a page of its own that says what is stored of its record."""

    base_fields: dict[str, Any]
    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    data: Any

    def initial_of(self, record: Any) -> dict[str, Any]: ...


def differences(form: SectionForm | OwnForm, current: Kept) -> list[dict]:
    """The fields in which the valid form differs from what is stored now, both values as people read them.

    `changed` says who changed the field since the form was opened: THEIRS, YOURS or BOTH, "" where nobody knows.
    What has to be chosen comes first. What was left to the other already, before a third one saved, stays left.
    """
    stored = form.initial_of(current)
    opened = _opened_with(current, form.cleaned_data.get("version"))
    found = []
    for name, field in form.fields.items():
        is_value = name in form.base_fields and name != "version"
        if not is_value or is_secret(field) or form.data.get(f"use_{name}") == THEIRS:
            continue
        ours, theirs = _as_posted(field, form.cleaned_data.get(name)), stored.get(name)
        if _comparable(ours) != _comparable(theirs):
            found.append(
                {
                    "name": name,
                    "label": field.label,
                    "theirs": shown(field, theirs),
                    "yours": shown(field, ours),
                    "changed": _who_changed(name, ours, theirs, opened),
                }
            )
    return sorted(found, key=lambda one: one["changed"] in (THEIRS, YOURS))


def _opened_with(current: Kept, version: int | None) -> dict[str, Any]:
    """The values a form of that version was opened with, as far as history has them: none of groups and tags.

    A save of those alone raises the version without a row, so that an older row is found: that only asks more.
    """
    saves = current.version - (version or 0)
    if saves < 1:
        return {}
    rows = current.history.order_by("-history_date", "-history_id")
    row = rows[saves : saves + 1].first() or rows.filter(history_type="+").first()
    return {one.name: getattr(row, one.attname) for one in row.tracked_fields} if row else {}


def _who_changed(name: str, ours: Any, theirs: Any, opened: dict[str, Any]) -> str:
    if name not in opened:
        return ""
    was = _comparable(opened[name])
    if _comparable(theirs) == was:
        return YOURS
    return THEIRS if _comparable(ours) == was else BOTH


def without_theirs(values: dict[str, Any], data: Any) -> dict[str, Any]:
    """The values to write once somebody has chosen: fields they left to the other person are not touched."""
    return {name: value for name, value in values.items() if data.get(f"use_{name}") != THEIRS}


def shown(field: Any, value: Any) -> str:
    """A field's value in words: labels of choices, Yes and No, days and numbers by language (finding V11).

    `field` is one of a form, which knows its unit, or of a model.
    """
    if isinstance(value, dict):
        return field.in_words(value) if hasattr(field, "in_words") else _pairs(value)
    value = _comparable(value)
    if isinstance(value, (list, tuple, frozenset)):
        labels = _labels(field)
        return (
            ", ".join(sorted((labels.get(str(one), str(one)) for one in value), key=fold))
            or formats.not_set()
        )
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in (None, ""):
        return formats.not_set()
    if isinstance(value, dt.datetime):
        return formats.minute(value)
    if isinstance(value, dt.date):
        return formats.day(value)
    if isinstance(value, dt.time):
        return formats.time_of_day(value)
    if isinstance(value, Decimal | int) and hasattr(field, "in_words"):
        return field.in_words(value)
    if isinstance(value, Decimal):
        return formats.decimals(value, field.decimal_places)
    return _labels(field).get(str(value), str(value))


def _pairs(value: dict[str, Any]) -> str:
    return ", ".join(formats.labelled(name, one) for name, one in value.items()) or formats.not_set()


def _labels(field: Any) -> dict[str, str]:
    return {str(value): str(label) for value, label in getattr(field, "choices", None) or ()}


def _as_posted(field: Any, value: Any) -> Any:
    """A record by the key that its field posts: the code of a country, the id of most."""
    return field.prepare_value(value) if isinstance(value, Model) else value


def _comparable(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, bool) or value is None or isinstance(value, (str, int)):
        return "" if value is None else value
    try:
        return frozenset(getattr(one, "pk", one) for one in value)
    except TypeError:
        return value

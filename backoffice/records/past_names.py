"""What records were called on a day: history speaks in the names of its day (decision 48, finding V5)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _


class PastNames:
    """The names of some records of a model, by their histories: two queries for all, none for nobody.

    `by` is the field whose values the keys are: the code of a country, to which addresses point.
    """

    def __init__(self, model: type[Model], keys: Iterable[Any], *, by: str = "id"):
        wanted = {one for one in keys if one is not None}
        self.today: dict[Any, Any] = model._base_manager.in_bulk(wanted, field_name=by) if wanted else {}
        self._past: dict[Any, list[Any]] = {}
        if wanted and hasattr(model, "history"):
            rows = model.history.filter(**{f"{by}__in": wanted}).order_by("history_date", "history_id")
            for row in rows:
                self._past.setdefault(getattr(row, by), []).append(row)

    def on(self, key: Any, day: dt.datetime) -> str:
        """The name at that moment, in the reader's language; the oldest one known where history begins later."""
        rows = self._past.get(key, [])
        if rows:
            place = bisect_right([row.history_date for row in rows], day)
            return str(_as_it_was(rows[max(place - 1, 0)]))
        if key in self.today:
            return str(self.today[key])
        return _("number %(id)s") % {"id": key}

    def told(self, key: Any, day: dt.datetime) -> str:
        """The same, and that it is deleted where it is gone. Who is hidden is named to nobody (decision 19)."""
        if getattr(self.today.get(key), "is_hidden", False):
            return _("number %(id)s") % {"id": key}
        name = self.on(key, day)
        return name if key in self.today else _("%(name)s (deleted)") % {"name": name}


def _as_it_was(row: Any) -> Model:
    """The record of a history row, never to be saved: what it calls itself is worked out by its own model."""
    model = row.instance_type
    return model(**{one.attname: getattr(row, one.attname) for one in row.tracked_fields})

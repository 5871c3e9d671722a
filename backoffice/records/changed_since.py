"""Which records were changed again since a moment: taking a bulk change back leaves them alone (decision 42)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ..models.kept import Kept
from ..sections import Choice

Since = Callable[[list[int], Choice, datetime], set[int]]


def changed_since(model: type[Kept]) -> Since:
    """Which of these were changed in any way."""

    def since(ids: list[int], choice: Choice, at: datetime) -> set[int]:
        return set(model.history.filter(id__in=ids, history_date__gt=at).values_list("id", flat=True))

    return since


def otherwise_since(model: type[Kept], **values: Any) -> Since:
    """Which of these did not have these values at any time, once they had been given them."""

    def since(ids: list[int], choice: Choice, at: datetime) -> set[int]:
        rows = model.history.filter(id__in=ids, history_date__gt=at).exclude(**values)
        return set(rows.values_list("id", flat=True))

    return since

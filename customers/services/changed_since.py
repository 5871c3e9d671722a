"""In whom what a bulk action changed has been changed again since: taking it back leaves them alone (decision 42)."""

from collections.abc import Callable
from datetime import datetime

from backoffice.sections import Choice

from .pairs import Pairs, key_of


def pair_changed_since(pairs: Pairs) -> Callable[[list[int], Choice, datetime], set[int]]:
    """Who came to the chosen group or tag, or left it, since."""

    def since(ids: list[int], choice: Choice, at: datetime) -> set[int]:
        rows = pairs.model.history.filter(history_date__gt=at, **{pairs.column: key_of(choice)})
        return set(rows.filter(customer_id__in=ids).values_list("customer_id", flat=True))

    return since

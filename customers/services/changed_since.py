"""In whom what a bulk action changed has been changed again since: taking it back leaves them alone (decision 42)."""

from collections.abc import Callable
from datetime import datetime

from backoffice.sections import Choice

from ..models import Customer
from .pairs import Pairs, key_of


def flag_changed_since(field: str, value: bool) -> Callable[[list[int], Choice, datetime], set[int]]:
    """Whose yes/no field had another value at any time since it was set to this one."""

    def since(ids: list[int], choice: Choice, at: datetime) -> set[int]:
        rows = Customer.history.filter(id__in=ids, history_date__gt=at).exclude(**{field: value})
        return set(rows.values_list("id", flat=True))

    return since


def pair_changed_since(pairs: Pairs) -> Callable[[list[int], Choice, datetime], set[int]]:
    """Who came to the chosen group or tag, or left it, since."""

    def since(ids: list[int], choice: Choice, at: datetime) -> set[int]:
        rows = pairs.model.history.filter(history_date__gt=at, **{pairs.column: key_of(choice)})
        return set(rows.filter(customer_id__in=ids).values_list("customer_id", flat=True))

    return since

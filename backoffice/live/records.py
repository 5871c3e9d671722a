"""Records whose pages follow."""

from typing import Any

from ..numbers import LARGEST
from ..sections import Section
from .blocks import EVERY, following_on
from .memory import recall_one
from .versions import versions_of


def shown_now(section: Section, pk: int) -> Any:
    """The record of that number, None where there is none: the versions of its blocks, and whether it is hidden."""

    def read(keys: list[int]) -> dict[int, Any]:
        hidden = [section.hidden.field] if section.hidden else []
        versions = versions_of(following_on(section))
        rows = section.rows_with_page().annotate(**versions).filter(pk__in=keys).order_by()
        return {row.pk: row for row in rows.values_list("pk", *hidden, *versions, named=True)}

    return recall_one(section.slug, pk, read, every=EVERY) if pk <= LARGEST else None

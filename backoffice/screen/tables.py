"""A plain table of a panel as data: what stands over each column, and its rows (panels/rows.html)."""

from collections.abc import Iterable, Sequence
from typing import Any

from ..texts import Text


def as_table(columns: Sequence[tuple[Text, str]], rows: Iterable[Sequence[Any]]) -> dict[str, list]:
    """Headers and rows of a table whose columns are given as (title, CSS class of its cells)."""
    return {
        "headers": [{"title": title, "css": css} for title, css in columns],
        "rows": [
            {"cells": [{"text": text, "css": css} for text, (_title, css) in zip(row, columns, strict=True)]}
            for row in rows
        ],
    }

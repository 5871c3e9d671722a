"""A plain table of a panel as data: what stands over each column, and its rows (panels/rows.html); and plain facts."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from ..texts import Text


def as_table(
    columns: Sequence[tuple[Text, str]], rows: Iterable[Sequence[Any]], keys: Iterable[Any] = ()
) -> dict[str, list]:
    """Headers and rows of a table whose columns are given as (title, CSS class of its cells).

    `keys` tell the rows from each other where the table follows on an open page.
    """
    return {
        "headers": [{"title": title, "css": css} for title, css in columns],
        "rows": [
            {
                "cells": [
                    {"text": text, "css": css, "title": title}
                    for text, (title, css) in zip(row, columns, strict=True)
                ],
                "key": key,
            }
            for row, key in zip_longest(rows, keys)
        ],
    }


def as_facts(facts: Iterable[tuple[Text, Any]]) -> list[dict[str, Any]]:
    """Facts, each (title, value), as the templates list them; those without a value are left out."""
    return [{"title": title, "value": value} for title, value in facts if value]

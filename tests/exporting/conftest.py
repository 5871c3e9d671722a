"""Fixtures of the exports' tests: the file of a list, read back as a spreadsheet would."""

import csv
from collections.abc import Callable

import pytest


@pytest.fixture
def export(client_of, owner) -> Callable[..., list[list[str]]]:
    """`export("newsletter=true")` gives header and rows of the customers' file, as the owner gets it."""

    def export(query: str = "", *, staff=None, encoding: str = "utf-8") -> list[list[str]]:
        answer = client_of(staff or owner).get(f"/customers/export/?{query}")
        assert answer.status_code == 200
        text = b"".join(answer.streaming_content).decode(encoding)
        return list(csv.reader(text.splitlines(keepends=True), delimiter=";"))

    return export

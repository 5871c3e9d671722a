"""What only one of the two databases has: such a test belongs to the run on that one, and is no test of the other."""

import pytest
from django.db import connection


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes the tests marked `only_on("postgresql")` or `only_on("sqlite")` out of the run on the other database."""
    foreign = [
        item for item in items if (one := item.get_closest_marker("only_on")) and not _is_here(*one.args)
    ]
    if foreign:
        config.hook.pytest_deselected(items=foreign)
        items[:] = [item for item in items if item not in foreign]


def _is_here(database: str) -> bool:
    if database not in ("postgresql", "sqlite"):
        raise pytest.UsageError(f"There is no run on {database!r}.")
    return connection.vendor == database

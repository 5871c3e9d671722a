"""What only one of the two databases has, what both answer alike, and what asks neither: such a test runs on one."""

import threading
from collections.abc import Callable

import pytest
from django.db import close_old_connections, connection

# Without the mark `django_db` or one of these a test is kept from every database: one run says all there is to say.
ASK_A_DATABASE = {"db", "transactional_db"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes out the tests marked `only_on("postgresql")` or `only_on("sqlite")` where that is not the database, and
    on PostgreSQL those marked `alike` and those that ask no database; browser tests run there in any case."""
    foreign = [item for item in items if not _is_here(item)]
    if foreign:
        config.hook.pytest_deselected(items=foreign)
        items[:] = [item for item in items if _is_here(item)]


def _is_here(item: pytest.Item) -> bool:
    one = item.get_closest_marker("only_on")
    if one is None:
        asks = _asks_a_database(item) and not item.get_closest_marker("alike")
        return connection.vendor == "sqlite" or bool(item.get_closest_marker("browser")) or asks
    (database,) = one.args
    if database not in ("postgresql", "sqlite"):
        raise pytest.UsageError(f"There is no run on {database!r}.")
    return connection.vendor == database


def _asks_a_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not ASK_A_DATABASE.isdisjoint(names)


@pytest.fixture
def beside(transactional_db) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """`beside(function)` begins it in a thread; what that gives waits for its end, and raises what it raised."""

    def beside(function):
        raised: list[Exception] = []

        def run():
            try:
                function()
            except Exception as error:
                raised.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        thread.start()

        def end():
            thread.join()
            close_old_connections()
            if raised:
                raise raised[0]

        return end

    return beside


@pytest.fixture
def at_once(transactional_db) -> Callable[..., list]:
    """`at_once(one, other)` runs them in threads that start together; gives what each returned."""

    def at_once(*functions: Callable[[], object]) -> list:
        start = threading.Barrier(len(functions))
        returned: list = [None] * len(functions)

        def run(place: int, function: Callable) -> None:
            start.wait()
            try:
                returned[place] = function()
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(functions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        close_old_connections()
        return returned

    return at_once

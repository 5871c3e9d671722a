"""Fixtures of what happens at the same instant."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import close_old_connections, connection


@pytest.fixture
def at_once(transactional_db):
    """`at_once(one, other)` runs them in threads that start together; gives what each returned, or raises what one
    did."""

    def at_once(*functions: Callable[[], object]) -> list:
        start = threading.Barrier(len(functions))
        returned: list = [None] * len(functions)
        failed: list[BaseException] = []

        def run(place: int, function: Callable) -> None:
            start.wait()
            try:
                returned[place] = function()
            except BaseException as fault:
                failed.append(fault)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(functions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        close_old_connections()
        if failed:
            raise failed[0]
        return returned

    return at_once


@pytest.fixture
def behind(at_once, monkeypatch):
    """`behind(one, other, held=(module, "name"))` has `other` begin while `one` stands before that function: what
    `one` has locked by then `other` waits for. Gives what each returned.
    """

    def behind(one: Callable[[], object], other: Callable[[], object], *, held: tuple[Any, str]) -> list:
        there = threading.Event()
        place, name = held
        function = getattr(place, name)

        def waiting(*args, **said):
            if not there.is_set():
                there.set()
                time.sleep(0.5)
            return function(*args, **said)

        def second():
            assert there.wait(10)
            return other()

        monkeypatch.setattr(place, name, waiting)
        return at_once(one, second)

    return behind

"""Fixtures of what happens at the same instant."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.together import together


@pytest.fixture
def at_once(transactional_db):
    """`at_once(one, other)` runs them in threads that start together; gives what each returned, or raises what one
    did."""

    def at_once(*functions: Callable[[], object]) -> list:
        returned, raised = together(*functions)
        for fault in filter(None, raised):
            raise fault
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

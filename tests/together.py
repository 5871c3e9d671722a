"""Several at the same instant, each in a thread and with a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections, connection


def together(*functions: Callable[[], object]) -> tuple[list[Any], list[BaseException | None]]:
    """Runs them in threads that start together; gives what each returned, and what each raised, None for nothing."""
    start = threading.Barrier(len(functions))
    returned: list[Any] = [None] * len(functions)
    raised: list[BaseException | None] = [None] * len(functions)

    def run(place: int, function: Callable[[], object]) -> None:
        start.wait()
        try:
            returned[place] = function()
        except BaseException as fault:
            raised[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    return returned, raised

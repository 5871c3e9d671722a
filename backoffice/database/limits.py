"""How long the database may take, by kind of work (S2).

Every transaction begins with the limits in force, by backoffice.database.postgresql: they end with it, so they hold
behind a connection pool too (decision 54). What runs outside of a transaction has the limits of the database role,
which `manage.py database_role` writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds, 0 for no limit: one statement; waiting for one lock; doing nothing within a transaction."""

    statement: float = 0
    lock: float = 0
    idle: float = 0

    @property
    def patience(self) -> float | None:
        """How long an answer is waited for: a server that is well says by then that a statement took too long."""
        return self.statement + 1 if self.statement else None

    @property
    def settings(self) -> dict[str, str]:
        """The same as PostgreSQL's settings, in milliseconds."""
        return {
            "statement_timeout": f"{self.statement * 1000:.0f}",
            "lock_timeout": f"{self.lock * 1000:.0f}",
            "idle_in_transaction_session_timeout": f"{self.idle * 1000:.0f}",
        }


PAGE = Limits(statement=15, lock=5, idle=10)
EXPORT = Limits(statement=30, lock=5, idle=5)
JOB = Limits(statement=600, lock=30, idle=60)
HEALTH = Limits(statement=1, lock=1, idle=1)
COMMAND = Limits()

_in_force: ContextVar[Limits] = ContextVar("limits", default=COMMAND)


def in_force() -> Limits:
    """Those of the work at hand; a command at the keyboard has none."""
    return _in_force.get()


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """While entered, the work at hand is of that kind. Also a decorator."""
    token = _in_force.set(limits)
    try:
        yield
    finally:
        _in_force.reset(token)

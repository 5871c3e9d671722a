"""The backend that `DATABASES` names for PostgreSQL."""

import time

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import IsolationLevel

from ..limits import HEALTH, in_force, limited

_ASKED_AGAIN_AFTER = 1.0
_silent_until = 0.0


class NoAnswerError(psycopg.OperationalError):
    """The server did not answer in time."""


def _silent() -> bool:
    return time.monotonic() < _silent_until


def _fell_silent() -> NoAnswerError:
    """For a second nobody in this process waits for the server: whoever asks is told at once."""
    global _silent_until
    _silent_until = time.monotonic() + _ASKED_AGAIN_AFTER
    return NoAnswerError("The database server does not answer.")


class Connection(psycopg.Connection):
    """A connection that is given up where the server does not answer in the time that the limits in force give (S3)."""

    def wait(self, gen, interval=0.1, timeout=None):
        try:
            return super().wait(gen, interval=interval, timeout=timeout or in_force().patience)
        except psycopg.errors._WaitTimeout:
            self.close()
            raise _fell_silent() from None


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes neither `pool` nor `isolation_level` among its options."""

    def get_new_connection(self, conn_params):
        self.isolation_level = IsolationLevel.READ_COMMITTED
        if _silent():
            raise NoAnswerError("The database server does not answer.")
        try:
            return Connection.connect(**conn_params)
        except psycopg.errors.ConnectionTimeout:
            raise _fell_silent() from None

    def is_usable(self):
        """Whether a kept connection still answers, soon: asked before its first use in a request."""
        if _silent():
            return False
        with limited(HEALTH):
            return super().is_usable()

    def chunked_cursor(self):
        """Outside of a transaction a plain one: one on the server would need the session to itself (decision 54)."""
        return super().chunked_cursor() if self.in_atomic_block else self.cursor()

    def _set_autocommit(self, autocommit):
        super()._set_autocommit(autocommit)
        if not autocommit:
            self._limit_transaction()

    def _limit_transaction(self) -> None:
        with self.wrap_database_errors, self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('statement_timeout', %(statement_timeout)s, true),"
                " set_config('lock_timeout', %(lock_timeout)s, true), set_config("
                "'idle_in_transaction_session_timeout', %(idle_in_transaction_session_timeout)s, true)",
                in_force().settings,
            )

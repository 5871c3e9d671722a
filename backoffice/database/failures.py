"""What a database could not do, told apart by its error codes (S10): a fault of the machine, not of the person."""

import sqlite3
from enum import Enum, auto

from django.db import Error, InterfaceError, OperationalError


class Failure(Enum):
    """Why the database did not do it."""

    BUSY = auto()  # somebody else's change holds what this one needs
    SLOW = auto()  # it took longer than it may
    READ_ONLY = auto()
    FULL = auto()
    AWAY = auto()


_BY_SQLSTATE = {
    "55P03": Failure.BUSY,  # lock_not_available
    "40P01": Failure.BUSY,  # deadlock_detected
    "40001": Failure.BUSY,  # serialization_failure
    "57014": Failure.SLOW,  # query_canceled, by statement_timeout
    "25006": Failure.READ_ONLY,  # read_only_sql_transaction
    "53100": Failure.FULL,  # disk_full
}
_BY_SQLITE_CODE = {
    sqlite3.SQLITE_BUSY: Failure.BUSY,
    sqlite3.SQLITE_LOCKED: Failure.BUSY,
    sqlite3.SQLITE_READONLY: Failure.READ_ONLY,
    sqlite3.SQLITE_FULL: Failure.FULL,
}


def failure_of(error: BaseException | None) -> Failure | None:
    """What it was, None where the database is well and the fault another one."""
    if not isinstance(error, Error):
        return None
    cause = error.__cause__
    known = _BY_SQLSTATE.get(getattr(cause, "sqlstate", None) or "")
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        known = _BY_SQLITE_CODE.get(code & 0xFF)  # the upper bits say more exactly what the lower ones say
    if known is None and isinstance(error, (OperationalError, InterfaceError)):
        return Failure.AWAY
    return known

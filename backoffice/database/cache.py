"""Django's cache in the database, where a failed write is a failure of the database (S10)."""

from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connection

from .failures import failure_of


class CountingCache(DatabaseCache):
    """Holds how often somebody failed to sign in.

    Django answers a write that failed like one that was refused; the sign-in then takes a full disk for too many
    attempts of a person.
    """

    def _base_set(self, mode, key, value, timeout=None):
        failures: list[DatabaseError] = []

        def note(go_on, sql, params, many, context):
            try:
                return go_on(sql, params, many, context)
            except DatabaseError as error:
                failures.append(error)
                raise

        with connection.execute_wrapper(note):
            done = super()._base_set(mode, key, value, timeout)
        if not done and failures and failure_of(failures[-1]):
            raise failures[-1]
        return done

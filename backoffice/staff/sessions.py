"""Sessions that end after idle time (S14): `SESSION_COOKIE_AGE` seconds after the last request."""

import datetime as dt
from copy import deepcopy

from django.conf import settings
from django.contrib.sessions.backends import db
from django.db import DatabaseError
from django.utils import timezone

# How much of its time has to be over before a session is written anew: most clicks write nothing.
RENEWED_AFTER = 1 / 20


class SessionStore(db.SessionStore):
    """The framework's own; one that is used is renewed."""

    def load(self):
        stored = self._get_session_from_db()
        if stored is None:
            return {}
        said = self.decode(stored.session_data)
        whole = dt.timedelta(seconds=said.get("_session_expiry") or settings.SESSION_COOKIE_AGE)
        if stored.expire_date - timezone.now() < whole * (1 - RENEWED_AFTER):
            self.modified, self._renewed = True, deepcopy(said)
        return said

    def save(self, must_create=False):
        """A renewal that cannot be written ends no request: reading works while the database takes nothing."""
        try:
            super().save(must_create)
        except DatabaseError:
            if getattr(self, "_renewed", None) != self._session:
                raise

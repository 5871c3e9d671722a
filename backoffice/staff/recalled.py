"""Who asks, as a page that follows asks it: again and again, so that it is remembered for a moment."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.utils.crypto import constant_time_compare

from ..live.memory import recall
from .backends import recall_rights
from .models import StaffMember
from .second_factor import lacks_second_factor
from .sessions import SessionStore

# So many seconds after somebody was signed out or switched off such a page may still be told that nothing changed.
REMEMBERED = 3


def recall_person(session_key: str) -> StaffMember | None:
    """Whom this session had signed in at most REMEMBERED seconds ago, with their rights.

    None for nobody, and wherever there is more to say than yes: the way that all requests go finds out what. Nothing
    is written: a page that lies open keeps no sign-in alive (S14).
    """
    person = recall(("session", session_key), lambda: _person(session_key), seconds=REMEMBERED)
    if person is not None:
        recall_rights(person)
    return person


def _person(session_key: str) -> StaffMember | None:
    said = SessionStore(session_key).load()
    backend = said.get(BACKEND_SESSION_KEY)
    if backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    person = load_backend(backend).get_user(StaffMember._meta.pk.to_python(said[SESSION_KEY]))
    if person is None or lacks_second_factor(person):
        return None
    known = constant_time_compare(said.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    return person if known else None

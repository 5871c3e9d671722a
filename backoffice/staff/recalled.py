"""Who asks, as a page that follows asks it: again and again, so that it is remembered for a moment."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from ..live.blocks import EVERY
from ..live.memory import recall_one
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
    person = recall_one("session", session_key, _signed_in, every=EVERY, seconds=REMEMBERED)
    if person is not None:
        recall_rights(person)
    return person


def _signed_in(session_keys: list[str]) -> dict[str, StaffMember]:
    """Whom these sessions have signed in; as the framework finds it out for one."""
    stored = Session.objects.filter(pk__in=session_keys, expire_date__gt=timezone.now())
    store = SessionStore()
    said = {key: store.decode(data) for key, data in stored.values_list("session_key", "session_data")}
    said = {
        key: one
        for key, one in said.items()
        if one.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    }
    number = StaffMember._meta.pk.to_python
    staff = StaffMember.objects.filter(is_active=True).in_bulk(
        {number(one[SESSION_KEY]) for one in said.values()}
    )
    may = {key: one for key, one in staff.items() if not lacks_second_factor(one)}
    found = {}
    for key, one in said.items():
        person = may.get(number(one[SESSION_KEY]))
        if person and constant_time_compare(one.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()):
            found[key] = person
    return found

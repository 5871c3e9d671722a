"""The secret link to one's tasks: made, made anew, taken back, and whose it is (S3.36, decision 31)."""

from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone

from backoffice.records.actors import Actor
from backoffice.records.events import Kind, record
from backoffice.staff.models import StaffMember

from ..models import TaskFeed

_BYTES = 32


@transaction.atomic
def make_feed_link(staff: StaffMember, *, by: Actor) -> str:
    """A new token, told this once; the one before opens nothing any more."""
    token = token_urlsafe(_BYTES)
    values = {"token_hash": _hash(token), "session_round": staff.session_round, "created_at": timezone.now()}
    TaskFeed.objects.update_or_create(staff=staff, defaults=values)
    record(Kind.CALENDAR_LINK, by=by, target=staff.name, made=True)
    return token


@transaction.atomic
def revoke_feed_link(staff: StaffMember, *, by: Actor) -> None:
    """The link opens nothing any more."""
    if TaskFeed.objects.filter(staff=staff).delete()[0]:
        record(Kind.CALENDAR_LINK, by=by, target=staff.name, made=False)


def feed_of(staff: StaffMember) -> TaskFeed | None:
    """The link of this person, None where there is none that opens anything."""
    return TaskFeed.objects.valid().filter(staff=staff).first()


def reader_by(token: str) -> StaffMember | None:
    """Whose link this is, None for one that opens nothing."""
    found = TaskFeed.objects.valid().filter(token_hash=_hash(token)).select_related("staff").first()
    return found.staff if found else None


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()

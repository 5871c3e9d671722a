"""Tokens of the API: made, changed, revoked, and whose a request's is (S15, G18)."""

import datetime as dt
from collections.abc import Collection
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.scopes import Scope
from ...models import ApiToken
from ...records import events
from ...records.actors import Actor
from ...records.errors import NotAllowed
from ...records.events import Kind

_BEGINNING = "bko_"  # so that whoever finds one knows what it opens
_BYTES = 32
_SHOWN = 10


@transaction.atomic
def create_token(
    name: str, scopes: Collection[str], *, by: Actor, expires_at: dt.datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is told this once: only its hash is stored."""
    secret = _BEGINNING + token_urlsafe(_BYTES)
    token = ApiToken.objects.create(
        name=name,
        prefix=secret[:_SHOWN],
        token_hash=_hash(secret),
        scopes=_in_order(scopes),
        created_by=by.staff,
        expires_at=expires_at,
    )
    events.record(Kind.API_TOKEN, by=by, target=name, what="created", scopes=token.scopes, id=token.pk)
    return token, secret


@transaction.atomic
def change_token(
    token: ApiToken, *, name: str, scopes: Collection[str], expires_at: dt.datetime | None, by: Actor
) -> None:
    """Its name, what it may and until when; it counts from the program's next request. NotAllowed once revoked."""
    stored = ApiToken.objects.select_for_update().get(pk=token.pk)
    if stored.revoked_at:
        raise NotAllowed(_("%(name)s was revoked: create another token.") % {"name": stored.name})
    before = (stored.name, stored.scopes, stored.expires_at)
    stored.name, stored.scopes, stored.expires_at = name, _in_order(scopes), expires_at
    if before == (stored.name, stored.scopes, stored.expires_at):
        return
    stored.save(update_fields=["name", "scopes", "expires_at"])
    events.record(Kind.API_TOKEN, by=by, target=name, what="changed", scopes=stored.scopes, id=stored.pk)


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Actor) -> None:
    """It opens nothing from the program's next request on, for good."""
    stored = ApiToken.objects.select_for_update().get(pk=token.pk)
    if stored.revoked_at:
        return
    stored.revoked_at = timezone.now()
    stored.save(update_fields=["revoked_at"])
    events.record(Kind.API_TOKEN, by=by, target=stored.name, what="revoked", id=stored.pk)


def token_by(secret: str) -> ApiToken | None:
    """The token of this secret, None for every one that opens nothing, whatever the reason."""
    if not secret.startswith(_BEGINNING):
        return None
    # Written out: every request of the API asks it.
    found = ApiToken.objects.raw("SELECT * FROM backoffice_apitoken WHERE token_hash = %s", [_hash(secret)])
    token = next(iter(found), None)
    return token if token and token.is_valid_at(timezone.now()) else None


def _in_order(scopes: Collection[str]) -> list[str]:
    return [scope for scope in Scope.values if scope in scopes]


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

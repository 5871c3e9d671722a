"""Who does something, and by which door they came in. Every service takes one as `by`."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from ..staff.models import StaffMember


IMPORT_ACT, TOKEN_ACT = "import ", "token "


def act_of(imported: object) -> str:
    """How history rows name the import that they are a part of."""
    return f"{IMPORT_ACT}{imported}"


def act_by(token: str) -> str:
    """How history rows name the program that did something: by its token."""
    return f"{TOKEN_ACT}{token}"


def import_in(act: str | None) -> int | None:
    """The number of the import that a history row names, None for none."""
    number = (act or "").removeprefix(IMPORT_ACT)
    return int(number) if (act or "").startswith(IMPORT_ACT) and number.isdecimal() else None


def token_in(act: str | None) -> str:
    """The name of the token that a history row names, "" for none."""
    return (act or "").removeprefix(TOKEN_ACT) if (act or "").startswith(TOKEN_ACT) else ""


class Door(models.TextChoices):
    """Where a change came from; stored beside every history row and event."""

    PAGE = "page", _("Back office page")
    IMPORT = "import", _("Import")
    API = "api", _("API")
    COMMAND = "command", _("Command")
    SHOP = "shop", _("Shop")

    @property
    def told(self) -> str:
        """The door in words that need nothing beside them (U14)."""
        return gettext("Command on the server") if self is Door.COMMAND else str(self.label)


@dataclass(frozen=True)
class Actor:
    """`staff` is nobody for commands, scheduled work, programs and the shop itself; `ip` is known where a request came.

    `act` is of what larger act this is a part, or the token by which a program acts: history rows name it as their
    reason where no service names another.
    """

    staff: StaffMember | None
    door: Door
    ip: str | None = None
    act: str = ""

    @classmethod
    def command(cls) -> Actor:
        """Whoever sits at the server's terminal, and scheduled work."""
        return cls(staff=None, door=Door.COMMAND)

    @classmethod
    def of(cls, request: HttpRequest, door: Door = Door.PAGE) -> Actor:
        """The person behind a request, signed in or not."""
        user = getattr(request, "user", None)
        signed_in = user is not None and user.is_authenticated
        return cls(staff=user if signed_in else None, door=door, ip=ip_of(request))

    @property
    def name(self) -> str:
        """What history and activity call them; empty when it was nobody in particular."""
        return self.staff.name if self.staff else token_in(self.act)


def ip_of(request: HttpRequest) -> str | None:
    """The address a request came from; behind our own proxy, the one that the proxy wrote down. None if unknown."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2]
    try:
        return str(ipaddress.ip_address(_without_port(address.strip())))
    except ValueError:
        return None


def _without_port(address: str) -> str:
    """Some proxies write the port too: 203.0.113.7:50123, [2001:db8::7]:50123."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address

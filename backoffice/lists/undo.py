"""Taking back what was just done to many: the opposite action on exactly those who were changed."""

import secrets
from dataclasses import asdict, dataclass, field
from re import fullmatch

from django.core.cache import cache
from django.http import HttpRequest

_SECONDS = 3_600


@dataclass(frozen=True, kw_only=True)
class Undo:
    """What takes a change back: an action of a section on these records, with its choice.

    `remembered`: what the action has to know besides; `hidden`: whether they are hidden now; `query`: the list to come
    back to.
    """

    section: str
    action: str
    ids: list[int]
    choice: str = ""
    remembered: list[int] = field(default_factory=list)
    hidden: bool = False
    query: str = ""


def offered(request: HttpRequest, undo: Undo) -> str:
    """Keep the offer for an hour, of any number of records; the key that only its reader can hand back.

    "" where there is nothing to undo, or no way to.
    """
    if not undo.action or not undo.ids:
        return ""
    key = secrets.token_hex(16)
    cache.set(_place(request, key), asdict(undo), _SECONDS)
    return key


def handed_back(request: HttpRequest) -> Undo | None:
    """The offer that this reader hands back within its hour; None for anything else."""
    key = request.POST.get("offer", "")
    found = cache.get(_place(request, key)) if fullmatch("[0-9a-f]{32}", key) else None
    return Undo(**found) if found else None


def forget(request: HttpRequest) -> None:
    """Drop the offer handed back: it has been taken."""
    cache.delete(_place(request, request.POST["offer"]))


def _place(request: HttpRequest, key: str) -> str:
    return f"undo:{request.user.pk}:{key}"

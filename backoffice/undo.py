"""Taking back what was just done to many: the opposite action on exactly those who were changed."""

from dataclasses import asdict, dataclass

from django.core import signing
from django.http import HttpRequest

MOST = 1_000
_SECONDS = 3_600
_SALT = "backoffice.undo"


@dataclass(frozen=True, kw_only=True)
class Undo:
    """What takes a change back: an action of a section on these records, with its choice.

    `deleted`: where they are found, as the list's filter of that name; `query`: the list to come back to.
    """

    section: str
    action: str
    ids: list[int]
    choice: str = ""
    deleted: str = ""
    query: str = ""


def sealed(request: HttpRequest, undo: Undo) -> str:
    """The offer as a text that only its reader can hand back; "" where there is nothing, or too much, to undo.

    More than 1,000 records are not taken back with a click: the history of each has its old values.
    """
    if not undo.action or not 0 < len(undo.ids) <= MOST:
        return ""
    return signing.dumps([request.user.pk, asdict(undo)], salt=_SALT, compress=True)


def opened(request: HttpRequest) -> Undo | None:
    """The offer that this reader hands back within an hour; None for anything else."""
    try:
        reader, undo = signing.loads(request.POST.get("offer", ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    return Undo(**undo) if reader == request.user.pk else None

"""The latest switch that somebody flipped in this session, so that the key for Undo takes back what came last (U11)."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..access.rights import HasRights
from ..access.verbs import right_of
from ..sections import Section, Switch, section_named
from .back import back_to_list

# Where the session keeps it.
LATEST = "switched"


class Switched(NamedTuple):
    """Which switch of which record was turned to what, and when, as a session can hold it."""

    section: str
    record: int
    field: str
    on: bool
    at: str

    @property
    def moment(self) -> dt.datetime:
        """When."""
        return dt.datetime.fromisoformat(self.at)

    @property
    def place(self) -> tuple[str, int, str]:
        """Which switch it is."""
        return self[:3]


def remember(request: HttpRequest, switched: Switched) -> None:
    """Keep it as the latest; turned back, it is as if it had never been."""
    before = _kept(request)
    if before and before.place == switched.place and before.on is not switched.on:
        del request.session[LATEST]
    else:
        request.session[LATEST] = list(switched)


def ask_back(request: HttpRequest, *, unless_since: dt.datetime | None) -> HttpResponse | None:
    """The page that says what turning the latest switch back will do, and does it by the switch's own address.

    None where that is not what came last, or where somebody has turned it back since.
    """
    switched = _kept(request)
    if switched is None or (unless_since and unless_since > switched.moment):
        return None
    found = _as_left(switched, request.user)
    if found is None:
        return None
    section, switch, record = found
    back = back_to_list(request, section)
    context = {
        "section": section,
        "page_title": _("Undo: %(what)s")
        % {"what": section.model._meta.get_field(switched.field).verbose_name},
        "question": str(switch.said[0 if switched.on else 1]) % {"name": record},
        "explained": ngettext(
            "Undo restores what this changed in %(n)s record. Anything changed since stays as it is.",
            "Undo restores what this changed in %(n)s records. Anything changed since stays as it is.",
            1,
        )
        % {"n": 1},
        "kept": [("back", back), ("value", "false" if switched.on else "true")],
        "action": {
            "title": _("Undo"),
            "icon": "undo",
            "url": reverse(section.url("toggle"), args=[switched.record, switched.field]),
        },
        "list_url": back,
        "cancel_url": back,
    }
    return render(request, "backoffice/ask.html", context)


def _kept(request: HttpRequest) -> Switched | None:
    kept = request.session.get(LATEST)
    return Switched(*kept) if kept else None


def _as_left(switched: Switched, staff: HasRights) -> tuple[Section, Switch, Model] | None:
    section = section_named(switched.section)
    switch = section.switches.get(switched.field) if section else None
    if section is None or switch is None:
        return None
    if not staff.has_perms([section.right("view"), right_of(switch.run)]):
        return None
    record = section.record(switched.record, staff)
    as_left = record is not None and getattr(record, switched.field) is switched.on
    return (section, switch, record) if as_left else None

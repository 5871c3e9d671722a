"""History as it is read: days, in them moments, in those one line a value (U14)."""

from __future__ import annotations

import datetime as dt
import operator
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from ..access.rights import HasRights
from ..models.kept import Kept
from ..screen import formats
from ..sections import Section
from .actors import Door
from .changes import refusal_to_change
from .history_reading import SAME_MOMENT, Entry, FieldChange

# Longer values fold, so that a note does not push the rest of the history off the screen.
LONG = 90


@dataclass(frozen=True)
class Line:
    """What one field was and became, or in one sentence what came to a list or left it (`said`), which
    leads to `url` where there is more; `put_back_url` takes that back. A line with neither is just its label."""

    label: str
    old: str = ""
    new: str = ""
    said: str = ""
    name: str = ""
    put_back_url: str = ""
    url: str = ""

    @property
    def title(self) -> str:
        """The label with the colon as the language sets it."""
        return formats.labelled(self.label, "").rstrip()

    @property
    def has_values(self) -> bool:
        return bool(self.old or self.new)

    @property
    def is_long(self) -> bool:
        """Whether it is more than a line."""
        return max(len(self.old), len(self.new)) > LONG or "\n" in self.old + self.new


@dataclass(frozen=True)
class Moment:
    """What somebody changed at once: one head, however many lines.

    `email` says who it was where the name alone does not, `ip` from where where that is not where the same person's
    change above came from; `who_tip` and `origin_tip` hold both in any case (U14).
    """

    at: dt.datetime
    who: str
    who_tip: str
    email: str
    origin: str
    origin_tip: str
    ip: str
    origin_url: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def clock(self) -> str:
        return formats.clock(self.at)


@dataclass(frozen=True)
class Day:
    """A day with its moments."""

    title: str
    moments: list[Moment] = field(default_factory=list)


def may_put_back(section: Section, record: Kept, staff: HasRights) -> bool:
    """Whether this person may put old values of this record back."""
    return (
        section.form is not None and not refusal_to_change(record) and staff.has_perm(section.right("change"))
    )


def may_see_imports(section: Section, staff: HasRights) -> bool:
    """Whether this person may see what files did to records of the section."""
    return section.is_imported and staff.has_perm(section.right("import"))


def moments_of(
    section: Section, record: Kept, entries: list[Entry], *, may: bool, imports: bool = False
) -> list[Moment]:
    """The entries as moments, newest first; `may`: whether values are offered to be put back, `imports`: whether what
    an import did leads to it."""
    doubtful = _unclear(entries)
    seen_from: dict[str, str] = {}
    found = []
    for acts in _at_once(entries):
        moment = _moment(acts[0], doubtful, seen_from, imports=imports)
        for entry in acts:
            moment.lines.extend(_lines(section, record, entry, may))
        found.append(moment)
    return found


def by_day(moments: Iterable[Moment]) -> list[Day]:
    """The moments under the days they were on, in the shop's time zone."""
    days: list[Day] = []
    for one in moments:
        title = formats.day_heading(one.at)
        if not days or days[-1].title != title:
            days.append(Day(title))
        days[-1].moments.append(one)
    return days


def _at_once(entries: list[Entry]) -> list[list[Entry]]:
    """The entries, those together that one person made at one moment: none of which goes on from another."""
    found: list[list[Entry]] = []
    for entry in entries:
        acts = found[-1] if found else []
        if acts and _is_same(acts[0], entry) and not any(_goes_on(one, entry) for one in acts):
            acts.append(entry)
        else:
            found.append([entry])
    return found


def _is_same(head: Entry, entry: Entry) -> bool:
    parts = operator.attrgetter("email", "who", "door", "ip", "imported")
    same = parts(head) == parts(entry)
    return same and abs(head.at - entry.at) < SAME_MOMENT


def _goes_on(later: Entry, earlier: Entry) -> bool:
    """Whether the one changes what the other has left."""
    left = {one.name: one.new for one in earlier.changes if one.new}
    return any(left.get(one.name) == one.old for one in later.changes)


def _moment(
    entry: Entry, doubtful: set[tuple[str, str]], seen_from: dict[str, str], *, imports: bool
) -> Moment:
    origin, ip = entry.door.told, entry.ip or ""
    is_new = bool(ip) and seen_from.get(entry.email) != ip
    seen_from[entry.email] = ip or seen_from.get(entry.email, "")
    nobody = _("Somebody") if entry.door == Door.PAGE else origin
    return Moment(
        at=entry.at,
        who=entry.who or nobody,
        who_tip=entry.email,
        email=entry.email if (entry.who, entry.email) in doubtful else "",
        origin=origin if entry.who or nobody != origin else "",
        origin_tip=ip,
        ip=ip if is_new else "",
        origin_url=reverse("import", args=[entry.imported]) if imports and entry.imported else "",
    )


def _unclear(entries: list[Entry]) -> set[tuple[str, str]]:
    told = {(entry.who, entry.email) for entry in entries if entry.email}
    if not told:
        return set()
    people = get_user_model()._base_manager.filter(name__in={name for name, _email in told})
    return unclear(told, set(people.values_list("name", "email")))


def unclear(told: set[tuple[str, str]], today: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Who, by name and address, is not clear by the name: others bear it, or it is theirs no longer (S6)."""
    bearers = Counter(name for name, _email in told | today)
    return {one for one in told if bearers[one[0]] > 1 or one not in today}


def _lines(section: Section, record: Kept, entry: Entry, may: bool) -> Iterator[Line]:
    if entry.kind == "+":
        yield Line(_("Added"))
    elif entry.kind == "-":
        yield Line(_("Deleted"))
    elif not entry.changes:
        yield Line(_("Changed"))
    for one in entry.changes:
        yield _line(section, record, one, may)


def _line(section: Section, record: Kept, one: FieldChange, may: bool) -> Line:
    url = reverse(section.url("put_back"), args=[record.pk, one.entry]) if may and one.entry else ""
    if one.said:
        return Line(one.label, said=one.said, url=one.url)
    if one.in_list:
        said = (
            _("%(what)s added") % {"what": one.new} if one.new else _("%(what)s removed") % {"what": one.old}
        )
        return Line(one.label, said=said, name=one.name, put_back_url=url)
    return Line(
        one.label, one.old or formats.not_set(), one.new or formats.not_set(), name=one.name, put_back_url=url
    )

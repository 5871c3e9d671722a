"""The time of one record as a picture: what happened from its beginning to today, a lane for each kind of thing.

One query a lane, however much happened: it counts by days, through the index over (record, moment).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Any

from babel.dates import format_date
from django.db.models import Count, Model
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.rights import HasRights
from ..screen import formats
from ..sections import Lane, Section, lanes_of

# Heights in pixels: of a lane, of its smallest and its tallest mark, of what stands below the lanes.
LANE, LOW, TALL, FOOT = 24, 5, 18, 24
MOST_TICKS = 8
# No word of the axis stands further right than so, in hundredths: "Today" does, at its end; on a phone it is wider.
LAST_TICK, LAST_TICK_ON_A_PHONE = 84, 66
_SHORTEST = dt.timedelta(days=13)


@dataclass(frozen=True)
class Step:
    """How finely time is parted: in days, weeks, or so many months; what the axis calls a step, and how many steps may
    lie between two of its words."""

    days: int = 0
    months: int = 0
    pattern: str = "LLL y"
    parted: tuple[int, ...] = (1,)

    def start(self, day: dt.date) -> dt.date:
        """The first day of the step that a day lies in."""
        if self.days == 1:
            return day
        if self.days:
            return day - dt.timedelta(days=day.weekday())
        month = (day.month - 1) // self.months * self.months
        return day.replace(month=month + 1, day=1)

    def next(self, start: dt.date) -> dt.date:
        """The first day of the step after."""
        if self.days:
            return start + dt.timedelta(days=self.days)
        month = start.month - 1 + self.months
        return start.replace(year=start.year + month // 12, month=month % 12 + 1)


DAYS = Step(days=1, pattern="d MMM", parted=(1, 2, 7, 14))
WEEKS = Step(days=7, pattern="d MMM", parted=(1, 2, 4, 8, 13))
MONTHS = Step(months=1, parted=(1, 2, 3, 6, 12))
QUARTERS = Step(months=3, pattern="y", parted=(4, 8, 20))
YEARS = Step(months=12, pattern="y", parted=(1, 2, 5, 10, 20, 50, 1000))
# Each serves up to so many days, so that there are at most sixty marks in a lane.
STEPS = ((45, DAYS), (370, WEEKS), (5 * 365, MONTHS), (15 * 366, QUARTERS))


def picture_of(section: Section, record: Model, staff: HasRights, *, begins: dt.datetime, said: str) -> dict:
    """What the picture and its table need; `said` is what there is to say of who has done nothing yet."""
    seen = [lane for lane in lanes_of(section) if not lane.right or staff.has_perm(lane.right)]
    counted = [(lane, days) for lane in seen if (days := _by_day(lane, record))]
    if not counted:
        return {"said": said}
    today, began = timezone.localdate(), timezone.localdate(begins)
    earliest = min(began, today, *(min(days) for _lane, days in counted))
    first = min(earliest, today - _SHORTEST)
    step = next((step for most, step in STEPS if (today - first).days <= most), YEARS)
    starts = _starts(step, first, today)
    lanes = [_lane(place, lane, days, step, starts) for place, (lane, days) in enumerate(counted)]
    sums = [formats.labelled(lane["title"], lane["count"]) for lane in lanes]
    return {
        "title": _("From %(first)s to today: %(sums)s")
        % {"first": formats.day(earliest), "sums": ", ".join(sums)},
        "lanes": lanes,
        "height": LANE * len(lanes),
        "whole_height": LANE * len(lanes) + FOOT,
        "text_at": LANE * len(lanes) + FOOT // 2 + 4,
        "ticks": list(_ticks(step, starts)),
        "began": _beginning(began, step, starts),
        "table": _table(lanes, step, starts),
    }


def _beginning(day: dt.date, step: Step, starts: list[dt.date]) -> dict:
    """Where the record began: a line, unless the picture begins with it."""
    place = starts.index(min(step.start(day), starts[-1]))
    label = formats.labelled(_("Since"), formats.day(day))
    return {"x": _middle(place, len(starts)), "label": label} if place else {}


def _by_day(lane: Lane, record: Model) -> dict[dt.date, int]:
    day = TruncDate(lane.at, tzinfo=timezone.get_default_timezone())
    rows = lane.rows(record).order_by().annotate(lane_day=day).values_list("lane_day")
    return dict(rows.annotate(lane_count=Count("pk")))


def _starts(step: Step, first: dt.date, last: dt.date) -> list[dt.date]:
    starts = [step.start(first)]
    while (following := step.next(starts[-1])) <= last:
        starts.append(following)
    return starts


def _middle(place: int, steps: int) -> str:
    return f"{100 * (place + 0.5) / steps:.2f}%"


def _lane(
    place: int, lane: Lane, days: dict[dt.date, int], step: Step, starts: list[dt.date]
) -> dict[str, Any]:
    numbers = dict.fromkeys(starts, 0)
    for day, number in days.items():
        # What is dated tomorrow stands at the end.
        numbers[min(step.start(day), starts[-1])] += number
    most, floor = max(numbers.values()), LANE * (place + 1) - 3
    marks = [
        {
            "x": _middle(at, len(starts)),
            "top": floor - _height(number, most),
            "floor": floor,
            "label": formats.labelled(_in_words(step, start), formats.number(number)),
        }
        for at, (start, number) in enumerate(numbers.items())
        if number
    ]
    return {
        "name": lane.name,
        "title": str(lane.title),
        "count": formats.number(sum(numbers.values())),
        "panel": lane.panel,
        "tone": lane.tone,
        "floor": floor,
        "marks": marks,
        "numbers": numbers,
    }


def _height(number: int, most: int) -> int:
    """By the root, so that one stays visible beside a hundred."""
    return round(LOW + (TALL - LOW) * sqrt((number - 1) / (most - 1))) if most > 1 else (LOW + TALL) // 2


def _ticks(step: Step, starts: list[dt.date]) -> Iterator[dict]:
    """Words of the axis, at most so many, where people part time: every second one goes where there is little room.

    Where the first of them is far enough, the beginning has its word too.
    """
    size = 100 / len(starts)
    places = next(found for every in step.parted if len(found := _parted(step, starts, every)) <= MOST_TICKS)
    if size * next(iter(places), LAST_TICK) >= LAST_TICK / MOST_TICKS:
        places = [0, *places]
    for number, place in enumerate(place for place in places if size * place <= LAST_TICK):
        yield {
            "x": f"{size * place:.2f}%",
            "label": _label(starts[place], step.pattern, formats.language()),
            "is_minor": number % 2 == 1 or size * place > LAST_TICK_ON_A_PHONE,
        }


def _parted(step: Step, starts: list[dt.date], every: int) -> list[int]:
    """The places at which a word stands, so many steps apart: of months, where years are parted evenly."""
    if step.days:
        return list(range(0, len(starts), every))
    months = every * step.months
    return [place for place, one in enumerate(starts) if (one.year * 12 + one.month - 1) % months == 0]


@lru_cache(maxsize=2_000)
def _label(day: dt.date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


def _in_words(step: Step, start: dt.date) -> str:
    """A step as it is told: a day, a month, a year, or from when to when."""
    last = step.next(start) - dt.timedelta(days=1)
    if step is DAYS:
        return formats.day(start)
    if step is WEEKS:
        return f"{formats.day(start)} – {formats.day(last)}"
    if step is QUARTERS:
        return f"{_label(start, 'LLL y', formats.language())} – {_label(last, 'LLL y', formats.language())}"
    return _label(start, step.pattern, formats.language())


def _table(lanes: list[dict], step: Step, starts: list[dt.date]) -> dict:
    """The same in figures, the latest first; times in which nothing happened are left out."""
    happened = [start for start in reversed(starts) if any(lane["numbers"][start] for lane in lanes)]
    return {
        "titles": [lane["title"] for lane in lanes],
        "rows": [
            {
                "title": _in_words(step, start),
                "cells": [formats.number(lane["numbers"][start] or None) for lane in lanes],
            }
            for start in happened
        ],
    }

"""This week beside last week, as a trend and as a picture."""

import datetime as dt

from babel.dates import format_date
from django.utils.translation import gettext as _

from backoffice.lists.pictures import Bar, bars
from backoffice.screen import formats
from backoffice.texts import Text

from ...queries.weeks import DAY, Total, TwoWeeks


def trend(now: Total, before: Total) -> dict | None:
    """How much more or less it is, in percent, from tenfold on how many times as much; None where there is nothing to
    compare."""
    if not before.number:
        return None
    more = now.number / before.number - 1
    if more >= 9:
        return {"text": f"×{formats.number(round(more + 1))}", "tone": "up"}
    said = formats.percent(more)
    return {
        "text": f"+{said}" if more > 0 else said,
        "tone": "up" if more > 0 else "down" if more < 0 else "",
    }


def picture_of(found: TwoWeeks, what: Text) -> str:
    """Two bars a day, that of last week pale."""
    weeks = (found.span.last_week, found.span.this_week)
    numbers = [[found.days.get(day, Total()).number for day in week] for week in weeks]
    told = [
        Bar(formats.labelled(formats.day(day), formats.number(number)), number, 22 * place + 8 * which, tone)
        for which, (week, tone) in enumerate(zip(weeks, (3, 1), strict=True))
        for place, (day, number) in enumerate(zip(week, numbers[which], strict=True))
    ]
    last_week, this_week = (", ".join(map(formats.number, one)) for one in numbers)
    title = _("%(what)s a day. This week: %(this_week)s. Last week: %(last_week)s.") % {
        "what": what,
        "this_week": this_week,
        "last_week": last_week,
    }
    return bars(title, told, width=148)


def letters() -> list[str]:
    """The days of a week by their first letters, as the reader's language has them."""
    monday = dt.date(2024, 1, 1)
    return [format_date(monday + place * DAY, "ccccc", locale=formats.language()) for place in range(7)]

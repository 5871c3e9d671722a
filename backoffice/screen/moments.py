"""Moments on a page: to the minute, and to the second for who points at them (issue 8, point 11)."""

import datetime as dt

from . import formats
from .markup import fill


def second(value: dt.datetime) -> str:
    """A day with hours, minutes and seconds as an element, where many moments share a minute."""
    return fill('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), formats.moment(value))


def minute_with_seconds(value: dt.datetime | None) -> str:
    """A day with hours and minutes as an element whose tip has the seconds; "" for no moment."""
    if value is None:
        return ""
    return fill(
        '<time datetime="{}" title="{}">{}</time>',
        value.isoformat(timespec="seconds"),
        formats.moment(value),
        formats.minute(value),
    )

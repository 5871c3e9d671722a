"""The latest rows of something a record has no list of yet: ten for its panel, and how many there are."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ..screen import formats

ROWS = 10
MOST = 100
_RECENT = dt.timedelta(days=90)


@dataclass(frozen=True)
class Latest:
    """Up to MOST + 1 rows in their order: how many there are is known up to MOST, whatever there is."""

    found: list[Any]

    @property
    def rows(self) -> list[Any]:
        """The first ten."""
        return self.found[:ROWS]

    @property
    def count(self) -> str:
        """Their number as people read it: "12" or "more than 100"."""
        if len(self.found) > MOST:
            return _("more than %(number)s") % {"number": formats.number(MOST)}
        return formats.number(len(self.found))


def latest(rows: QuerySet, *, since: str = "") -> Latest:
    """The first of these ordered rows, one query however many there are.

    `since` names the moment of a table that grows for ever: the last 90 days are asked first, and what is older only
    where that is not enough for a panel (decision 55).
    """
    if since:
        recent = list(rows.filter(**{f"{since}__gte": timezone.now() - _RECENT})[: MOST + 1])
        if len(recent) >= MOST:
            return Latest(recent)
    return Latest(list(rows[: MOST + 1]))

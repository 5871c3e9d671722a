"""What came in today and this week beside last week, the same hours of both: never six days beside seven."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from backoffice.lists.paging import kept_count
from backoffice.screen.days import start_of

from ..models.cart import ZERO

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


@dataclass(frozen=True)
class Span:
    """This week as far as it has come, and last week, by the shop's clock: Monday is the first day."""

    now: dt.datetime = field(default_factory=timezone.localtime)

    @property
    def today(self) -> dt.date:
        """Today in the shop's time zone."""
        return self.now.date()

    @property
    def monday(self) -> dt.date:
        """The first day of this week."""
        return self.today - dt.timedelta(days=self.today.weekday())

    @property
    def week_ago(self) -> dt.datetime:
        """The same hour of the same day of last week, whatever daylight saving did since."""
        return timezone.make_aware(
            dt.datetime.combine(self.today - WEEK, self.now.time()), timezone.get_default_timezone()
        )

    @property
    def last_week(self) -> list[dt.date]:
        """The days of last week."""
        return [self.monday - WEEK + place * DAY for place in range(7)]

    @property
    def this_week(self) -> list[dt.date]:
        """The days of this week."""
        return [self.monday + place * DAY for place in range(7)]


@dataclass(frozen=True, kw_only=True)
class Total:
    """How many there were and what they came to."""

    number: int = 0
    amount: Decimal = ZERO

    def __add__(self, other: "Total") -> "Total":
        return Total(number=self.number + other.number, amount=self.amount + other.amount)


@dataclass(frozen=True)
class TwoWeeks:
    """What came in, by day; `so_far` leaves out what came later than this hour a week ago."""

    span: Span
    days: dict[dt.date, Total]
    so_far: dict[dt.date, Total]

    @property
    def today(self) -> tuple[Total, Total]:
        """Today, and the same day a week ago as far as to this hour."""
        return self._of([self.span.today], self.days), self._of([self.span.today - WEEK], self.so_far)

    @property
    def week(self) -> tuple[Total, Total]:
        """This week, and last week as far as to this day and hour."""
        return self._of(self.span.this_week, self.days), self._of(self.span.last_week, self.so_far)

    @staticmethod
    def _of(days: list[dt.date], sums: dict[dt.date, Total]) -> Total:
        return sum((sums.get(day, Total()) for day in days), Total())


def two_weeks(rows: QuerySet, moment: str, span: Span, *, version: int, amount: str = "") -> TwoWeeks:
    """What came in during this week and the last one: one question about fourteen days, asked once a minute or where
    the list, whose `version` it is, has changed."""
    key = ("two weeks", rows.model._meta.label_lower, version, span.now.replace(second=0, microsecond=0))
    found = kept_count(key, lambda: list(_by_day(rows, moment, span, amount)))
    days = {one["day"]: Total(number=one["n"], amount=one.get("amount") or ZERO) for one in found}
    so_far = {
        one["day"]: Total(number=one["n_so_far"], amount=one.get("amount_so_far") or ZERO) for one in found
    }
    return TwoWeeks(span, days, so_far)


def _by_day(rows: QuerySet, moment: str, span: Span, amount: str) -> QuerySet:
    until = Q(**{f"{moment}__lte": span.week_ago})
    sums = {"n": Count("pk"), "n_so_far": Count("pk", filter=until)}
    if amount:
        sums |= {"amount": Sum(amount), "amount_so_far": Sum(amount, filter=until)}
    within = {
        f"{moment}__gte": start_of(span.monday - WEEK),
        f"{moment}__lt": start_of(span.monday + WEEK),
    }
    day = TruncDate(moment, tzinfo=timezone.get_default_timezone())
    return rows.filter(**within).order_by().annotate(day=day).values("day").annotate(**sums)

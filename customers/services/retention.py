"""Visits, pages viewed and e-mails sent are thrown away by age; what a customer's figures say of them stays."""

import datetime as dt

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import timezone

from backoffice.database.counting import one_change
from backoffice.models import Counter

from ..models import CustomerFigures, Mail, PageView, Visit, Visitor

BLOCK = 5_000


def forget_old_visits() -> str:
    """Deletes visits, pages viewed and browsers that are older than the settings keep them."""
    now = timezone.now()
    pages = _delete_in_blocks(
        old_pages(now - dt.timedelta(days=settings.PAGE_VIEW_DAYS)).order_by("viewed_at")
    )
    return f"{delete_visits(now - dt.timedelta(days=settings.VISIT_DAYS))} visits and {pages} pages viewed deleted"


def old_visits(latest: dt.datetime) -> QuerySet[Visit]:
    """The visits that began before that moment."""
    return Visit.objects.filter(started_at__lt=latest).order_by("started_at")


def old_pages(latest: dt.datetime) -> QuerySet[PageView]:
    """The pages viewed before that moment."""
    return PageView.objects.filter(viewed_at__lt=latest)


def delete_visits(latest: dt.datetime) -> int:
    """Deletes the visits that began before that moment, with what was viewed during them, a block at a time; how many.

    The last visit of each customer stays known (decision 55).
    """
    visits = 0
    while gone := _forget_visits(latest):
        visits += gone
    _delete_in_blocks(Visitor.objects.filter(seen_at__lt=latest).order_by("seen_at"))
    return visits


@one_change()
def _forget_visits(latest: dt.datetime) -> int:
    """A block of them. The last visit of a customer survives the row it came from: it is an opening figure then."""
    old = list(old_visits(latest).values_list("pk", flat=True)[:BLOCK])
    if not old:
        return 0
    rows = Visit.objects.filter(pk__in=old)
    last = dict(rows.exclude(customer=None).order_by().values_list("customer").annotate(at=Max("started_at")))
    figures = CustomerFigures.objects.select_for_update().filter(pk__in=last).order_by("pk")
    moved = [one for one in figures if one.opening_visit_at is None or one.opening_visit_at < last[one.pk]]
    for one in moved:
        one.opening_visit_at = last[one.pk]
    CustomerFigures.objects.bulk_update(moved, ["opening_visit_at"])
    PageView.objects.filter(visit__in=old).delete()
    rows.delete()
    Counter.move(Visit._meta.label_lower, -len(old))
    return len(old)


def forget_old_mails() -> str:
    """Deletes the lines of e-mails that are older than the settings keep them."""
    latest = timezone.now() - dt.timedelta(days=settings.MAIL_DAYS)
    gone = 0
    while block := _forget_mails(latest):
        gone += block
    return f"{gone} e-mails of the log deleted"


def old_mails(latest: dt.datetime) -> QuerySet[Mail]:
    """The lines of e-mails sent before that moment."""
    return Mail.objects.filter(sent_at__lt=latest).order_by("sent_at")


@one_change()
def _forget_mails(latest: dt.datetime) -> int:
    old = list(old_mails(latest).values_list("pk", flat=True)[:BLOCK])
    if old:
        Mail.objects.filter(pk__in=old).delete()
        Counter.move(Mail._meta.label_lower, -len(old))
    return len(old)


def _delete_in_blocks(old: QuerySet) -> int:
    gone = 0
    while keys := list(old.values_list("pk", flat=True)[:BLOCK]):
        gone += old.filter(pk__in=keys).delete()[0]
    return gone

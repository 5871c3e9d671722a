"""Visits to the shop, as its pages tell of them (S1.65, S1.66, S4.70, S4.71, S4.76; facts 1.12)."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from backoffice.database.counting import one_change
from backoffice.models import Counter
from backoffice.records import changes
from backoffice.records.actors import Actor
from groups.rules.filling import Fact

from ..models import Customer, PageView, Visit, Visitor
from ..rules import visits as rules
from .figures import record_visit
from .group_filling import lock_for_rules

_TEXT = {name: Visit._meta.get_field(name).max_length for name in ("referrer", "landing_url", "user_agent")}


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What is known of who comes to a page: the browser's token, and where they come from."""

    visitor: str
    page: str = ""
    ip: str | None = None
    user_agent: str = ""
    referrer: str = ""
    customer: Customer | None = None


@one_change()
def begin_visit(arrival: Arrival, *, by: Actor, at: dt.datetime | None = None) -> Visit | None:
    """The visit of this browser: the one it is on, or a new one after half an hour of silence; None for a robot.

    Another customer than the visit's begins a new one. What is told late belongs to a visit of its own time, and the
    one that goes on stays as it is. Gone where the customer was deleted meanwhile.
    """
    if rules.is_robot(arrival.user_agent):
        return None
    visitor = _locked(arrival.visitor, at)
    now = _no_later_than_now(at)  # once it is this page's turn: the one before it may have begun the visit
    visit = _visit_at(visitor, now, arrival.customer)
    if visit is None or not _go_on(visit, now, arrival.customer):
        visit = _new_visit(arrival, now)
    if now >= visitor.seen_at:
        visitor.visit_id, visitor.seen_at = visit.pk, now
        visitor.save(update_fields=["visit_id", "seen_at"])
    return visit


@one_change()
def view_page(
    arrival: Arrival, *, by: Actor, at: dt.datetime | None = None, product_id: int | None = None
) -> Visit | None:
    """This browser looked at a page, of a product where it is one; a visit begins with it where there is none."""
    visit = begin_visit(arrival, by=by, at=at)
    if visit is None:
        return None
    now = _no_later_than_now(at)
    before = PageView.objects.filter(visit=visit.pk, viewed_at__lte=now).order_by("-viewed_at", "-pk").first()
    if before is not None and before.seconds == 0:
        stayed = min(now - before.viewed_at, rules.SILENCE)
        PageView.objects.filter(pk=before.pk).update(seconds=int(stayed.total_seconds()))
    PageView.objects.create(
        visit=visit, url=rules.path_of(arrival.page), product_id=product_id, viewed_at=now
    )
    Visit.objects.filter(pk=visit.pk).update(pages_count=F("pages_count") + 1)
    visit.pages_count += 1
    return visit


@one_change()
def end_visit(visitor: str, *, by: Actor, at: dt.datetime | None = None) -> Visit | None:
    """This browser left: the next page is a new visit. None where it was on none."""
    now = _no_later_than_now(at)
    known = Visitor.objects.select_for_update().filter(pk=visitor).first()
    visit = _visit_at(known, now) if known else None
    if known is None or visit is None or not _go_on(visit, now):
        return None
    if now >= known.seen_at:
        known.visit_id, known.seen_at = None, now
        known.save(update_fields=["visit_id", "seen_at"])
    return visit


@one_change()
def link_visits(visitor: str, customer: Customer, *, by: Actor) -> int:
    """Whoever used this browser has signed in: its visits that were nobody's are theirs (facts 1.12); how many."""
    nobodys = Visit.objects.filter(visitor=visitor, customer=None)
    latest = nobodys.order_by("-started_at").values_list("started_at", flat=True).first()
    linked = nobodys.update(customer=customer)
    if latest is not None:
        record_visit(customer.pk, started_at=latest)
    return linked


def hold_who_comes(customer: Customer) -> None:
    """Nobody deletes them until the change ends: customers are locked before their visits and figures. Gone for one
    who was deleted."""
    lock_for_rules([customer.pk], (Fact.LAST_VISIT,))
    changes.hold(Customer, [customer.pk])


def _locked(token: str, at: dt.datetime | None) -> Visitor:
    """The browser, known from now on, locked: two of its pages at once begin one visit."""
    known = Visitor.objects.select_for_update().filter(pk=token).first()
    if known is None:
        try:
            with transaction.atomic():
                Visitor.objects.create(token=token, seen_at=_no_later_than_now(at))
        except IntegrityError:
            pass
        known = Visitor.objects.select_for_update().get(pk=token)
    return known


def _visit_at(visitor: Visitor, now: dt.datetime, customer: Customer | None = None) -> Visit | None:
    """The visit to which that moment belongs: the one that goes on, or for what is told late one of then.

    None where there is none, and where it is another's than this customer's.
    """
    if now < visitor.seen_at:
        then = Visit.objects.filter(
            _open_to(customer),
            visitor=visitor.pk,
            started_at__lte=now,
            last_seen_at__gte=now - rules.SILENCE,
        )
        return then.order_by("-started_at", "-pk").first()
    visit = Visit.objects.filter(_open_to(customer), pk=visitor.visit_id).first()
    return visit if visit and rules.goes_on(visit.last_seen_at, now) else None


def _open_to(customer: Customer | None) -> Q:
    """The visits to which a page of this customer may belong; of nobody in particular, all."""
    return Q(customer=None) | Q(customer=customer) if customer else Q()


def _go_on(visit: Visit, now: dt.datetime, customer: Customer | None = None) -> bool:
    """Whether the visit is there still, and open to this customer: it lasts until then, and is theirs from now on."""
    comes = customer if visit.customer_id is None else None
    if comes:
        hold_who_comes(comes)
    visit.last_seen_at = max(visit.last_seen_at, now)
    whose = {"customer": comes} if comes else {}
    rows = Visit.objects.filter(_open_to(customer), pk=visit.pk)
    if not rows.update(last_seen_at=visit.last_seen_at, **whose):
        return False
    if comes:
        record_visit(comes.pk, started_at=visit.started_at)
    return True


def _new_visit(arrival: Arrival, now: dt.datetime) -> Visit:
    if arrival.customer:
        hold_who_comes(arrival.customer)
    own_host = rules.host_of(settings.SHOP_URL)
    visit = Visit.objects.create(
        customer=arrival.customer,
        visitor=arrival.visitor,
        started_at=now,
        last_seen_at=now,
        device=rules.device_of(arrival.user_agent),
        ip=arrival.ip,
        origin=rules.origin_of(arrival.referrer, own_host=own_host),
        referrer=arrival.referrer[: _TEXT["referrer"]],
        landing_url=rules.path_of(arrival.page)[: _TEXT["landing_url"]] if arrival.page else "",
        user_agent=arrival.user_agent[: _TEXT["user_agent"]],
    )
    Counter.move(Visit._meta.label_lower, 1)
    if arrival.customer:
        record_visit(arrival.customer.pk, started_at=now)
    return visit


def _no_later_than_now(at: dt.datetime | None) -> dt.datetime:
    now = timezone.now()
    return now if at is None else min(at, now)

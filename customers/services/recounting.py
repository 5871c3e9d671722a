"""The stored figures that this app can count: last visits, members, tagged customers, and the length of lists."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count, Max, Model, Q

from backoffice.records.actors import Actor
from backoffice.records.recounting import Difference, StoredFigures, between, blocks_of, recount_list
from groups.models import Group

from ..models import (
    NOT_STATED,
    Consent,
    Customer,
    CustomerFigures,
    Direction,
    Membership,
    Message,
    Note,
    Tag,
    Tagging,
    Thread,
    Visit,
)
from .consents import CONSENTS, last_lines, note_consents


def recount_customers(*, mend: bool) -> Iterator[Difference]:
    """All of them, in an order in which the first mends what the others rest on."""
    yield from _missing_rows(mend=mend)
    yield from LAST_VISITS.differences(mend=mend)
    yield from MEMBERS.differences(mend=mend)
    yield from TAGGED.differences(mend=mend)
    yield from SAID.differences(mend=mend)
    yield from _consents(mend=mend)
    for model in (Note, Message, Visit):
        yield from recount_list(model, mend=mend)


def _missing_rows(*, mend: bool) -> Iterator[Difference]:
    without = list(Customer.objects.filter(figures=None).order_by("pk").values_list("pk", flat=True))
    for key in without:
        yield Difference(f"customers.CustomerFigures {key}", "record", None, "one")
    if mend:
        CustomerFigures.objects.bulk_create(
            [CustomerFigures(customer_id=key) for key in without], ignore_conflicts=True, batch_size=5_000
        )


def _consents(*, mend: bool) -> Iterator[Difference]:
    """Flags that are not what the last line of the ledger says. The ledger is mended: counting subscribes nobody."""
    for keys in blocks_of(Customer):
        if wrong := list(_unlike_their_lines(keys)):
            for key, kind, said, given in wrong:
                yield Difference(f"{Consent._meta.label} {key}", kind, said, given)
            if mend:
                _add_missing_lines(sorted({key for key, *_rest in wrong}))


def _unlike_their_lines(keys: list[int]) -> Iterator[tuple[int, str, bool, bool]]:
    lines = last_lines(between("customer", keys))
    for key, *flags in Customer.objects.filter(pk__among=keys).order_by("pk").values_list("pk", *CONSENTS):
        for kind, given in zip(CONSENTS, flags, strict=True):
            said = lines.get((key, kind), False)
            if said is not given:
                yield key, kind, said, given


@transaction.atomic
def _add_missing_lines(keys: list[int]) -> None:
    locked = Customer.objects.select_for_update(of=("self",)).filter(pk__among=keys).order_by("pk")
    keys = list(locked.values_list("pk", flat=True))
    for key, kind, _said, given in list(_unlike_their_lines(keys)) if keys else []:
        note_consents({key: NOT_STATED}, kind, given, by=Actor.command())


def _last_visits(keys: list[int]) -> Iterator[tuple[int, dict]]:
    visits = Visit.objects.filter(between("customer", keys))
    latest = visits.values("customer_id").order_by().annotate(latest=Max("started_at"))
    for customer_id, at in latest.values_list("customer_id", "latest"):
        yield customer_id, {"last_visit_at": at}


def _later_one(row: dict, counted: dict) -> dict:
    known = [at for at in (row["opening_visit_at"], counted["last_visit_at"]) if at]
    return {"last_visit_at": max(known, default=None)}


LAST_VISITS = StoredFigures(
    model=CustomerFigures,
    figures=("last_visit_at",),
    beside=("opening_visit_at",),
    count=_last_visits,
    nothing={"last_visit_at": None},
    combine=_later_one,
)


def _here_by(pairs: type[Model], column: str, figure: str, keys: list[int]) -> Iterator[tuple[int, dict]]:
    rows = pairs.objects.filter(between(column, keys), customer__deleted=False)
    for key, number in rows.values(column).order_by().annotate(n=Count("pk")).values_list(column, "n"):
        yield key, {figure: number}


MEMBERS = StoredFigures(
    model=Group,
    figures=("members_count",),
    count=lambda keys: _here_by(Membership, "group_id", "members_count", keys),
    nothing={"members_count": 0},
)
TAGGED = StoredFigures(
    model=Tag,
    figures=("customers_count",),
    count=lambda keys: _here_by(Tagging, "tag_id", "customers_count", keys),
    nothing={"customers_count": 0},
)


def _said(keys: list[int]) -> Iterator[tuple[int, dict]]:
    rows = Message.objects.filter(between("thread", keys)).values("thread_id").order_by()
    found = rows.annotate(
        last=Max("sent_at", filter=Q(private=False)),
        waiting=Count("pk", filter=Q(direction=Direction.CUSTOMER, read_at=None)),
    )
    for key, last, waiting in found.values_list("thread_id", "last", "waiting"):
        yield key, {"last_message_at": last, "unread": waiting > 0}


SAID = StoredFigures(
    model=Thread,
    figures=("last_message_at", "unread"),
    count=_said,
    nothing={"last_message_at": None, "unread": False},
    combine=lambda row, counted: {
        **counted,
        "last_message_at": counted["last_message_at"] or row["last_message_at"],
    },
)

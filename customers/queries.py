"""What pages ask about customers."""

import datetime as dt
from collections import Counter as Tally

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from backoffice.database.folding import fold
from backoffice.database.search import find
from backoffice.lists.key_figures import by_week, last_weeks, store
from backoffice.numbers import whole
from backoffice.personal import Personal
from backoffice.sections import Declared
from backoffice.sections.kinds import Kind
from backoffice.staff.models import StaffMember
from backoffice.tables.lookups import Lookup

from . import rules
from .models import (
    COLUMN_OF,
    Consent,
    Customer,
    CustomerFigures,
    CustomField,
    CustomKind,
    Membership,
    Tag,
    Tagging,
    Task,
    Title,
    Visit,
)


def _titles() -> dict[int, Title]:
    return {title.pk: title for title in Title.objects.order_by("id")}


def _tags() -> dict[int, Tag]:
    return {tag.pk: tag for tag in sorted(Tag.objects.all(), key=lambda tag: fold(tag.name))}


def _agents() -> dict[int, str]:
    return _names(StaffMember.objects.all())


def _colleagues() -> dict[int, str]:
    return _names(StaffMember.objects.active())


def _names(people: QuerySet[StaffMember]) -> dict[int, str]:
    names = people.values_list("id", "name")
    return dict(sorted(names, key=lambda person: (fold(person[1]), person[0])))


def assignable(key: int | None) -> QuerySet[StaffMember]:
    """Who works here, and who has it already: whoever left keeps it until somebody chooses another (decision 5)."""
    return StaffMember.objects.filter(Q(is_active=True) | Q(pk=key))


def _custom_fields() -> tuple[Declared, ...]:
    """The fields that staff declared and have not retired, in their order."""
    fields = CustomField.objects.filter(active=True).order_by("position", "pk")
    return tuple(
        Declared(
            key=field.pk,
            names=(
                ("", field.name),
                *((code, getattr(field, f"name_{code}")) for code in ("fr", "pl", "ro")),
            ),
            kind=_KINDS[CustomKind(field.kind)],
            column=COLUMN_OF[CustomKind(field.kind)],
            choices=tuple(field.choices.splitlines()),
            personal=Personal(field.about),
            in_list=field.in_list,
            in_search=field.in_search,
        )
        for field in fields
    )


_KINDS = {
    CustomKind.TEXT: Kind.TEXT,
    CustomKind.LONG_TEXT: Kind.LONG_TEXT,
    CustomKind.NUMBER: Kind.NUMBER,
    CustomKind.AMOUNT: Kind.AMOUNT,
    CustomKind.DAY: Kind.DAY,
    CustomKind.YES_NO: Kind.YES_NO,
    CustomKind.CHOICE: Kind.CHOICE,
}


def find_customers(text: str) -> QuerySet[Customer]:
    """Who is meant by what somebody typed, hidden people left out: their ID, or else as the quick search of the list
    finds them."""
    here, number = Customer.objects.here(), whole(text)
    if number is not None and (found := here.filter(pk=number)).exists():
        return found
    return find(here, text, exactly="email_key").order_by("last_name_key", "first_name_key", "pk")


def tasks_of_days(
    first: dt.date, last: dt.date, staff: StaffMember | None, *, most: int
) -> dict[dt.date, list[dict]]:
    """The tasks due on each of these days, so many a day at most, what is open and early first; `of_day` is how many
    there are. Those of one member of staff, or of everybody."""
    tasks = Task.objects.here().filter(due_on__range=(first, last))
    if staff is not None:
        tasks = tasks.filter(assignee=staff.pk)
    order = (F("done_at").asc(nulls_first=True), F("due_time").asc(nulls_first=True), "pk")
    rows = tasks.annotate(
        place=Window(RowNumber(), partition_by="due_on", order_by=order),
        of_day=Window(Count("pk"), partition_by="due_on"),
    ).filter(place__lte=most)
    found: dict[dt.date, list[dict]] = {}
    shown = ("id", "title", "due_on", "due_time", "done_at", "customer__first_name", "customer__last_name")
    for row in rows.order_by("due_on", "place").values(*shown, "of_day"):
        found.setdefault(row["due_on"], []).append(row)
    return found


def lines_of(customer: Customer) -> QuerySet[Consent]:
    """Their lines of the consent ledger, the latest first: they are numbered as they were written."""
    return Consent.objects.filter(customer=customer.pk).order_by("-pk").select_related("staff")


CUSTOM_FIELDS = Lookup(counter="customers.customfield", read=_custom_fields)
TITLES = Lookup(counter="customers.title", read=_titles)
TAGS = Lookup(counter="customers.tag", read=_tags)
AGENTS = Lookup(counter="staff.staffmember", read=_agents)
COLLEAGUES = Lookup(counter="staff.staffmember", read=_colleagues)


def groups_of(ids: list[int]) -> dict[int, list[int]]:
    """The group ids of these customers, in one query."""
    return _pairs(Membership.objects.filter(customer_id__in=ids).order_by("group_id"), "group_id")


def tags_of(ids: list[int]) -> dict[int, list[int]]:
    """The tag ids of these customers, in one query."""
    return _pairs(Tagging.objects.filter(customer_id__in=ids), "tag_id")


def _pairs(rows, target: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for owner, key in rows.values_list("customer_id", target):
        found.setdefault(owner, []).append(key)
    return found


def refresh_key_figures() -> None:
    """Work the key figures of the list out and keep them (facts 2.6); a scan, for the worker and the refresh button."""
    today = timezone.localdate()
    here = Customer.objects.here()
    counts = here.aggregate(
        people=Count("pk"),
        active_people=Count("pk", filter=Q(active=True)),
        readers=Count("pk", filter=Q(newsletter=True)),
        **{
            kind: Count("pk", filter=Q(active=True, title__kind=kind))
            for kind in (Title.Kind.MALE, Title.Kind.FEMALE, Title.Kind.NEUTRAL)
        },
    )
    years = Tally()
    born = here.filter(active=True, birthday__isnull=False).values_list("birthday").annotate(n=Count("pk"))
    for birthday, number in born.iterator():
        years["people"] += number
        years["days"] += (today - birthday).days * number
    average = round(years["days"] / years["people"] / 365) if years["people"] else None
    orders = (
        CustomerFigures.objects.filter(customer__deleted=False).aggregate(n=Sum("valid_orders_count"))["n"]
        or 0
    )
    weeks = last_weeks()
    store(
        "customers",
        {
            **counts,
            "average_age": average,
            "valid_orders": orders,
            "signups": [one.count() for one in by_week(here, "registered_at", weeks)],
            "weeks_first": weeks[0].isoformat(),
        },
    )


def born_on(day: dt.date) -> QuerySet[Customer]:
    """The customers whose birthday is on that day, asked for by the days of all years, which an index has: no row is
    read for its month."""
    return Customer.objects.here().filter(birthday__among=rules.births_on(day))


def perhaps_theirs(ip: str | None, *, most: int = 3) -> list[Visit]:
    """The latest visits of nobody in particular from an IP address, of 90 days: perhaps of who uses it (S4.71)."""
    if ip is None:
        return []
    since = timezone.now() - dt.timedelta(days=90)
    nobodys = Visit.objects.filter(ip=ip, customer=None, started_at__gte=since)
    return list(nobodys.order_by("-started_at")[:most])

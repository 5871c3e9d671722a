"""Groups and tags of people, one at a time and set-wise, with their history and stored counts."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.database.counting import move, one_change
from backoffice.models import Counter
from backoffice.numbers import whole
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.records.history import record_set, signed_by
from groups.models import Group

from ..models import Customer, Membership, Tag, Tagging, Title
from .locking import locked


def set_groups(customer: Customer, groups: Iterable[Group], *, by: Actor, only_add: bool = False) -> bool:
    """Make these the customer's groups; True when that changed anything. ValidationError at `groups` for none."""
    wanted = {group.pk for group in groups}
    if not wanted:
        raise ValidationError({"groups": _("Tick at least one group.")})
    now = set(customer.memberships.values_list("group_id", flat=True))
    for key in sorted(wanted - now):
        membership = Membership(customer=customer, group_id=key)
        signed_by(membership, by)
        membership.save()
    gone = set() if only_add else now - wanted
    for membership in customer.memberships.filter(group_id__in=gone):
        signed_by(membership, by)
        membership.delete()
    if not customer.deleted:
        for key in wanted - now | gone:
            move(Group, key, "members_count", 1 if key in wanted else -1)
    return bool(wanted - now or gone)


def set_tags(customer: Customer, tags: Iterable[Tag], *, by: Actor) -> bool:
    """Make these the customer's tags; True when that changed anything."""
    wanted = {tag.pk for tag in tags}
    now = set(customer.taggings.values_list("tag_id", flat=True))
    for key in sorted(wanted - now):
        tagging = Tagging(customer=customer, tag_id=key)
        signed_by(tagging, by)
        tagging.save()
    for tagging in customer.taggings.filter(tag_id__in=now - wanted):
        signed_by(tagging, by)
        tagging.delete()
    if not customer.deleted:
        for key in wanted ^ now:
            move(Tag, key, "customers_count", 1 if key in wanted else -1)
    return wanted != now


@one_change()
def add_to_group(rows: QuerySet, *, by: Actor, choice: str) -> list[int]:
    """Put all these customers into a group; returns who was not in it yet."""
    group = _chosen(Group, choice)
    return _pair(rows.exclude(memberships__group=group), Membership, "group_id", group, "members_count", by)


@one_change()
def remove_from_group(rows: QuerySet, *, by: Actor, choice: str) -> list[int]:
    """Take all these customers out of a group; returns who.

    Whose default group it is gets the smallest of their other groups as default; who has no other stays (facts 7.7).
    """
    group = _chosen(Group, choice)
    ids = rows.filter(memberships__group=group).values_list("pk", flat=True)
    gone: list[int] = []
    for batch in locked(ids):
        batch = list(
            Membership.objects.filter(group=group, customer__in=batch).values_list("customer_id", flat=True)
        )
        pairs = Membership.objects.filter(customer_id__in=batch).exclude(group=group).order_by("-group_id")
        others: dict[int, int] = dict(pairs.values_list("customer_id", "group_id"))
        moved: dict[int, list[int]] = {}
        for customer, default in Customer.objects.filter(pk__in=others, default_group=group).values_list(
            "pk", "id"
        ):
            moved.setdefault(others[customer], []).append(default)
        for default, people in moved.items():
            touched = Customer.objects.filter(pk__in=people)
            touched.update(default_group_id=default)
            record_set(touched, by=by)
        members = Membership.objects.filter(group=group, customer_id__in=others)
        record_set(members, by=by, kind="-")
        move(Group, group.pk, "members_count", -members.filter(customer__deleted=False).count())
        members._raw_delete(members.db)
        _touch(others)
        gone += others
    Counter.move(Customer._meta.label_lower)
    return gone


def whose_default_it_is(rows: QuerySet, choice: str) -> list[int]:
    """Those of these customers whose default group `remove_from_group` would change."""
    elsewhere = Membership.objects.filter(customer=OuterRef("pk")).exclude(group=choice)
    return list(rows.filter(Exists(elsewhere), default_group=choice).values_list("pk", flat=True))


@one_change()
def back_in_group(rows: QuerySet, *, by: Actor, choice: str, remembered: Iterable[int] = ()) -> list[int]:
    """Put who left a group into it again; for those `remembered` it is the default group as before."""
    came = add_to_group(rows, by=by, choice=choice)
    for batch in locked(remembered):
        people = Customer.objects.filter(pk__in=batch, memberships__group=choice)
        touched = Customer.objects.filter(pk__in=list(people.values_list("pk", flat=True)))
        touched.update(default_group=choice)
        record_set(touched, by=by)
        _touch(batch)
    return came


@one_change()
def tag(rows: QuerySet, *, by: Actor, choice: str) -> list[int]:
    """Put a tag on all these customers; returns who had it not yet."""
    chosen = _chosen(Tag, choice)
    return _pair(rows.exclude(taggings__tag=chosen), Tagging, "tag_id", chosen, "customers_count", by)


@one_change()
def untag(rows: QuerySet, *, by: Actor, choice: str) -> list[int]:
    """Take a tag off all these customers; returns who had it."""
    chosen = _chosen(Tag, choice)
    ids = rows.filter(taggings__tag=chosen).values_list("pk", flat=True)
    gone: list[int] = []
    for batch in locked(ids):
        pairs = Tagging.objects.filter(tag=chosen, customer_id__in=batch)
        batch = list(pairs.values_list("customer_id", flat=True))
        record_set(pairs, by=by, kind="-")
        move(Tag, chosen.pk, "customers_count", -pairs.filter(customer__deleted=False).count())
        pairs._raw_delete(pairs.db)
        _touch(batch)
        gone += batch
    Counter.move(Customer._meta.label_lower)
    return gone


@one_change()
def delete_tag(tag: Tag, *, by: Actor) -> None:
    """Delete a tag; whoever carries it is written down as having lost it."""
    untag(Customer.objects.all(), by=by, choice=str(tag.pk))
    changes.delete(tag, by=by)


@one_change()
def delete_title(title: Title, *, by: Actor) -> None:
    """Delete a title; its customers are left without one (facts 11.1), each with that in the history."""
    for batch in locked(Customer.objects.filter(title=title).values_list("pk", flat=True)):
        people = Customer.objects.filter(pk__in=batch)
        people.update(title=None)
        _touch(batch)
        record_set(people, by=by)
    changes.delete(title, by=by)
    Counter.move(Customer._meta.label_lower)


def _touch(ids: Iterable[int]) -> None:
    """Say that these customers are changed: a form that was open meanwhile is asked before it is saved."""
    Customer.objects.filter(pk__in=ids).update(version=F("version") + 1, updated_at=timezone.now())


def _chosen(model, choice: str):
    key = whole(choice)
    found = None if key is None else model.objects.filter(pk=key).first()
    if found is None:
        raise NotAllowed(_("Choose one of the list, please."))
    return found


def _pair(rows, pairs_model, column: str, target, count: str, by: Actor) -> list[int]:
    came: list[int] = []
    for batch in locked(rows.values_list("pk", flat=True)):
        pairs = pairs_model.objects.filter(customer_id__in=batch, **{column: target.pk})
        there = set(pairs.values_list("customer_id", flat=True))
        batch = [key for key in batch if key not in there]
        pairs_model.objects.bulk_create(
            [pairs_model(customer_id=key, **{column: target.pk}) for key in batch]
        )
        new = pairs_model.objects.filter(customer_id__in=batch, **{column: target.pk})
        record_set(new, by=by, kind="+")
        _touch(batch)
        move(type(target), target.pk, count, new.filter(customer__deleted=False).count())
        came += batch
    Counter.move(Customer._meta.label_lower)
    return came

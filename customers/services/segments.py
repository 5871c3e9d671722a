"""Groups and tags of many people at once, with their history and stored counts; who is hidden is left as they are."""

from collections.abc import Iterable

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.numbers import whole
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.sections import Choice
from groups.models import Group

from ..models import HERE, Customer, Membership, Tag, Title
from ..rights import SEGMENT
from .pairs import MEMBERSHIPS, TAGGINGS, Pairs, hidden_among, pair, part


@verb(SEGMENT.name)
@one_change()
def add_to_group(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
    """Put all these customers into a group; returns who was not in it yet."""
    return _pair_all(MEMBERSHIPS, rows, _chosen(Group, choice), by=by)


@verb(SEGMENT.name)
@one_change()
def remove_from_group(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
    """Take all these customers out of a group; returns who.

    Whose default group it is gets the smallest of their other groups as default; who has no other stays (facts 7.7).
    """
    group = _chosen(Group, choice)
    gone: list[int] = []
    for batch in changes.lock_set(rows.filter(MEMBERSHIPS.holds(group.pk)), HERE):
        gone += leave_group(batch, group, by=by)
    return gone


def leave_group(ids: list[int], group: Group, *, by: Actor) -> list[int]:
    """Take these locked customers out of a group, but for those who have no other one; returns who left.

    Whose default group it is gets the smallest of their other groups as default.
    """
    smallest_other = {
        key: min(groups - {group.pk})
        for key, groups in MEMBERSHIPS.of(ids).items()
        if group.pk in groups and len(groups) > 1
    }
    leaving = _people(smallest_other)
    ids_by_default: dict[int, list[int]] = {}
    for key in leaving.filter(default_group=group).values_list("pk", flat=True):
        ids_by_default.setdefault(smallest_other[key], []).append(key)
    # The new default group first, the old membership last: the database insists on it.
    changes.touch_set(leaving.exclude(default_group=group))
    for group_id, keys in ids_by_default.items():
        changes.save_set(_people(keys), {"default_group": group_id}, by=by)
    part(MEMBERSHIPS, [(key, group.pk) for key in smallest_other], by=by, hidden=hidden_among(ids))
    return list(smallest_other)


def whose_default_it_is(rows: QuerySet, choice: Choice) -> list[int]:
    """Those of these customers whose default group `remove_from_group` would change."""
    elsewhere = Membership.objects.filter(customer=OuterRef("pk")).exclude(group=choice.value)
    return list(rows.filter(HERE, Exists(elsewhere), default_group=choice.value).values_list("pk", flat=True))


@verb(SEGMENT.name)
@one_change()
def back_in_group(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
    """Put who left a group into it again; for those the choice remembers it is the default group as before."""
    group = _chosen(Group, choice)
    came = _pair_all(MEMBERSHIPS, rows, group, by=by)
    members = _people(choice.remembered).filter(MEMBERSHIPS.holds(group.pk))
    changes.change_set(members, {"default_group": group}, where=HERE & ~Q(default_group=group), by=by)
    return came


@verb(SEGMENT.name)
@one_change()
def tag(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
    """Put a tag on all these customers; returns who had it not yet."""
    return _pair_all(TAGGINGS, rows, _chosen(Tag, choice), by=by)


@verb(SEGMENT.name)
@one_change()
def untag(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
    """Remove tag all these customers; returns who had it."""
    return _part_all(TAGGINGS, rows, _chosen(Tag, choice), where=HERE, by=by)


@one_change()
def delete_tag(tag: Tag, *, by: Actor) -> None:
    """Delete a tag; whoever carries it, hidden or not, is written down as having lost it."""
    _part_all(TAGGINGS, Customer.objects.all(), tag, where=Q(), by=by)
    changes.delete(tag, by=by)


@one_change()
def delete_title(title: Title, *, by: Actor) -> None:
    """Delete a title; its customers are left without one (facts 11.1), each with that in the history."""
    changes.change_set(Customer.objects.all(), {"title": None}, where=Q(title=title), by=by)
    changes.delete(title, by=by)


def _chosen(model: type[Model], choice: Choice) -> Model:
    key = whole(choice.value)
    found = None if key is None else model.objects.filter(pk=key).first()
    if found is None:
        raise NotAllowed(_("Choose one of the list, please."))
    return found


def _people(ids: Iterable[int]) -> QuerySet:
    return Customer.objects.filter(pk__among=list(ids))


def _pair_all(pairs: Pairs, rows: QuerySet, target: Model, *, by: Actor) -> list[int]:
    came: list[int] = []
    for batch in changes.lock_set(rows.exclude(pairs.holds(target.pk)), HERE):
        stored = pairs.of(batch)
        new = [key for key in batch if target.pk not in stored.get(key, ())]
        pair(pairs, [(key, target.pk) for key in new], by=by)
        changes.touch_set(_people(new))
        came += new
    return came


def _part_all(pairs: Pairs, rows: QuerySet, target: Model, *, where: Q, by: Actor) -> list[int]:
    gone: list[int] = []
    for batch in changes.lock_set(rows.filter(pairs.holds(target.pk)), where):
        paired = [key for key, targets in pairs.of(batch).items() if target.pk in targets]
        part(pairs, [(key, target.pk) for key in paired], by=by, hidden=hidden_among(paired))
        changes.touch_set(_people(paired))
        gone += paired
    return gone

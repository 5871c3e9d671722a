"""Saving the rule of a group, and carrying it out on many with a way back: the verbs of the job (decision 42)."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.numbers import whole
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.sections import Choice
from groups.models import Group
from groups.rules.filling import Fact, Rule, checked, stored
from groups.services import pause_rules

from ..models import HERE, Customer, MembershipOrigin
from .group_filling import fill, running_rule, settle
from .leaving import leave_group
from .pairs import MEMBERSHIPS, TAGGINGS, pair, part
from .pinning import release
from .rule_sql import Movement, movement, with_its_tags

_CHANGE = "groups.change_group"
# What the job is called that carries a rule out.
FOLLOW_RULE = "follow_rule"
# In which way a rule moves somebody, for taking it back; a tag that it puts on is told by its number.
JOINS, LEAVES, _LOSES_DEFAULT = "joins", "leaves", "loses default"


@verb(_CHANGE)
@one_change()
def save_rule(group: Group, rule: Rule | None, *, by: Actor, version: int | None = None) -> Group:
    """Write the rule of a group, or take it away; nobody is moved yet.

    `Broken` for a rule that means nothing, errors.Conflict when `version` is not the stored one.
    """
    current = changes.lock(group, version=version)
    changes.save(current, {"rule": stored(with_its_tags(checked(rule))) if rule else None}, by=by)
    return current


@verb("customers.segment_customer")
@one_change()
def leave_to_rule(rows: QuerySet, group: Group, *, by: Actor) -> list[int]:
    """Leave these members of a group to its rule, which may take them out at once; returns who was not its already."""
    released = release(rows, group, by=by)
    fill(group, running_rule(group), released, by=by)
    return released


def to_be_moved(group: Group, *, ids: list[int] | None = None) -> Movement:
    """Whom the rule of the group moves as it is stored; NotAllowed where it cannot be carried out."""
    return movement(group, running_rule(group), ids=ids)


@verb(_CHANGE)
@one_change()
def follow_rule(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
    """Have these customers join and leave the chosen group, and get tags, as its rule says; returns who was moved."""
    group = _chosen(choice)
    return fill(group, running_rule(group), rows.values_list("pk", flat=True), by=by).all


def what_a_rule_moves(rows: QuerySet, choice: Choice) -> list[list]:
    """In which ways each of these customers would be moved by the rule of the chosen group."""
    group = _chosen(choice)
    asked = to_be_moved(group, ids=list(rows.values_list("pk", flat=True)))
    ways = {
        JOINS: asked.joining,
        LEAVES: asked.leaving,
        _LOSES_DEFAULT: asked.leaving.filter(default_group=group.pk),
        **asked.tagging,
    }
    return [[way, key] for way, some in ways.items() for key in some.values_list("pk", flat=True)]


@verb(_CHANGE)
@one_change()
def undo_rule(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
    """Take back what `follow_rule` did to these, and pause the rule, which would do it again; returns who was moved.

    Who joined leaves, who left is in again by the rule, and tags that it put on are taken off.
    """
    group, ways = _chosen(choice), {}
    for way, key in choice.remembered:
        ways.setdefault(way, set()).add(key)
    moved: set[int] = set()
    for batch in changes.lock_set(rows, HERE):
        moved.update(_undo_locked(group, batch, ways, by))
    pause_rules(Group.objects.filter(pk=group.pk), by=by)
    return sorted(moved)


def _undo_locked(group: Group, batch: list[int], ways: dict[str | int, set[int]], by: Actor) -> set[int]:
    groups = MEMBERSHIPS.of(batch)
    joined = [key for key in batch if key in ways.get(JOINS, ()) and group.pk in groups.get(key, ())]
    back = [key for key in batch if key in ways.get(LEAVES, ()) and group.pk not in groups.get(key, ())]
    moved = set(leave_group(joined, group, by=by)) if joined else set()
    pair(MEMBERSHIPS, [(key, group.pk) for key in back], by=by, origin=MembershipOrigin.RULE)
    changes.touch_set(Customer.objects.filter(pk__among=back))
    if defaults := [key for key in back if key in ways.get(_LOSES_DEFAULT, ())]:
        changes.save_set(Customer.objects.filter(pk__among=defaults), {"default_group": group}, by=by)
    for tag in (way for way in ways if isinstance(way, int)):
        moved.update(_untag(tag, (key for key in batch if key in ways[tag]), by))
    return moved.union(back)


def _untag(tag: int, keys: Iterable[int], by: Actor) -> list[int]:
    tagged = [key for key, tags in TAGGINGS.of(list(keys)).items() if tag in tags]
    part(TAGGINGS, [(key, tag) for key in tagged], by=by)
    changes.touch_set(Customer.objects.filter(pk__among=tagged))
    settle(tagged, {Fact.TAG}, by=by)
    return tagged


def _chosen(choice: Choice) -> Group:
    key = whole(choice.value)
    group = Group.objects.filter(pk=key).first() if key is not None else None
    if group is None:
        raise NotAllowed(_("Choose one of the list, please."))
    return group

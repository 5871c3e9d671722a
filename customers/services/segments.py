"""Groups and tags of many people at once, with their history and stored counts; who is hidden is left as they are.

What staff do with a group wins over its rule: whom they put in is theirs from then on, whom they take out stays out.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.sections import Choice
from groups.models import Group
from groups.rules.filling import Fact

from ..models import HERE, Customer, Membership, MembershipOrigin, Tag, Title
from ..registries import tag_deletion_steps
from ..rights import SEGMENT
from .group_filling import settle
from .leaving import keep_out, leave_group, let_in
from .pairs import MEMBERSHIPS, TAGGINGS, Pairs, hidden_among, key_of, last_day_of, pair, part
from .pinning import of_the_rule_at_last, pin, release, until_as_they_left


@verb(SEGMENT.name)
@one_change()
def add_to_group(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
    """Put all these customers into a group, until the end of the chosen day where there is one.

    Whom its rule had put in is staff's own then. Returns for whom that was news.
    """
    group, until = _chosen(Group, choice), last_day_of(choice)
    here = rows.filter(HERE)
    pinned = pin(here.filter(MEMBERSHIPS.holds(group.pk)), group, until=until, by=by)
    came = _pair_all(MEMBERSHIPS, here, group, by=by, until=until)
    let_in((key, group.pk) for key in came)
    return sorted({*came, *pinned})


def whom_its_rule_put_in(rows: QuerySet, choice: Choice) -> list[int]:
    """Those of these customers who are in the chosen group by its rule: to be left to it where they are put in."""
    theirs = Membership.objects.filter(
        customer=OuterRef("pk"), group=key_of(choice), origin=MembershipOrigin.RULE
    )
    return list(rows.filter(HERE, Exists(theirs)).values_list("pk", flat=True))


@verb(SEGMENT.name)
@one_change()
def remove_from_group(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
    """Take all these customers out of a group; returns who.

    Whose default group it is gets the smallest of their other groups as default; who has no other stays (facts 7.7).
    Whom the choice remembers its rule had put in: they are the rule's again.
    """
    group = _chosen(Group, choice)
    gone: list[int] = []
    kept = release(rows.filter(pk__among=list(choice.remembered)), group, by=by) if choice.remembered else []
    for batch in changes.lock_set(rows.filter(MEMBERSHIPS.holds(group.pk)).exclude(pk__in=kept), HERE):
        left = leave_group(batch, group, by=by)
        keep_out([(key, group.pk) for key in left], by=by)
        gone += left
    return sorted({*gone, *kept})


def whose_default_it_is(rows: QuerySet, choice: Choice) -> list[int]:
    """Those of these customers whose default group `remove_from_group` would change."""
    elsewhere = Membership.objects.filter(customer=OuterRef("pk")).exclude(group=choice.value)
    return list(rows.filter(HERE, Exists(elsewhere), default_group=choice.value).values_list("pk", flat=True))


@verb(SEGMENT.name)
@one_change()
def back_in_group(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
    """Put who left a group into it again; for those the choice remembers it is the default group as before.

    Whom its rule had put in is the rule's again; who was to stay until a day is so again.
    """
    group = _chosen(Group, choice)
    came = _pair_all(MEMBERSHIPS, rows, group, by=by)
    let_in((key, group.pk) for key in came)
    release(_people(of_the_rule_at_last(came, group)), group, by=by)
    until_as_they_left(came, group, by=by)
    members = _people(choice.remembered).filter(MEMBERSHIPS.holds(group.pk))
    changes.change_set(members, {"default_group": group}, where=HERE & ~Q(default_group=group), by=by)
    return came


@verb(SEGMENT.name)
@one_change()
def tag(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
    """Put a tag on all these customers; returns who had it not yet."""
    came = _pair_all(TAGGINGS, rows, _chosen(Tag, choice), by=by)
    settle(came, {Fact.TAG}, by=by)
    return came


@verb(SEGMENT.name)
@one_change()
def untag(rows: QuerySet, *, by: Actor, choice: Choice) -> list[int]:
    """Take a tag off all these customers; returns who had it."""
    gone = _part_all(TAGGINGS, rows, _chosen(Tag, choice), where=HERE, by=by)
    settle(gone, {Fact.TAG}, by=by)
    return gone


@one_change()
def delete_tag(tag: Tag, *, by: Actor) -> None:
    """Delete a tag; whoever carries it, hidden or not, is written down as having lost it."""
    for step in tag_deletion_steps:
        step.hold(tag)
    _part_all(TAGGINGS, Customer.objects.all(), tag, where=Q(), by=by)
    for step in tag_deletion_steps:
        step.run(tag, by=by)
    changes.delete(tag, by=by)


@one_change()
def delete_title(title: Title, *, by: Actor) -> None:
    """Delete a title; its customers are left without one (facts 11.1), each with that in the history."""
    changes.change_set(Customer.objects.all(), {"title": None}, where=Q(title=title), by=by)
    changes.delete(title, by=by)


def _chosen(model: type[Model], choice: Choice) -> Model:
    key = key_of(choice)
    found = None if key is None else model.objects.filter(pk=key).first()
    if found is None:
        raise NotAllowed(_("Choose one of the list, please."))
    return found


def _people(ids: Iterable[int]) -> QuerySet:
    return Customer.objects.filter(pk__among=list(ids))


def _pair_all(pairs: Pairs, rows: QuerySet, target: Model, *, by: Actor, **beside: Any) -> list[int]:
    came: list[int] = []
    for batch in changes.lock_set(rows.exclude(pairs.holds(target.pk)), HERE):
        stored = pairs.of(batch)
        new = [key for key in batch if target.pk not in stored.get(key, ())]
        pair(pairs, [(key, target.pk) for key in new], by=by, **beside)
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

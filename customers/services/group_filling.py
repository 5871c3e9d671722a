"""Groups that fill themselves: a rule carried out, set-wise, on many or on those whose facts have just changed.

Whom a rule moves stands in `rule_sql`; here they are moved, with history and counts. The rule's own moves are signed by
whoever set them off, and told apart by their origin and reason.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from backoffice.database.counting import one_change
from backoffice.faults import sentence
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.rules import Broken
from groups.models import Group
from groups.rules.filling import Fact, Rule, read

from ..models import HERE, Customer, MembershipOrigin
from .leaving import leave_group
from .pairs import MEMBERSHIPS, TAGGINGS, pair
from .rule_sql import movement, rule_of, with_its_tags

# What history says moved them.
BY_RULE = "rule"


@dataclass
class Moved:
    """Whom a rule moved: who joined, who left, who got a tag."""

    joined: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    tagged: list[int] = field(default_factory=list)

    @property
    def all(self) -> list[int]:
        """Everybody who is not as before."""
        return sorted({*self.joined, *self.left, *self.tagged})

    def __iadd__(self, other: "Moved") -> "Moved":
        self.joined += other.joined
        self.left += other.left
        self.tagged += other.tagged
        return self


def running_rule(group: Group) -> Rule | None:
    """The rule of a group that is to be carried out; NotAllowed where it cannot be, None where there is none."""
    try:
        rule = rule_of(group)
    except Broken as fault:
        raise NotAllowed(_("“%(group)s”: %(why)s") % {"group": group, "why": sentence(fault)}) from None
    if rule is not None and rule.paused:
        raise NotAllowed(
            _("The rule of “%(group)s” is paused: save it again to start it.") % {"group": group}
        )
    return rule


@one_change()
def fill(group: Group, rule: Rule | None, ids: Iterable[int], *, by: Actor) -> Moved:
    """Move those of these customers whom the rule moves; without a rule all leave whom one had put in."""
    moved = Moved()
    for batch in changes.lock_set(Customer.objects.filter(pk__among=list(ids)), HERE):
        moved += _fill_locked(group, rule, batch, by)
    if moved.tagged:
        settle(moved.tagged, {Fact.TAG}, by=by)
    return moved


def _fill_locked(group: Group, rule: Rule | None, batch: list[int], by: Actor) -> Moved:
    """What `fill` does, of locked customers; what follows from new tags is left to it."""
    asked = movement(group, rule, ids=batch)
    joined = list(asked.joining.order_by().values_list("pk", flat=True))
    leaving = list(asked.leaving.order_by().values_list("pk", flat=True))
    tagged: set[int] = set()
    pair(
        MEMBERSHIPS,
        [(key, group.pk) for key in joined],
        by=by,
        reason=BY_RULE,
        origin=MembershipOrigin.RULE,
    )
    for tag, rows in asked.tagging.items():
        keys = list(rows.order_by().values_list("pk", flat=True))
        pair(TAGGINGS, [(key, tag) for key in keys], by=by, reason=BY_RULE)
        tagged.update(keys)
    if came := tagged.union(joined):
        changes.touch_set(Customer.objects.filter(pk__among=sorted(came)))
    left = leave_group(leaving, group, by=by, reason=BY_RULE) if leaving else []
    return Moved(joined, left, sorted(tagged))


def settle(ids: Collection[int], facts: Collection[Fact], *, by: Actor) -> list[int]:
    """Have the rules that read one of these facts follow what changed in these locked customers; returns who was moved.

    A tag that one rule puts on may be what another one reads: they follow until nothing moves any more, which is soon,
    since rules only ever put tags on. A rule that cannot be carried out moves nobody.
    """
    moved: set[int] = set()
    waiting, changed = set(ids), set(facts)
    while waiting and (rules := rules_that_read(changed)):
        tagged: set[int] = set()
        for group, rule in rules:
            one = _fill_locked(group, rule, sorted(waiting), by)
            moved.update(one.all)
            tagged.update(one.tagged)
        waiting, changed = tagged, {Fact.TAG}
    return sorted(moved)


def rules_that_read(facts: Collection[Fact]) -> list[tuple[Group, Rule]]:
    """The groups whose rule asks about one of these facts, and can be carried out."""
    found = []
    for group in Group.objects.exclude(rule=None).order_by("pk"):
        try:
            rule = read(group.rule)
            if not rule.paused and rule.facts.intersection(facts):
                found.append((group, with_its_tags(rule)))
        except Broken:
            continue  # told on the group's page
    return found


@contextmanager
def rules_follow(ids: Collection[int], facts: Collection[Fact], *, by: Actor | None = None) -> Iterator[None]:
    """Have the rules follow what is changed inside, in one transaction; `by` is the server where nobody is known.

    Where a rule reads these facts the customers are locked first: everybody locks them before their figures.
    """
    with one_change():
        locked = lock_for_rules(ids, facts)
        yield
        if locked:
            settle(locked, facts, by=by or Actor.command())


def lock_for_rules(ids: Collection[int], facts: Collection[Fact]) -> list[int]:
    """Lock those of these customers whom a rule may move that reads one of these facts; returns whom."""
    if not ids or not rules_that_read(facts):
        return []
    people = Customer.objects.filter(pk__among=list(ids))
    return [key for batch in changes.lock_set(people, HERE) for key in batch]

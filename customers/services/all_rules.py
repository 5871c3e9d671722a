"""The rules of all groups carried out on everybody, as time passes: by schedule once a day, and by command."""

from collections.abc import Iterator
from dataclasses import dataclass

from backoffice.faults import sentence
from backoffice.records.actors import Actor
from backoffice.rules import Broken
from groups.models import Group

from .group_filling import Moved, fill
from .pinning import end_pins
from .rule_preview import moved_by
from .rule_sql import movement, rule_of

# So many at once are locked, and moved in a transaction of their own.
BLOCK = 5_000


@dataclass(frozen=True)
class Applied:
    """What came of the rule of one group: how many joined, left and got a tag, or why it was left alone."""

    group: Group
    joined: int = 0
    left: int = 0
    tagged: int = 0
    fault: str = ""

    def __str__(self) -> str:
        if self.fault:
            return f"{self.group.name}: {self.fault}"
        return f"{self.group.name}: {self.joined} joined, {self.left} left, {self.tagged} tagged"


def apply_rules(*, by: Actor, dry_run: bool = False) -> Iterator[Applied]:
    """Carry out every rule, each in blocks; with `dry_run` only tell what it would do. Pins that are over end first."""
    if not dry_run:
        end_pins(by=by)
    for group in Group.objects.exclude(rule=None).order_by("pk"):
        try:
            rule = rule_of(group)
        except Broken as fault:
            yield Applied(group, fault=sentence(fault))
            continue
        if rule is None or rule.paused:
            yield Applied(group, fault="paused")
            continue
        asked = movement(group, rule)
        if dry_run:
            tagged = {key for rows in asked.tagging.values() for key in rows.values_list("pk", flat=True)}
            yield Applied(group, asked.joining.count(), asked.leaving.count(), len(tagged))
            continue
        moved, ids = Moved(), moved_by(asked)
        for start in range(0, len(ids), BLOCK):
            moved += fill(group, rule, ids[start : start + BLOCK], by=by)
        yield Applied(group, len(moved.joined), len(moved.left), len(moved.tagged))


def apply_rules_daily() -> str:
    """The scheduled run: what it did, in words for the log."""
    return "; ".join(str(one) for one in apply_rules(by=Actor.command())) or "no group has a rule"

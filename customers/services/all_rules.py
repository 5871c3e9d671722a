"""The rules of all groups carried out on everybody, as time passes: by schedule once a day, and by command.

Each rule that moves anybody is a job of the one mechanism, with its figures and its way back (decision 42).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from backoffice.faults import sentence
from backoffice.jobs import running
from backoffice.lists.bulk_jobs import BULK
from backoffice.models import Job
from backoffice.records.actors import Actor
from backoffice.rules import Broken
from groups.models import Group

from .group_rules import FOLLOW_RULE, JOINS, LEAVES
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


def apply_rules(*, by: Actor, dry_run: bool = False, wait: bool = True) -> Iterator[Applied]:
    """Carry out every rule, each as a job; with `dry_run` only tell what it would do. Pins that are over end first.

    `wait`: what is much is done here; else it is left to the worker, who goes on with it whoever is killed.
    """
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
        ids = moved_by(asked)
        yield _applied(group, ids, by, wait=wait) if ids else Applied(group)


def _applied(group: Group, ids: list[int], by: Actor, *, wait: bool) -> Applied:
    """The job that has these follow the rule of the group, and what came of it."""
    facts = {"section": "customers", "action": FOLLOW_RULE, "value": str(group.pk), "label": group.local_name}
    job = running.prepare(running.asked_by(by, kind=BULK, **facts), ids, size=BLOCK)
    if wait:
        running.carry_out(job.pk)
    else:
        running.start(job)
    job.refresh_from_db()
    if not job.is_finished:
        return Applied(group, fault=f"{job.total} are being moved")
    if not job.changed:
        fault = job.fault
        job.delete()
        return Applied(group, fault=fault)
    return Applied(group, *_figures(job), fault=job.fault)


def _figures(job: Job) -> tuple[int, int, int]:
    """How many joined, left and got a tag."""
    joined = left = 0
    tagged: set[int] = set()
    for changed, remembered in job.blocks.values_list("changed", "remembered"):
        moved = set(changed)
        joined += sum(1 for way, key in remembered if way == JOINS and key in moved)
        left += sum(1 for way, key in remembered if way == LEAVES and key in moved)
        tagged.update(key for way, key in remembered if isinstance(way, int) and key in moved)
    return joined, left, len(tagged)


def apply_rules_daily() -> str:
    """The scheduled run: what it did, in words for the log."""
    applied = apply_rules(by=Actor.command(), wait=False)
    return "; ".join(str(one) for one in applied) or "no group has a rule"

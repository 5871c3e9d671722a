"""Rules of groups that ask for a second look: those that nobody can ever meet, and those that nobody meets (S2.20)."""

from collections.abc import Iterator

from backoffice.lists.paging import kept_count
from backoffice.rules import Broken
from groups.models import Group
from groups.rules.contradictions import contradicts_itself
from groups.rules.filling import Rule

from .rule_sql import matching, rule_of


def broken_rules() -> list[Group]:
    """The groups whose rule runs, and contradicts itself or names a tag that is gone: it moves nobody."""
    return [group for group, rule in _running() if rule is None or contradicts_itself(rule)]


def idle_rules() -> list[Group]:
    """The groups whose rule could be met, and is met by nobody; each is asked at most once a minute."""
    return [
        group
        for group, rule in _running()
        if rule is not None and not contradicts_itself(rule) and not _is_met(group, rule)
    ]


def _is_met(group: Group, rule: Rule) -> bool:
    return kept_count(("met", group.pk, group.version), matching(rule).exists)


def _running() -> Iterator[tuple[Group, Rule | None]]:
    """The groups with a rule that is not paused; None for one that cannot be read, or carried out."""
    for group in Group.objects.exclude(rule=None).order_by("pk"):
        try:
            rule = rule_of(group)
        except Broken:
            if not (isinstance(group.rule, dict) and group.rule.get("paused")):
                yield group, None
            continue
        if rule is not None and not rule.paused:
            yield group, rule

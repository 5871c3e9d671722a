"""Rules of groups for tests, and what put whom into a group."""

from customers.models import Membership
from groups.rules.filling import Match, Rule, condition


def rule(*conditions, match="all", **more) -> Rule:
    return Rule(match=Match(match), conditions=tuple(condition(*one) for one in conditions), **more)


def origins(group) -> dict[str, str]:
    """The members of a group by first name, and what put them there."""
    rows = Membership.objects.filter(group=group).order_by("customer__first_name")
    return dict(rows.values_list("customer__first_name", "origin"))

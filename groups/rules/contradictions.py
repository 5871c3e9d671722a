"""Rules that nobody can ever meet, whoever becomes a customer (issue 9, point 13). Pure."""

from collections.abc import Iterable

from .filling import Condition, Fact, Match, Op, Rule

_BOUNDS = {Op.AT_LEAST: Op.AT_MOST, Op.FROM: Op.UNTIL, Op.NOT_LAST_DAYS: Op.LAST_DAYS}


def contradicts_itself(rule: Rule) -> bool:
    """Whether two of its conditions, which all have to hold, exclude each other."""
    if rule.match is Match.ANY:
        return False
    asked: dict[Fact, list[Condition]] = {}
    for one in rule.conditions:
        asked.setdefault(one.fact, []).append(one)
    return any(_exclude_each_other(fact, some) for fact, some in asked.items())


def _exclude_each_other(fact: Fact, some: list[Condition]) -> bool:
    by_op: dict[Op, list] = {}
    for one in some:
        by_op.setdefault(one.op, []).append(one.value)
    if len(set(by_op.get(Op.IS, ()))) > 1:
        return True
    if any(_cross(low, high, by_op) for low, high in _BOUNDS.items()):
        return True
    return _nothing_is_left(by_op, one_of_them=fact is Fact.COUNTRY)


def _cross(low: Op, high: Op, by_op: dict[Op, list]) -> bool:
    """Whether the highest lower bound lies above the lowest upper one."""
    if low not in by_op or high not in by_op:
        return False
    if low is Op.NOT_LAST_DAYS:  # longer ago than 30 days, and within the last 30 or less
        return min(by_op[high]) <= max(by_op[low])
    return max(by_op[low]) > min(by_op[high])


def _nothing_is_left(by_op: dict[Op, list], *, one_of_them: bool) -> bool:
    """Whether the choices leave none: a customer has one country, and any number of tags."""
    refused = _all_of(by_op.get(Op.NONE_OF, ()))
    wanted = [set(values) - refused for values in by_op.get(Op.ANY_OF, ())]
    if one_of_them and wanted:
        return not set.intersection(*wanted)
    return any(not left for left in wanted)


def _all_of(lists: Iterable) -> set:
    return {value for values in lists for value in values}

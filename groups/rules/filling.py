"""The rule that fills a group, as data: conditions on what is known of a customer, combined with all or any.

It is stored as a structure with a version in it, and read back strictly: what is not understood, or means nothing, is
`Broken` and never everybody. `customers` turns it into SQL; `holds` says the same of one person's facts.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from backoffice.rules import Broken

VERSION = 1
MOST_CONDITIONS = 20
MOST_CHOSEN = 300
LARGEST_AMOUNT = Decimal("99999999999999.99")
LARGEST_COUNT = 2_147_483_647
LARGEST_KEY = 2**63 - 1
MOST_DAYS = 36_600
OLDEST = 150
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)


class Match(StrEnum):
    """How the conditions are combined."""

    ALL = "all"
    ANY = "any"


class Fact(StrEnum):
    """What a condition may ask about."""

    TOTAL_SPENT = "total_spent"
    ORDERS = "orders_count"
    REGISTERED = "registered_at"
    LAST_VISIT = "last_visit"
    COUNTRY = "country"
    TAG = "tag"
    NEWSLETTER = "newsletter"
    AGE = "age"


class Op(StrEnum):
    """How a fact is compared. Days are those of the shop's time zone, both ends inclusive (decision 12)."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    FROM = "from"
    UNTIL = "until"
    LAST_DAYS = "last_days"  # within the last N days, today included
    NOT_LAST_DAYS = "not_last_days"  # known, and longer ago than that
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    IS = "is"


_SIZES = (Op.AT_LEAST, Op.AT_MOST)
_DAYS = (Op.FROM, Op.UNTIL, Op.LAST_DAYS, Op.NOT_LAST_DAYS)
_CHOICES = (Op.ANY_OF, Op.NONE_OF)

OPS: dict[Fact, tuple[Op, ...]] = {
    Fact.TOTAL_SPENT: _SIZES,
    Fact.ORDERS: _SIZES,
    Fact.REGISTERED: _DAYS,
    Fact.LAST_VISIT: _DAYS,
    Fact.COUNTRY: _CHOICES,
    Fact.TAG: _CHOICES,
    Fact.NEWSLETTER: (Op.IS,),
    Fact.AGE: _SIZES,
}
"""Which comparisons each fact knows."""


@dataclass(frozen=True)
class Condition:
    """One condition: `value` is an amount, a whole number, a day, yes or no, or the chosen ones, sorted."""

    fact: Fact
    op: Op
    value: Any

    @property
    def is_of_time(self) -> bool:
        """Whether it comes true or untrue by itself as days pass."""
        return self.fact is Fact.AGE or self.op in (Op.LAST_DAYS, Op.NOT_LAST_DAYS)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Who belongs to a group by itself: those of whom all, or any, of the conditions hold.

    `fills`: they are put into the group; `tags` are put on them besides, or instead. A paused rule moves nobody.
    """

    match: Match
    conditions: tuple[Condition, ...]
    fills: bool = True
    tags: tuple[int, ...] = ()
    paused: bool = False

    @property
    def facts(self) -> frozenset[Fact]:
        """What it asks about."""
        return frozenset(one.fact for one in self.conditions)

    @property
    def tags_named(self) -> frozenset[int]:
        """The tags that it asks about or puts on."""
        asked = (key for one in self.conditions if one.fact is Fact.TAG for key in one.value)
        return frozenset((*asked, *self.tags))


def checked(rule: Rule) -> Rule:
    """The rule, if it means something.

    `Broken` without conditions, for one that puts nobody anywhere, and for one that reads a tag that it puts on itself.
    """
    if not rule.conditions:
        raise Broken("rule_without_conditions")
    if len(rule.conditions) > MOST_CONDITIONS:
        raise Broken("rule_too_long", limit=MOST_CONDITIONS)
    if not rule.fills and not rule.tags:
        raise Broken("rule_does_nothing")
    asked = {key for one in rule.conditions if one.fact is Fact.TAG for key in one.value}
    if asked & set(rule.tags):
        raise Broken("rule_reads_own_tag")
    return rule


def condition(fact: Any, op: Any, value: Any) -> Condition:
    """A condition of these plain values, as they are stored; `Broken` for what is none or means nothing."""
    try:
        what, how = Fact(fact), Op(op)
    except ValueError:
        raise Broken("rule_not_understood") from None
    if how not in OPS[what]:
        raise Broken("rule_not_understood")
    return Condition(what, how, _value(what, how, value))


def _value(fact: Fact, op: Op, value: Any) -> Any:
    if op in (Op.LAST_DAYS, Op.NOT_LAST_DAYS):
        return _whole(value, least=1, most=MOST_DAYS)
    return _READ[fact](value)


def _amount(value: Any) -> Decimal:
    if not isinstance(value, str | int | Decimal) or isinstance(value, bool):
        raise Broken("rule_not_understood")
    try:
        amount = Decimal(value)
    except ArithmeticError:
        raise Broken("rule_not_understood") from None
    if not amount.is_finite() or not 0 <= amount <= LARGEST_AMOUNT or amount != round(amount, 2):
        raise Broken("rule_value_out_of_range")
    return round(amount, 2)


def _whole(value: Any, *, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Broken("rule_not_understood")
    if not least <= value <= most:
        raise Broken("rule_value_out_of_range")
    return value


def _day(value: Any) -> dt.date:
    if isinstance(value, str):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            raise Broken("rule_not_understood") from None
    if type(value) is not dt.date:
        raise Broken("rule_not_understood")
    if not FIRST_DAY <= value <= LAST_DAY:
        raise Broken("rule_value_out_of_range")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Broken("rule_not_understood")
    return value


def _chosen(value: Any, one: Callable[[Any], Any]) -> tuple:
    if not isinstance(value, list | tuple | set | frozenset):
        raise Broken("rule_not_understood")
    if not value:
        raise Broken("rule_chooses_nothing")
    if len(value) > MOST_CHOSEN:
        raise Broken("rule_too_long", limit=MOST_CHOSEN)
    return tuple(sorted({one(each) for each in value}))


def _code(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 2 or not (value.isascii() and value.isalpha()):
        raise Broken("rule_not_understood")
    return value.upper()


def _key(value: Any) -> int:
    return _whole(value, least=1, most=LARGEST_KEY)


_READ: dict[Fact, Callable[[Any], Any]] = {
    Fact.TOTAL_SPENT: _amount,
    Fact.ORDERS: lambda value: _whole(value, least=0, most=LARGEST_COUNT),
    Fact.REGISTERED: _day,
    Fact.LAST_VISIT: _day,
    Fact.COUNTRY: lambda value: _chosen(value, _code),
    Fact.TAG: lambda value: _chosen(value, _key),
    Fact.NEWSLETTER: _flag,
    Fact.AGE: lambda value: _whole(value, least=0, most=OLDEST),
}


def stored(rule: Rule) -> dict[str, Any]:
    """The rule as it is stored: plain values, which JSON has."""
    conditions = [
        {"fact": str(one.fact), "op": str(one.op), "value": _plain(one.value)} for one in rule.conditions
    ]
    return {
        "version": VERSION,
        "match": str(rule.match),
        "conditions": conditions,
        "fills": rule.fills,
        "tags": list(rule.tags),
        "paused": rule.paused,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, Decimal | dt.date) else value


def read(value: Any) -> Rule:
    """The rule that was stored so; `Broken` for anything else, whatever it is."""
    if not isinstance(value, Mapping) or value.get("version") != VERSION:
        raise Broken("rule_not_understood")
    conditions, tags = value.get("conditions"), value.get("tags", [])
    flags = {name: value.get(name, usual) for name, usual in (("fills", True), ("paused", False))}
    known = {"version", "match", "conditions", "fills", "tags", "paused"}
    if (
        not isinstance(conditions, list)
        or not isinstance(tags, list)
        or set(value) - known
        or value.get("match") not in list(Match)
        or not all(isinstance(one, Mapping) and set(one) == {"fact", "op", "value"} for one in conditions)
        or not all(isinstance(one, bool) for one in flags.values())
    ):
        raise Broken("rule_not_understood")
    return checked(
        Rule(
            match=Match(value["match"]),
            conditions=tuple(condition(**one) for one in conditions),
            tags=_chosen(tags, _key) if tags else (),
            **flags,
        )
    )


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is known of one customer, as conditions ask: days in the shop's time zone, None where it is not known."""

    total_spent: Decimal
    orders_count: int
    registered_at: dt.date
    last_visit: dt.date | None
    country: str
    tags: frozenset[int]
    newsletter: bool
    age: int | None


def holds(condition: Condition, person: Person, *, today: dt.date) -> bool:
    """Whether a condition holds of this person today; what is not known fulfils no condition but "none of"."""
    wanted = condition.value
    if condition.fact is Fact.TAG:
        return bool(person.tags.intersection(wanted)) is (condition.op is Op.ANY_OF)
    had = getattr(person, str(condition.fact))
    match condition.op:
        case Op.IS:
            return had is wanted
        case Op.ANY_OF | Op.NONE_OF:
            return (had in wanted) is (condition.op is Op.ANY_OF)
    if had is None:
        return False
    match condition.op:
        case Op.AT_LEAST | Op.FROM:
            return had >= wanted
        case Op.AT_MOST | Op.UNTIL:
            return had <= wanted
        case Op.LAST_DAYS:
            return had > today - dt.timedelta(days=wanted)
        case _:
            return had <= today - dt.timedelta(days=wanted)


def includes(rule: Rule, person: Person, *, today: dt.date) -> bool:
    """Whether the rule takes this person in."""
    combine = all if rule.match is Match.ALL else any
    return combine(holds(one, person, today=today) for one in rule.conditions)

"""Rules that nobody can ever meet are told from those that nobody meets today (S2.20; issue 9, point 13)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.rules.contradictions import contradicts_itself
from groups.rules.filling import Match, Person, Rule, condition, includes
from tests.groups.test_rule_values import RULES

TODAY = dt.date(2026, 11, 27)
DAYS = st.dates(dt.date(1990, 1, 1), TODAY)
PERSONS = st.builds(
    Person,
    total_spent=st.decimals(0, 10_000, places=2),
    orders_count=st.integers(0, 50),
    registered_at=DAYS,
    last_visit=st.none() | DAYS,
    country=st.sampled_from(["", "FR", "PL", "RO", "GB"]),
    tags=st.frozensets(st.integers(1, 5)),
    newsletter=st.booleans(),
    age=st.none() | st.integers(0, 150),
)


def rule(*conditions, match=Match.ALL) -> Rule:
    return Rule(match=match, conditions=tuple(condition(*one) for one in conditions))


@pytest.mark.parametrize(
    "some",
    [
        [("total_spent", "at_least", "100.01"), ("total_spent", "at_most", "100")],
        [("age", "at_least", 30), ("orders_count", "at_least", 1), ("age", "at_most", 29)],
        [("registered_at", "from", "2026-01-02"), ("registered_at", "until", "2026-01-01")],
        [("last_visit", "last_days", 30), ("last_visit", "not_last_days", 30)],
        [("country", "any_of", ["FR", "PL"]), ("country", "any_of", ["RO"])],
        [("country", "any_of", ["FR"]), ("country", "none_of", ["FR", "PL"])],
        [("tag", "any_of", [1]), ("tag", "none_of", [1, 2])],
        [("newsletter", "is", True), ("newsletter", "is", False)],
    ],
)
def test_conditions_that_exclude_each_other_contradict_unless_one_will_do(some):
    assert contradicts_itself(rule(*some))
    assert not contradicts_itself(rule(*some, match=Match.ANY))


@pytest.mark.parametrize(
    "some",
    [
        [("total_spent", "at_least", "100"), ("total_spent", "at_most", "100")],
        [("registered_at", "from", "2026-01-01"), ("registered_at", "until", "2026-01-01")],
        [("last_visit", "last_days", 31), ("last_visit", "not_last_days", 30)],
        [("country", "any_of", ["FR", "PL"]), ("country", "any_of", ["PL"])],
        [("tag", "any_of", [1]), ("tag", "any_of", [2]), ("tag", "none_of", [3])],
        [("country", "none_of", ["FR"]), ("country", "none_of", ["PL"])],
    ],
)
def test_conditions_that_leave_somebody_do_not(some):
    assert not contradicts_itself(rule(*some))


@given(RULES, PERSONS)
def test_nobody_meets_a_rule_that_contradicts_itself(one, person):
    if contradicts_itself(one):
        assert not includes(one, person, today=TODAY)

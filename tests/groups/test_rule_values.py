"""The rule of a group as a value: what is stored is read back, and what means nothing is no rule (issue 9, point 8)."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.rules import Broken
from groups.rules.filling import (
    OPS,
    Fact,
    Match,
    Op,
    Person,
    Rule,
    checked,
    condition,
    includes,
    read,
    stored,
)

TODAY = dt.date(2026, 11, 27)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))
VALUES = {
    Fact.TOTAL_SPENT: st.decimals(0, 10_000, places=2).map(str),
    Fact.ORDERS: st.integers(0, 50),
    Fact.REGISTERED: DAYS.map(str),
    Fact.LAST_VISIT: DAYS.map(str),
    Fact.COUNTRY: st.lists(st.sampled_from(["FR", "PL", "RO", "GB"]), min_size=1, max_size=3),
    Fact.TAG: st.lists(st.integers(1, 5), min_size=1, max_size=3),
    Fact.NEWSLETTER: st.booleans(),
    Fact.AGE: st.integers(0, 150),
}


@st.composite
def conditions(draw):
    fact = draw(st.sampled_from(list(Fact)))
    op = draw(st.sampled_from(OPS[fact]))
    days = op in (Op.LAST_DAYS, Op.NOT_LAST_DAYS)
    return condition(fact, op, draw(st.integers(1, 3_000) if days else VALUES[fact]))


RULES = st.builds(
    Rule,
    match=st.sampled_from(Match),
    conditions=st.lists(conditions(), min_size=1, max_size=4).map(tuple),
    tags=st.just(()),
    paused=st.booleans(),
)


@given(RULES)
def test_what_is_stored_is_read_back_as_it_was(rule):
    assert read(stored(rule)) == rule


ONE = {"fact": "orders_count", "op": "at_least", "value": 3}
GOOD = {"version": 1, "match": "all", "conditions": [ONE]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"version": 2}, "rule_not_understood"),
        ({"match": "most"}, "rule_not_understood"),
        ({"match": ["all"]}, "rule_not_understood"),
        ({"python": "True"}, "rule_not_understood"),
        ({"conditions": []}, "rule_without_conditions"),
        ({"conditions": "everybody"}, "rule_not_understood"),
        ({"conditions": [ONE] * 21}, "rule_too_long"),
        ({"conditions": [{**ONE, "fact": "password"}]}, "rule_not_understood"),
        ({"conditions": [{**ONE, "op": "is"}]}, "rule_not_understood"),
        ({"conditions": [{**ONE, "value": "3"}]}, "rule_not_understood"),
        ({"conditions": [{**ONE, "value": True}]}, "rule_not_understood"),
        ({"conditions": [{**ONE, "value": -1}]}, "rule_value_out_of_range"),
        ({"conditions": [{**ONE, "value": 10**30}]}, "rule_value_out_of_range"),
        ({"conditions": [{**ONE, "fact": "total_spent", "value": "NaN"}]}, "rule_value_out_of_range"),
        ({"conditions": [{**ONE, "fact": "total_spent", "value": '""'}]}, "rule_not_understood"),
        ({"conditions": [{"fact": "tag", "op": "any_of", "value": []}]}, "rule_chooses_nothing"),
        ({"conditions": [{"fact": "country", "op": "any_of", "value": ['"']}]}, "rule_not_understood"),
        ({"conditions": [{"fact": "registered_at", "op": "from", "value": "soon"}]}, "rule_not_understood"),
        (
            {"conditions": [{"fact": "registered_at", "op": "last_days", "value": 0}]},
            "rule_value_out_of_range",
        ),
        ({"fills": False}, "rule_does_nothing"),
        ({"fills": "no"}, "rule_not_understood"),
        ({"tags": [0]}, "rule_value_out_of_range"),
        (
            {"tags": [7], "conditions": [{"fact": "tag", "op": "none_of", "value": [7]}]},
            "rule_reads_own_tag",
        ),
    ],
)
def test_what_means_nothing_is_no_rule(changes, code):
    """It never means everybody; a stored text is never evaluated."""
    with pytest.raises(Broken) as fault:
        read({**GOOD, **changes})
    assert fault.value.code == code


@pytest.mark.parametrize("value", [None, [], "all", 7, {}])
def test_what_is_no_structure_is_no_rule(value):
    with pytest.raises(Broken):
        read(value)


def test_a_rule_that_is_whole_passes():
    assert checked(read(GOOD)).conditions == (condition("orders_count", "at_least", 3),)


ADA = Person(
    total_spent=Decimal("1000.00"),
    orders_count=3,
    registered_at=dt.date(2026, 10, 28),
    last_visit=None,
    country="",
    tags=frozenset((1,)),
    newsletter=True,
    age=36,
)


@pytest.mark.parametrize(
    ("fact", "op", "value", "holds"),
    [
        ("total_spent", "at_least", "1000", True),
        ("total_spent", "at_least", "1000.01", False),
        ("total_spent", "at_most", "1000", True),
        ("orders_count", "at_most", 2, False),
        ("registered_at", "from", "2026-10-28", True),
        ("registered_at", "until", "2026-10-28", True),
        ("registered_at", "until", "2026-10-27", False),
        ("registered_at", "last_days", 31, True),
        ("registered_at", "last_days", 30, False),
        ("registered_at", "not_last_days", 30, True),
        ("registered_at", "not_last_days", 31, False),
        # Whoever never came fulfils no condition on their last visit.
        ("last_visit", "last_days", 3_000, False),
        ("last_visit", "not_last_days", 1, False),
        ("last_visit", "until", "2199-12-31", False),
        ("country", "any_of", ["FR"], False),
        ("country", "none_of", ["FR"], True),
        ("tag", "any_of", [1, 2], True),
        ("tag", "none_of", [1, 2], False),
        ("newsletter", "is", True, True),
        ("newsletter", "is", False, False),
        ("age", "at_least", 36, True),
        ("age", "at_most", 35, False),
    ],
)
def test_each_condition_at_its_edge(fact, op, value, holds):
    """Ada registered 30 days ago, which is the first of 31 days, today included."""
    rule = Rule(match=Match.ALL, conditions=(condition(fact, op, value),))
    assert includes(rule, ADA, today=TODAY) is holds


def test_all_conditions_or_any():
    yes, no = condition("newsletter", "is", True), condition("orders_count", "at_least", 4)
    for match, taken_in in ((Match.ALL, False), (Match.ANY, True)):
        assert includes(Rule(match=match, conditions=(yes, no)), ADA, today=TODAY) is taken_in

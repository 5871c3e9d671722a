"""What each kind of filter takes and refuses, on both sides of its edges; how it keeps and says what was typed."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from backoffice.numbers import LARGEST
from backoffice.sections import section_named
from backoffice.tables.day_filters import DateFilter, DayFilter
from backoffice.tables.filters import (
    AmountFilter,
    ChoiceFilter,
    KeysFilter,
    NameFilter,
    NumberFilter,
    PercentFilter,
    QuickSearch,
    TextFilter,
    word_of,
)
from customers.models import Customer
from groups.models import Group

TEXTS = [TextFilter("", key="k"), NameFilter("", fields=()), QuickSearch("", placeholder="")]
NUMBER, AMOUNT, PERCENT = NumberFilter(""), AmountFilter(""), PercentFilter("")
DAY = DayFilter("", field="at", until=False, hint="")
CHOICE = ChoiceFilter("", choices=[("a", "A")], field="f")
KEYS = KeysFilter("", table="t", field="f")


def told(one, value) -> list[str]:
    """What a filter says against a value, in English; nothing where it takes it."""
    try:
        one.field.clean(value)
    except ValidationError as refusal:
        return refusal.messages
    return []


@pytest.mark.parametrize(
    "one", [*TEXTS, NUMBER, AMOUNT, PERCENT, DAY, CHOICE], ids=lambda one: type(one).__name__
)
def test_no_filter_asks_for_anything(one):
    """D-54: a form without scripts sends all its inputs, most of them empty."""
    assert told(one, "") == []


def test_a_filter_of_several_keys_takes_none_and_leaves_out_empty_ones():
    assert KEYS.field.clean([]) == KEYS.field.clean(None) == KEYS.field.clean([""]) == []
    assert KEYS.field.clean(["7", "", "none"]) == [7, "none"]


@pytest.mark.parametrize("one", TEXTS, ids=lambda one: type(one).__name__)
def test_a_text_has_at_most_200_characters(one):
    assert told(one, "x" * 200) == []
    assert told(one, "x" * 201) == ["Ensure this value has at most 200 characters (it has 201)."]


@pytest.mark.parametrize(
    ("one", "taken", "refused"),
    [
        (NUMBER, ["0", "1", str(LARGEST)], ["-1", str(LARGEST + 1), "1.5"]),
        (AMOUNT, ["0", "-1", "1.25", "12345678901234.56"], ["1.255", "123456789012345.67", "much"]),
        (PERCENT, ["0", "0.01", "99.99", "100"], ["-0.01", "100.01", "2.505", "half"]),
    ],
)
def test_numbers_are_taken_up_to_their_edges(one, taken, refused):
    """Issue 2, bad input: told, never an error of the database."""
    assert [value for value in taken if told(one, value)] == []
    assert [value for value in refused if not told(one, value)] == []


@pytest.mark.parametrize("one", [AMOUNT, PERCENT])
def test_amounts_and_percentages_may_have_a_comma_where_people_write_one(one):
    """S1.59, D6: a comma is never swallowed, in whatever language."""
    for language in ("en", "fr", "pl", "ro"):
        with override(language):
            assert str(one.field.clean("2,5")) == "2.5"


@pytest.mark.parametrize("text", ["2026-03-09", "09-03-2026", "09.03.2026", "09/03/2026"])
def test_a_day_is_taken_as_any_of_our_languages_writes_it(text):
    """D-42."""
    assert DAY.field.clean(text) == dt.date(2026, 3, 9)


def test_a_long_key_that_is_none_is_told_by_its_first_50_characters():
    assert told(KEYS, ["x" * 60]) == [f"“{'x' * 50}” is not one of the choices."]


def test_a_key_that_is_a_word_has_so_many_letters_at_most():
    assert word_of("FR", most=2) == "FR"
    for text in ("FRA", "F-", "É", ""):
        with pytest.raises(ValueError, match=f"^{text}$"):
            word_of(text, most=2)


def test_the_first_of_two_faults_is_told_at_the_filter(listed):
    page = listed("discount_min=-0.001", section=section_named("groups"))
    assert len(page.filter_errors["discount_min"]) == 2
    html = page.filterset.filters["discount_min"].draw(page, "discount_min")
    assert ">At least 0, please.</span>" in html


def test_a_choice_shows_what_is_chosen_and_has_the_first_of_several_as_its_tip(listed, mr, mrs):
    page = listed(f"title={mr.pk}&title={mrs.pk}")
    html = page.filterset.filters["title"].draw(page, "title")
    assert html.count(" selected>") == 2
    assert html.count(' title="') == html.count(' title="Male"') == 1
    nothing = page.filterset.filters["active"].draw(page, "active")
    assert (nothing.count(" selected"), nothing.count(' title="')) == (0, 0)


@pytest.mark.parametrize(
    ("until", "day", "found"),
    [
        (True, dt.date.max, ["Ada"]),
        (True, dt.date(9999, 12, 30), ["Ada"]),
        (True, dt.date(2026, 3, 9), []),
        (False, dt.date.min, ["Ada"]),
        (False, dt.date(2026, 3, 11), []),
    ],
)
def test_the_first_and_the_last_day_there_are_can_be_asked_for(customer, until, day, found):
    """Issue 2, bad input: no day after the last one, no midnight before the first; who never came is in none."""
    customer(first_name="Ada", visited=dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC))
    customer(first_name="Bob")
    one = DayFilter("", field="figures__last_visit_at", until=until, hint="")
    assert [person.first_name for person in one.filter(Customer.objects.all(), day)] == found


@pytest.mark.parametrize(("until", "found"), [(True, ["At", "Before"]), (False, ["After", "At"])])
def test_a_range_of_birthdays_has_both_of_its_ends(customer, until, found):
    for name, day in (("Before", 9), ("At", 10), ("After", 11)):
        customer(first_name=name, birthday=dt.date(1986, 3, day))
    one = DateFilter("", field="birthday", until=until, hint="")
    rows = one.filter(Customer.objects.all(), dt.date(1986, 3, 10))
    assert sorted(rows.values_list("first_name", flat=True)) == found
    assert one.narrow(Customer.objects.all(), None).count() == 3


def test_a_value_among_a_few_is_the_fields_own_where_nothing_else_is_said(group):
    group("Wholesale", price_display="tax_excluded")
    one = ChoiceFilter("Prices", choices=[("tax_excluded", "excluded")], field="price_display")
    assert [made.name for made in one.filter(Group.objects.all(), "tax_excluded")] == ["Wholesale"]
    assert one.chip("tax_excluded", None) == "Prices: excluded"
    whole = ChoiceFilter("Prices", choices=[("tax_excluded", "excluded")], field="price_display", whole=True)
    assert whole.chip("tax_excluded", None) == "excluded"


@pytest.mark.parametrize(("value", "said"), [("12.34", "12.34%"), ("2.5", "2.5%"), ("12.346", "12.35%")])
def test_a_percentage_is_said_with_two_decimals_at_most(value, said):
    """S1.59."""
    assert PERCENT.says(Decimal(value), None) == said

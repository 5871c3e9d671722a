"""What applies to a customer by their groups, as a table (issue 9, point 7; facts 7.4, 7.6; S2.15–S2.17)."""

from decimal import Decimal

import pytest

from groups.rules.privileges import Terms, what_applies

BOOKS, NOVELS, GAMES = 1, 2, 3  # novels are books
DEFAULT, WHOLESALE, LOYALTY = 10, 11, 12
TERMS = {
    DEFAULT: Terms(),
    WHOLESALE: Terms(
        discount=Decimal(15),
        category_discounts={BOOKS: Decimal(5), GAMES: Decimal(0)},
        tax_included=False,
    ),
    LOYALTY: Terms(discount=Decimal("3.50"), free_shipping=True, show_prices=False),
}


@pytest.mark.parametrize(
    ("default", "memberships", "categories", "discount"),
    [
        (DEFAULT, [DEFAULT], [], 0),
        # Memberships alone give no discount, whatever the groups would give as default group.
        (DEFAULT, [DEFAULT, WHOLESALE, LOYALTY], [], 0),
        (DEFAULT, [DEFAULT, WHOLESALE], [BOOKS], 0),
        (WHOLESALE, [WHOLESALE], [], 15),
        # A category's discount replaces the general one, also where it is smaller; it never adds up.
        (WHOLESALE, [WHOLESALE], [BOOKS], 5),
        (WHOLESALE, [WHOLESALE], [GAMES], 0),
        # The nearest category that has one counts.
        (WHOLESALE, [WHOLESALE], [NOVELS, BOOKS], 5),
        (WHOLESALE, [WHOLESALE], [NOVELS], 15),
        (LOYALTY, [LOYALTY, WHOLESALE], [BOOKS], "3.50"),
    ],
)
def test_the_discount_is_the_default_groups(default, memberships, categories, discount):
    assert what_applies(default, memberships, TERMS).discount_on(categories) == Decimal(discount)


@pytest.mark.parametrize(
    ("memberships", "exclusive_to", "seen"),
    [
        ([DEFAULT], [], True),
        ([DEFAULT], [WHOLESALE], False),
        ([DEFAULT, WHOLESALE], [WHOLESALE], True),
        ([DEFAULT, LOYALTY], [WHOLESALE, LOYALTY], True),
        # The default group is a membership too.
        ([], [DEFAULT], True),
    ],
)
def test_memberships_give_access(memberships, exclusive_to, seen):
    assert what_applies(DEFAULT, memberships, TERMS).may_see(exclusive_to) is seen


def test_shipping_and_the_show_of_prices_are_the_default_groups_too():
    loyal = what_applies(LOYALTY, [LOYALTY, WHOLESALE], TERMS).terms
    assert (loyal.free_shipping, loyal.show_prices, loyal.tax_included) == (True, False, True)
    wholesale = what_applies(WHOLESALE, [LOYALTY, WHOLESALE], TERMS).terms
    assert (wholesale.free_shipping, wholesale.show_prices, wholesale.tax_included) == (False, True, False)

"""How texts stand in the cells of files (G6, G7)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.tables.csv_cells import guarded, joined, parted, unguarded


@pytest.mark.parametrize(
    "cell", ["=1+1", "+48 600 100 200", "-2+3", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x","y")']
)
def test_no_cell_begins_like_a_formula(cell):
    """G6, G7: a phone number with a plus included."""
    assert guarded(cell) == "'" + cell
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("sign", ["\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_nor_like_one_of_full_width(sign):
    """S12: `＝1+1` was not guarded at all."""
    assert guarded(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize(
    ("cell", "harmless"),
    [
        ("Acme,+1+1", "Acme,'+1+1"),
        ("Acme, @SUM(1)", "Acme, '@SUM(1)"),
        ("1,=1+cmd()", "1,'=1+cmd()"),
        ('Bob,=HYPERLINK("http://x")', 'Bob,\'=HYPERLINK("http://x")'),
        ('Bob,"=1"', 'Bob,"\'=1"'),
        ("Mill;-1", "Mill;'-1"),
        ("one\n+two", "one\n'+two"),
        ("Mill,\uff1d1", "Mill,'\uff1d1"),
        ("Mill,'=1", "Mill,''=1"),
        ("Paris, Lyon", "Paris, Lyon"),
        ("Ada-Marie, 3+4", "Ada-Marie, 3+4"),
    ],
)
def test_no_part_of_a_cell_begins_like_a_formula(cell, harmless):
    """S12: an English Excel parts our files at commas; the second half of the cell ran."""
    assert guarded(cell) == harmless
    assert unguarded(harmless) == cell


def test_an_apostrophe_that_is_part_of_a_name_stays():
    """The Dutch 't Hart is no guard, and a Shopify id is guarded though it is a number."""
    assert (guarded("'t Hart"), unguarded("'t Hart")) == ("'t Hart", "'t Hart")
    assert unguarded("'7210448301122") == "7210448301122"


@given(st.text(alphabet="'=+-@\uff1d,;\"|\t\r\n1a é"))
def test_every_text_comes_back_as_it_was(text):
    """G6, S12: the round trip is exact, apostrophes of its own included."""
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in ("=", "+", "-", "@", "\uff1d", "\t", "\r", "\n")
    for part in re.split(r"[,;|\t\r\n]", guarded(text))[1:]:
        assert part.lstrip(' "')[:1] not in ("=", "+", "-", "@", "\uff1d")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Customer, Carribean", ["Customer", "Carribean"]),
        ("Customer; Carribean", ["Customer", "Carribean"]),
        ('Default, "Paris, Lyon"', ["Default", "Paris, Lyon"]),
        ('"VIP" people, Kids', ['"VIP" people', "Kids"]),
        ('"open', ['"open']),
        (" , ;", []),
        ("Kids, Kids", ["Kids"]),
    ],
)
def test_groups_in_one_cell_are_parted_by_commas_or_semicolons(cell, names):
    """PrestaShop parts them by commas, thirty bees by semicolons."""
    assert parted(cell) == names


@given(st.lists(st.text(alphabet='ab,;" ', min_size=1).filter(str.strip), unique=True))
def test_names_joined_in_one_cell_come_apart_as_they_were(names):
    """A group may be called "Paris, Lyon"."""
    assert parted(joined(names)) == names

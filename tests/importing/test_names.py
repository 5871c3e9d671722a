"""One column of whole names is parted where that is certain, or where somebody says how (decision 46, finding I1)."""

import pytest

from backoffice.rules import Broken
from customers.importing.names import parted_name
from customers.models import Customer

HEAD = "E-mail;Full name"


def names() -> list[tuple[str, str]]:
    return list(Customer.objects.order_by("pk").values_list("first_name", "last_name"))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Smith, John", "John", "Smith"),
        ("Smith, Mary Ann", "Mary Ann", "Smith"),
        ("DOE John", "John", "DOE"),
        ("John DOE", "John", "DOE"),
        ("Jean DE LA TOUR", "Jean", "DE LA TOUR"),
        ("van der BERG Jan", "Jan", "van der BERG"),
        ("Dr. John SMITH PhD", "John", "SMITH"),
        ("mgr inż. Jan KOWALSKI", "Jan", "KOWALSKI"),
        ("Smith, Dr. John, Jr.", "John", "Smith Jr."),
        ("M. et Mme DUPONT Jean", "Jean", "DUPONT"),
    ],
)
def test_a_comma_or_capitals_tell_which_part_is_the_last_name(text, first, last):
    """I1: certain, whatever order was said; titles and degrees are left out."""
    for order in ("", "first-last", "last-first"):
        assert parted_name(text, order) == (first, last)


@pytest.mark.parametrize(
    ("text", "first_last", "last_first"),
    [
        ("Mary Ann Jones", ("Mary Ann", "Jones"), ("Ann Jones", "Mary")),
        ("Otto van Miller", ("Otto", "van Miller"), ("van Miller", "Otto")),
        ("van Miller Otto", ("van Miller", "Otto"), ("Otto", "van Miller")),
        ("Dr. Emmett Brown PhD", ("Emmett", "Brown"), ("Brown", "Emmett")),
        ("John Smith III", ("John", "Smith III"), ("Smith", "John III")),
        ("Pan Peter", ("Pan", "Peter"), ("Peter", "Pan")),
        ("JOHN SMITH", ("JOHN", "SMITH"), ("SMITH", "JOHN")),
    ],
)
def test_other_names_are_parted_as_somebody_says(text, first_last, last_first):
    """I1: "Mary Ann Jones" was Mary / Ann Jones; now it is asked."""
    assert parted_name(text, "first-last") == first_last
    assert parted_name(text, "last-first") == last_first
    with pytest.raises(Broken, match="which_name"):
        parted_name(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [("Bob", ("Bob", "")), ("Smith,", ("", "Smith")), ("M. et Mme Dupont", ("", "Dupont")), (" ", ("", ""))],
)
def test_one_word_is_one_part(text, parts):
    assert parted_name(text) == parts


def test_two_people_in_one_name_are_asked_about(take_in):
    """I1: Jane / & John Smith went in."""
    with pytest.raises(Broken, match="which_name"):
        parted_name("Jane & John Smith")
    with pytest.raises(Broken, match="which_name"):
        parted_name("Jane & John Smith", "last-first")
    assert parted_name("Jane & John Smith", "first-last") == ("Jane & John", "Smith")


def test_what_is_not_certain_is_refused_with_the_option_that_settles_it(take_in):
    """Decision 46: nothing is guessed; the row says which name it is."""
    text = f"{HEAD}\na@shop.example;Smith, John\nb@shop.example;Mary Ann Jones\n"
    outcome = take_in(text)
    assert (outcome.counts, names()) == ((1, 0, 0, 1), [("John", "Smith")])
    assert [str(fault) for fault in outcome.faults] == [
        "Line 3, column “Full name”, “Mary Ann Jones”: Which part is the last name?"
        " Say it with --names first-last or last-first."
    ]
    assert (
        "Line 2, column “Full name”: split into first and last name, such as"
        " “Smith, John”: first name John, last name Smith"
    ) in outcome.remarks
    assert take_in(text, names="first-last").counts == (1, 0, 1, 0)
    assert names() == [("John", "Smith"), ("Mary Ann", "Jones")]


def test_a_million_of_such_names_are_shown_by_ten_examples(take_in):
    """Decision 46, I8: the first examples; the others are counted."""
    rows = "".join(f"c{n}@shop.example;Mary Ann Jones\n" for n in range(25))
    outcome = take_in(f"{HEAD}\n{rows}")
    assert (outcome.counts, len(outcome.faults)) == ((0, 0, 0, 25), 10)
    assert outcome.remarks == [
        "Column “Full name”, 15 more rows: Which part is the last name?"
        " Say it with --names first-last or last-first."
    ]


def test_how_a_name_is_parted_here_stays(take_in, customer):
    """Decision 5: a file that says the same name changes nothing, even where it would be parted otherwise."""
    customer(email="a@shop.example", first_name="Mary", last_name="Ann Jones")
    text = f"{HEAD}\na@shop.example;Mary Ann Jones\n"
    assert take_in(text).counts == (0, 0, 1, 0)
    assert take_in(text, names="first-last").counts == (0, 0, 1, 0)
    assert names() == [("Mary", "Ann Jones")]


def test_a_bare_name_beside_the_surname_is_the_first_name(take_in):
    """I9: everybody was refused for a first name that was there."""
    outcome = take_in("Name;Surname;Email\nAda;Byron;ada@shop.example\n")
    assert (outcome.counts, names()) == ((1, 0, 0, 0), [("Ada", "Byron")])
    assert outcome.remarks == []
    take_in("First name;Name;Email\nBo;Bush;bo@shop.example\n")
    assert names()[1] == ("Bo", "Bush")


def test_a_whole_name_beside_the_first_name_is_no_last_name(take_in):
    """I9, the kind: what "Name" means depends on the columns beside it; "Full name" is always whole."""
    take_in("First name;Full name;Email\nAda;Ada BYRON;ada@shop.example\n")
    assert names() == [("Ada", "BYRON")]

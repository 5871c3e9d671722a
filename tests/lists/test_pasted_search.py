"""What people paste from mails, letters and our own pages is found (findings V1, V2)."""

from urllib.parse import urlencode

import pytest

from backoffice.database.telephones import digits_of, sought_digits
from backoffice.sections import section_named
from tests.reading import read


@pytest.mark.parametrize(
    "typed",
    [
        "+44 (0)20 7946-0018",  # as stored
        "7946-0018",
        "+44 20 7946 0018",
        "0044 20 7946 0018",
        "442079460018",
        "0018",
        "79460018",
        "02079460018",
        "020 7946 0018",
        "(020) 7946 0018",
        "020.7946.0018",
        "DOE 7946-0018",
        "+44\u00a020\u00a07946\u00a00018",
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(customer, ids, typed):
    """V1: digits are compared, whatever stands between them."""
    made = customer(phone="+44 (0)20 7946-0018")
    customer(phone="+33 1 23 45 67 89")
    assert ids(f"q={typed.replace('+', '%2B').replace(' ', '+')}") == [made.pk]


@pytest.mark.parametrize(
    "typed", ["+44 20 7946 0018", "+44 (0)20 7946 0018", "0044-20-7946-0018", "020 7946"]
)
def test_a_number_stored_as_at_home_is_found_as_from_abroad(customer, ids, typed):
    """V1: a national leading 0 against + and country."""
    made = customer(phone="(020) 7946 0018")
    customer(phone="+48 20 111 22 33")
    assert ids(f"q={typed.replace('+', '%2B').replace(' ', '+')}") == [made.pk]


@pytest.mark.parametrize(
    ("number", "stored"),
    [
        ("+44 (0)20 7946-0018", "442079460018"),
        ("0044 (0) 20 7946 0018", "442079460018"),
        ("(020) 7946 0018", "02079460018"),
        ("+39 06 1234567", "39061234567"),
        ("", ""),
        ("()-/", ""),
    ],
)
def test_digits_are_stored_in_one_form(number, stored):
    """V1."""
    assert digits_of(number) == stored


def test_what_is_looked_for_by_a_number_knows_the_codes_of_countries():
    """V1: codes have one digit, two or three."""
    assert sought_digits("+1 212 555 0100") == ("12125550100", " 02125550100")
    assert sought_digits("+40 21 312 3456") == ("40213123456", " 0213123456")
    assert sought_digits("+353 1 234 5678") == ("35312345678", " 012345678")
    assert sought_digits("021 312 34 56") == ("0213123456", "213123456")
    assert sought_digits("0018") == ("18",)  # too short to be one of a country


@pytest.fixture
def john(customer, mr):
    """John DOE of the documents, and people who are not him."""
    made = customer(first_name="John", last_name="DOE", email="pub@prestashop.com", title=mr)
    customer(first_name="Paul", last_name="O'Rielly", email="paul.o@mail.example")
    customer(first_name="Anna", last_name="Kowalska", company="Smith & Sons", email="anna@mail.example")
    customer(first_name="Jean-Pierre", last_name="Petit", company="Dupont et Fils", email="jp@mail.example")
    return made


def asked(text: str) -> str:
    return urlencode({"q": text})


@pytest.mark.parametrize(
    "typed",
    [
        "DOE, John",
        "John, DOE",
        "Mr John DOE",
        "Mr. John DOE",
        "John DOE (pub@prestashop.com)",
        "John DOE <pub@prestashop.com>",
        "“John DOE” <pub@prestashop.com>;",
        "mailto:pub@prestashop.com",
        "mailto:pub@prestashop.com?subject=Your%20order",
        "<pub@prestashop.com>",
        "pub@prestashop.com.",
        "prestashop.com",
        "Dear John DOE!".removeprefix("Dear "),
        "John\u200b DOE",
        "John\u00a0DOE",
    ],
)
def test_a_person_is_found_as_mails_and_letters_name_them(john, ids, typed):
    """V2: punctuation, brackets, the title and what a mail program adds find nobody less."""
    assert ids(asked(typed)) == [john.pk]


@pytest.mark.parametrize(
    "pattern", ["#{}", "# {}", "ID {:06}", "id {}", "ID: {}", "John DOE (ID {:06})", "John DOE #{}"]
)
def test_the_id_as_pages_print_it_means_the_id(john, ids, pattern):
    """V2: `#` and `ID` before a number mean the id, and no other number that contains it."""
    assert ids(asked(pattern.format(john.pk))) == [john.pk]


def test_the_heading_of_a_persons_own_page_finds_them(john, ids, client_of, owner):
    """V2: as the page itself prints it."""
    page = read(client_of(owner).get(f"/customers/{john.pk}/"))
    assert ids(asked(page.one("h1").text)) == [john.pk]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=Smith+and+Sons", ["Anna"]),
        ("q=Smith+%26+Sons", ["Anna"]),
        ("q=Smith%26Sons", ["Anna"]),
        ("q=Smith+oraz+Sons", ["Anna"]),
        ("q=Dupont+%26+Fils", ["Jean-Pierre"]),
        ("q=Sons+and+Daughters", []),
        ("company=smith+and+sons", ["Anna"]),
        ("company=smith%26sons", ["Anna"]),
        ("company=dupont+%26+fils", ["Jean-Pierre"]),
        ("company=dupont+%26+filles", []),
        ("q=Jean+Pierre", ["Jean-Pierre"]),
        ("q=jean-pierre", ["Jean-Pierre"]),
        ("first_name=Jean+Pierre", ["Jean-Pierre"]),
        ("first_name=Pierre,", ["Jean-Pierre"]),
        ("last_name=(DOE)", ["John"]),
        ("last_name=O.Rielly", []),
        ("last_name=ORielly", ["Paul"]),
        ("last_name=O’Rielly,", ["Paul"]),
        ("email=mailto:pub@prestashop.com", ["John"]),
        ("email=John+DOE+%3Cpub@prestashop.com%3E", ["John"]),
        ("email=paul.o@", ["Paul"]),
        ("email=paul+o", []),  # an address keeps its letters (decision 4)
    ],
)
def test_what_looks_alike_is_alike_to_the_search_and_to_the_filters(john, names, query, expected):
    """V2: one normal form for both sides."""
    assert names(query) == expected


def test_small_lists_know_punctuation_and_and_too(group, listed):
    """V2: in memory as in the index."""
    made = group("Friends & Family")
    group("Wholesale")
    for typed in ("friends+and+family", "friends,+%26+family", "Friends%26Family"):
        page = listed(f"name={typed}", section=section_named("groups"))
        assert [row["id"] for row in page.records] == [made.pk], typed


@pytest.mark.parametrize(
    ("query", "hinted"),
    [
        ("q=jo", True),
        ("q=john+d", True),
        ("q=john", False),
        ("q=12", False),  # a number is looked for as an id
        ("q=", False),
        ("last_name=do", True),
        ("last_name=doe", False),
    ],
)
def test_under_three_letters_the_box_says_what_is_found(john, client_of, owner, query, hinted):
    """V16: decision 12 looks for the start of a word then, and people seem to be missing."""
    page = read(client_of(owner).get(f"/customers/?{query}"))
    hints = page.all("span", "filter-hint")
    assert [one.text for one in hints] == [
        "Fewer than three letters: only the beginnings of words are searched."
    ] * hinted
    if hinted:
        box = page.one("input", name=query.partition("=")[0], form="filters")
        assert box["aria-describedby"] == hints[0]["id"]

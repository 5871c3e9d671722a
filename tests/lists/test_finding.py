"""What "contains" promises, for any name whatever and on both databases (decision 12, D-39, D-103)."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backoffice.database.folding import ANDS, fold, plain, spellings
from backoffice.database.search import contains, find
from customers.models import Customer

# Letters of four languages, quotes, wildcards, what an index of words chokes on, and whatever else there is.
letters = st.one_of(
    st.sampled_from("aAąĄeéÈłŁoóÖsșȘtțßzżŹ -'’\"%_\\*()@.:&+&İıﬁ中文"),
    st.characters(exclude_characters="\0", exclude_categories=["Cs", "Cc"]),
)
words = st.text(letters, min_size=1, max_size=8)


@settings(max_examples=400)
@given(st.text())
@example("𝐀nna")
@example("İstanbul ẞ ŉ ﬃ")
@example("O’Hara  ‘Ann’")
def test_folding_twice_is_folding_once_and_case_and_outer_spaces_never_matter(text):
    """D-39, D-103: two spellings of one name are equal, whichever of them is typed."""
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(f"  {text} ") == folded
    assert "  " not in folded
    if text.upper().lower() == text.lower():
        assert fold(text.lower()) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Véronique", "veronique"),
        ("ŁUKASZ", "lukasz"),
        ("Đặng", "dang"),
        ("Straße", "STRASSE"),
        ("Ștefan", "Şţefan".replace("ţ", "t")),
        ("O'Hara", "O’HARA"),
        ("Æsop", "aesop"),
        ("Øyvind", "oyvind"),
        ("Ｆｕｌｌ", "full"),
        ("Ana\u00a0Maria", "ana maria"),
        ("e\u0301", "é"),
    ],
)
def test_spellings_of_one_name_are_one(one, other):
    """D-103: accents, special letters, quotes, widths, composed or not."""
    assert fold(one) == fold(other)


@pytest.fixture
def crowd(customer):
    """Four customers whose names each example rewrites."""
    return [customer() for _ in range(4)]


@settings(max_examples=400)
@given(st.text())
@example("Smith&Sons, “Ltd.”")
@example("a\u200bb +48 (0)61")
def test_what_is_searched_has_neither_punctuation_nor_double_blanks_and_stays_as_it_is(text):
    """V2: one normal form for what is stored and what is typed."""
    searched = plain(text)
    assert plain(searched) == searched == plain(f" {text}, ") == plain(fold(text))
    assert not set(searched) & set(",.;:!?()[]{}<>@#'\"-_/\\+=*%\u200b")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(words, min_size=4, max_size=4), data=st.data())
def test_a_text_finds_exactly_those_who_contain_it(crowd, names, data):
    """Decision 12: contains; under three letters at the start of a word; no index or wildcard gets in between."""
    for one, name in zip(crowd, names, strict=True):
        one.last_name = one.company = name
        one.save()
    whole = data.draw(st.sampled_from(names))
    start = data.draw(st.integers(0, len(whole) - 1))
    sought = data.draw(st.one_of(words, st.just(whole[start:]), st.just(whole[: start + 1]), st.just(whole)))
    for key in ("last_name_key", "company_key"):
        found = set(contains(Customer.objects.all(), key, sought).values_list("pk", flat=True))
        asked = [one for one in spellings(sought) if one]
        assert found == {
            one.pk for one in crowd if any(_contains(plain(one.last_name), word) for word in asked)
        }, (names, sought)


def _contains(text: str, word: str) -> bool:
    """The promise, in the simplest words."""
    if len(word) < 3:
        return text.startswith(word) or f" {word}" in text
    return word in text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(words, min_size=4, max_size=4), sought=st.lists(words, min_size=1, max_size=3))
def test_the_quick_search_never_fails_and_never_finds_who_lacks_a_word(crowd, names, sought):
    """D-37, D-54: every word must be there; "&" and "and" stand for each other."""
    for one, name in zip(crowd, names, strict=True):
        one.first_name = name
        one.save()
    text = " ".join(sought)
    for found in find(Customer.objects.all(), text):
        for word in plain(text).split():
            assert word in found.search_text or word in ANDS or word == str(found.pk)


def test_who_has_an_apostrophe_or_a_wildcard_in_the_address_is_found_by_it(customer):
    """Decision 4: an address keeps its letters, so the column keeps them too."""
    made = customer(email="o'hara_100%@mail.example")
    customer(email="oxhara-1000@mail.example")
    for text in ("o'hara", "O'HARA_100", "_100%", "100%@", "hara_1"):
        assert list(contains(Customer.objects.all(), "email_key", text)) == [made], text


@pytest.mark.parametrize("digits", ["𐩀", "፩", "①", "²", "٣", "9" * 19, "9" * 200])
def test_what_python_takes_for_a_digit_is_no_fault(customer, digits):
    """Issue 2, bad input: Ethiopic and Kharosthi digits are digits, and no numbers."""
    customer(first_name="Ada")
    assert not find(Customer.objects.all(), digits).filter(first_name="Nobody").exists()

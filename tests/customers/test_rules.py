"""What a customer's fields may hold (decisions 3, 4, 6 and 12); one source for form, import and API (D-28)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice import faults
from backoffice import rules as general
from backoffice.rules import Broken
from customers import rules


def fault(rule, *values, **facts):
    """The code of the fault that the rule finds."""
    with pytest.raises(Broken) as broken:
        rule(*values, **facts)
    return broken.value.code


@pytest.mark.parametrize(
    "name",
    [
        "John",
        "DOE",
        "O'Hara",
        "O’Hara",
        "Jean-Luc",
        "Dr.med.",  # D-27
        "van der Berg, jr.",
        "Ożóg-Łukaszewicz",
        "Ștefan",
        "José María",
        "李小龍",
        "Мария",
        "محمد",
        "A",
        "X Æ",
        "Smith & Sons",
        "Ann (Mary)",
        "D/O Raman",
        "#Ana!",
    ],
)
def test_a_name_of_any_language_passes_as_it_is(name):
    """Decision 3: nothing else is refused; D-27, D-29."""
    assert general.person_name(name) == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("-", "name_without_letter"),  # D-30
        ("...", "name_without_letter"),
        ("", "name_without_letter"),
        ("李2", "name_with_digit"),
        ("R2D2", "name_with_digit"),
        ("Ana٣", "name_with_digit"),
        ("<b>Bob</b>", "name_with_markup"),
        ("{{ name }}", "name_with_markup"),
        ("a=b", "name_with_markup"),
        ("www.shop", "name_with_link"),
        ("HTTP", "name_with_link"),
        ("Visit https://evil", "name_with_link"),
        ("A" * 256, "too_long"),
    ],
)
def test_a_name_without_a_letter_with_a_digit_markup_or_an_address_is_refused(name, code):
    """Decision 3: refused everywhere."""
    assert fault(general.person_name, name) == code


def test_a_name_of_255_letters_fits():
    """Issue 2: exact limits."""
    assert general.person_name("Ș" * 255) == "Ș" * 255


@pytest.mark.parametrize(
    ("typed", "kept"), [("  Ada   Byron ", "Ada Byron"), ("Ada\tByron\r\n", "Ada Byron"), ("Ada\x07", "Ada")]
)
def test_spaces_and_control_characters_are_tidied(typed, kept):
    """Nobody sees them, so nobody means them."""
    assert general.person_name(typed) == kept


@pytest.mark.parametrize(
    "name",
    [
        "Ada\u202enoryB",  # turns round what follows
        "Ada\u200e",
        "A\u2066d\u2069a",
        "\ufeffAda",
        "A\u00adda",
        "A\u200bda",
        "A\u2060da",
        "Ada\x9b",
    ],
)
@pytest.mark.parametrize("rule", [general.person_name, general.thing_name])
def test_a_name_with_characters_that_nobody_can_see_is_refused(rule, name):
    """Two customers whose names look the same, or one that reads backwards, deceive who reads the list."""
    assert fault(rule, name) == "unseen"


@pytest.mark.parametrize("name", ["می\u200cنا", "ක්\u200dරිස්", "Ada 👩\u200d👧", "Ana ❤️"])
def test_what_joins_letters_and_pictures_is_part_of_a_name(name):
    """Decision 3: nothing else is refused; Persian and Sinhala names are written with such marks."""
    assert general.person_name(name) == name
    assert general.thing_name(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+33 1 23 45 67 89", "+33 1 23 45 67 89"),
        ("(0)30/12-34.56", "(0)30/12-34.56"),
        ("+48\u00a0501\u202f234", "+48 501 234"),
        ("112", "112"),
    ],
)
def test_a_phone_number_stays_as_typed(typed, kept):
    """Facts 1.16; a space that does not break is a space."""
    assert general.phone(typed) == kept


@pytest.mark.parametrize("typed", ["abc<>", "12 34 ext. 5", "٣٤٥", "12;34", "=1+1", "( ) -", "brak"])
def test_what_is_no_phone_number_is_doubted_and_kept_as_typed(typed):
    """Facts 1.16: digits and + . space ( ) - ; the slash that German numbers have goes with them. Decisions 24 and 45:
    an odd phone keeps nobody out, at no door (I5)."""
    assert general.phone(typed) == typed
    assert fault(general.looks_like_a_phone, typed) == "phone_odd"


@pytest.mark.parametrize("typed", ["+33 1 23 45 67 89", "(0)30/12-34.56", "112"])
def test_a_phone_number_is_not_doubted(typed):
    """Facts 1.16."""
    general.looks_like_a_phone(typed)


@pytest.mark.parametrize("typed", ["4.86E+10", "4,86001E+10", "7E+12"])
def test_what_a_spreadsheet_made_of_a_number_is_refused(typed):
    """I3: its digits are lost, of a phone and of the number by which another shop knows somebody."""
    assert fault(general.phone, typed) == "number_shortened"
    assert fault(general.reference, typed) == "number_shortened"


def test_a_phone_number_has_no_letters_that_nobody_sees():
    """V6."""
    assert fault(general.phone, "\u202a+48 501\u202c") == "unseen"


def test_a_company_may_have_digits_but_no_markup():
    """Decision 3, D-24: digits in company names were refused elsewhere."""
    assert general.thing_name("3M & Co. (1902)") == "3M & Co. (1902)"
    assert fault(general.thing_name, "<b>") == "name_with_markup"
    assert fault(general.thing_name, "x" * 33, limit=32) == "too_long"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("pub@prestashop.com", "pub@prestashop.com"),
        (" Pub@PrestaShop.COM ", "Pub@prestashop.com"),
        ("o'hara@example.com", "o'hara@example.com"),
        ("walk-in@shop.test", "walk-in@shop.test"),
        ("nobody@shop.invalid", "nobody@shop.invalid"),
        ("anonymous@psgdpr.com", "anonymous@psgdpr.com"),
        ("jan+shop@poczta.pl", "jan+shop@poczta.pl"),
        ("zażółć@poczta.pl", "zażółć@poczta.pl"),
        ("ana@bücher.example", "ana@bücher.example"),
    ],
)
def test_an_address_is_normalised_and_never_asked_whether_mail_arrives(typed, kept):
    """Decision 4, S4.40: syntax and normalising only."""
    assert general.email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "john",
        "john@",
        "@shop.com",
        "a@b",
        "a b@shop.com",
        "a@@b.com",
        "a@b..com",
        "<a@b.com>",
        "a@b.com,c@d.com",
    ],
)
def test_what_is_no_address_is_refused(typed):
    """S0.28, decision 4."""
    assert fault(general.email, typed) == "email_malformed"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("x" * 301 + "@shop.example", "At most 254 characters, please; this has 314."),
        (f"{'x' * 64}@{'y' * 60}.{'z' * 60}.{'w' * 60}.de", None),
        ("x" * 70 + "@shop.example", "At most 64 characters before the @, please; these are 70."),
        ("x" * 64 + "@shop.example", None),
    ],
)
def test_of_an_address_that_is_too_long_the_length_is_told(typed, told):
    """Issue 2, deliverable 7: nobody finds out from "no e-mail address" what to mend."""
    if told is None:
        assert general.email(typed) == typed
        return
    with pytest.raises(Broken) as broken:
        general.email(typed)
    assert faults.sentence(broken.value) == told


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("a@shop.test", False),
        ("a@shop.invalid", False),
        ("a@localhost.localhost", False),
        ("a@shop.TEST", False),
        ("a@example.com", True),
        ("a@prestashop.com", True),
        ("a@contest.com", True),
    ],
)
def test_placeholders_are_known(address, reached):
    """Decision 4, S4.40: accepted with a warning mark."""
    assert general.is_unreachable(address) is not reached


def test_a_password_has_five_characters_of_any_kind():
    """S0.26, S0.27, S1.33, decision 6, B12: 4 refused, 5 accepted; no old set of letters caps it."""
    assert fault(rules.password, "1234", at_least=5) == "password_too_short"
    for text in ("12345", "-_-_-", "ąę łó", "     ", "a" * 128):
        assert rules.password(text, at_least=5) == text
    assert fault(rules.password, "a" * 129, at_least=5) == "too_long"
    assert fault(rules.password, "12345678901", at_least=12) == "password_too_short"


def test_a_birthday_lies_between_1900_and_today():
    """Facts 1.16."""
    today = dt.date(2026, 3, 10)
    assert rules.birthday(today, today=today) == today
    assert rules.birthday(dt.date(1900, 1, 1), today=today) == dt.date(1900, 1, 1)
    assert fault(rules.birthday, dt.date(2026, 3, 11), today=today) == "birthday_in_future"
    assert fault(rules.birthday, dt.date(1899, 12, 31), today=today) == "birthday_too_early"


@pytest.mark.parametrize(
    ("day", "born", "age"),
    [
        ("2011-08-09", "1970-01-15", 41),  # S1.10, S1.14
        ("2026-03-09", "1986-03-10", 39),
        ("2026-03-10", "1986-03-10", 40),
        ("2026-02-28", "2000-02-29", 25),
        ("2026-03-01", "2000-02-29", 26),
        ("2028-02-28", "2000-02-29", 27),
        ("2028-02-29", "2000-02-29", 28),
        ("2026-03-10", "2026-03-10", 0),
    ],
)
def test_age_is_in_whole_years_and_29_february_counts_from_1_march(day, born, age):
    """S1.14, decision 12."""
    assert rules.age_on(dt.date.fromisoformat(day), dt.date.fromisoformat(born)) == age


@given(st.text())
def test_no_text_whatever_breaks_a_rule_in_another_way_than_by_its_fault(text):
    """Issue 2, bad input: a sentence, never a crash; what passes once passes unchanged again (D-25)."""
    for rule in (general.person_name, general.thing_name, general.phone, general.email):
        try:
            kept = rule(text)
        except Broken as broken:
            kept, told = None, faults.sentence(broken)
        assert rule(kept) == kept if kept is not None else told


def test_every_fault_has_a_sentence_without_a_column_name():
    """D-28, design: one source for rule and message, in words people know."""
    for code, sentence in faults.SENTENCES.items():
        numbers = dict.fromkeys(("limit", "length", "limit_value", "show_value", "id", "line", "number"), 5)
        told = sentence % {
            **numbers,
            **dict.fromkeys(
                ("name", "other", "first", "second", "last", "signs", "example", "names", "currency"), "x"
            ),
        }
        assert told.endswith((".", "=", "-")), code
        assert "_" not in told, code

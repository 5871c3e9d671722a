"""Numbers in and out by the reader's language (findings D6, V11, V14, S8)."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from backoffice.lists import key_figures
from backoffice.records.actors import Actor
from backoffice.records.options import store
from backoffice.rules import Broken
from backoffice.screen import formats
from backoffice.screen.figures import typed_number
from customers.models import Customer
from customers.options import SECTION, CustomerOptions
from groups.models import Group
from tests.reading import filled, read

pytestmark = pytest.mark.alike

LANGUAGES = ("en", "fr", "pl", "ro")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # each in English, French, Polish, Romanian; None is refused
        ("1,5", ("1.5",) * 4),
        ("1.5", ("1.5",) * 4),
        ("1000,50", ("1000.50",) * 4),
        ("1000.50", ("1000.50",) * 4),
        ("1 234,56", ("1234.56",) * 4),
        ("1\u00a0234,56\u00a0€", ("1234.56",) * 4),
        ("1\u202f234,56", ("1234.56",) * 4),
        ("€1,234.56", ("1234.56",) * 4),
        ("1.234,56", ("1234.56",) * 4),
        ("1,234.56", ("1234.56",) * 4),
        ("1,234,567", ("1234567",) * 4),
        ("1.234.567,8", ("1234567.8",) * 4),
        ("1,234", ("1234", "1.234", "1.234", "1.234")),
        ("1.234", ("1.234", None, None, "1234")),
        ("0,234", ("0.234",) * 4),
        ("0.234", ("0.234",) * 4),
        ("12,34", ("12.34",) * 4),
        ("1234,567", ("1234.567",) * 4),
        (",5", ("0.5",) * 4),
        ("15 %", ("15",) * 4),
        ("-1,5", ("-1.5",) * 4),
        ("−1", ("-1",) * 4),
        ("+7", ("7",) * 4),
        ("007", ("7",) * 4),
        *(
            (text, (None,) * 4)
            for text in ("", "x", "1,2,3", "1,23,456", "1 5", "1 2345", "1..5", "1.5,5.5", "1e3")
        ),
        *(
            (text, (None,) * 4)
            for text in (
                "NaN",
                "Infinity",
                "٣",
                "１",
                "1_0",
                "5 $",
                "--5",
                "5-",
                ".",
                "1,",
                "12 zł x",
                "€ 5 €",
            )
        ),
    ],
)
def test_both_separators_are_taken_where_the_meaning_is_clear_else_it_is_refused(text, numbers):
    """D6: 1,5 is never fifteen."""
    for language, number in zip(LANGUAGES, numbers, strict=True):
        with translation.override(language):
            if number is None:
                with pytest.raises(Broken):
                    typed_number(text)
            else:
                assert typed_number(text) == Decimal(number), language


@given(number=st.decimals(0, "9999999999.99", places=2), language=st.sampled_from(LANGUAGES))
def test_what_pages_print_can_be_typed_back(number, language):
    """D6: staff copy from a list into a form."""
    with translation.override(language):
        for shown in (formats.typed(number, 2), formats.decimals(number, 2), formats.money(number, "EUR")):
            assert typed_number(shown) == number


@pytest.fixture
def reader(client_of, hire, shop):
    """`reader("fr")` is a manager's browser in that language."""
    return lambda language: client_of(hire("manager", language=language, email=f"{language}@shop.example"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_discount_of_1_and_a_half_is_one_and_a_half(reader, language):
    """D6: it was saved as 15.00; the browser's language decided, not the page's."""
    client = reader(language)
    box = read(client.get("/groups/1/edit/")).one("input", name="discount")
    assert (box["type"], box["inputmode"]) == ("text", "decimal")
    assert box["value"] == ("0.00" if language == "en" else "0,00")
    for typed in ("1,5", "1.5"):
        form = client.get("/groups/1/edit/").context["form"]
        client.post(
            "/groups/1/edit/",
            {
                "name": "Default",
                "discount": typed,
                "price_display": "tax_included",
                "version": form["version"].value(),
            },
        )
        assert Group.objects.get(pk=1).discount == Decimal("1.50")
        Group.objects.update(discount=0)


def test_what_could_be_a_thousand_or_a_fraction_is_refused_at_the_field(reader, customer, options):
    """D6, money: "Encours autorisé" of 1000,50 was saved as 100050."""
    options(b2b=True)
    client, john = reader("fr"), customer()
    page = client.get(f"/customers/{john.pk}/edit/")
    assert read(page).one("div", "field-unit").text == "€"
    posted = {**_filled(page), "outstanding_allowance": "1.234"}
    faults = (
        client.post(f"/customers/{john.pk}/edit/", posted).context["form"].errors["outstanding_allowance"]
    )
    assert len(faults) == 1
    client.post(f"/customers/{john.pk}/edit/", {**posted, "outstanding_allowance": "1 234,56 €"})
    assert Customer.objects.get().outstanding_allowance == Decimal("1234.56")


def _filled(page) -> dict:
    return filled(page.context["form"])


@pytest.fixture
def options(db):
    """`options(b2b=True)` sets options of the customers."""
    return lambda **chosen: store(CustomerOptions(**chosen), SECTION, by=Actor.command())


@pytest.mark.parametrize(
    ("typed", "stored"), [("30", 30), ("007", 7), ("1,5", None), ("1.000", None), ("٣", None)]
)
def test_a_whole_number_is_never_cut_out_of_another_one(reader, customer, options, typed, stored):
    """D6, S8: Django took 1.000 for 1, and digits of every script."""
    options(b2b=True)
    client, john = reader("pl"), customer()
    page = client.get(f"/customers/{john.pk}/edit/")
    assert read(page).one("input", name="max_payment_days")["inputmode"] == "numeric"
    answer = client.post(f"/customers/{john.pk}/edit/", {**_filled(page), "max_payment_days": typed})
    assert answer.status_code == (200 if stored is None else 302)
    assert Customer.objects.get().max_payment_days == (stored or 0)


@pytest.mark.parametrize(
    ("language", "typed", "found"),
    [("fr", "2,5", 1), ("fr", "2.5", 1), ("ro", "2,51", 0), ("en", "2,5", 1), ("pl", "2,5 %", 1)],
)
def test_filters_from_and_to_read_numbers_alike(reader, group, language, typed, found):
    """D6: from and to of amounts and percentages."""
    group("Fidèles", discount="2.50")
    rows = read(reader(language).get("/groups/", {"discount_min": typed})).one("tbody").all("tr")
    assert len(rows) == found


@pytest.mark.parametrize(
    ("language", "percent", "money"),
    [
        ("en", "12.5%", "€1,234.56"),
        ("fr", "12,5 %", "1 234,56 €"),
        ("pl", "12,5%", "1 234,56 €"),
        ("ro", "12,5 %", "1.234,56 EUR"),
    ],
)
def test_numbers_on_pages_and_in_history_are_by_language(
    reader, group, customer, options, language, percent, money
):
    """V11: "Réduction 0.00" without %, "1000.50 → 1234.56" without a currency."""
    options(b2b=True)
    client = reader(language)
    made, john = group("Fidèles", discount="12.50"), customer(outstanding_allowance=Decimal("0.00"))
    assert percent in read(client.get(f"/groups/{made.pk}/")).one("dl", "facts").text.replace("\u202f", " ")
    page = client.get(f"/customers/{john.pk}/edit/")
    client.post(
        f"/customers/{john.pk}/edit/",
        {**_filled(page), "outstanding_allowance": "1234.56", "max_payment_days": "1234"},
    )
    said = (
        read(client.get(f"/customers/{john.pk}/history/")).text.replace("\u202f", " ").replace("\u00a0", " ")
    )
    assert money in said
    assert "1234.56" not in said
    with translation.override(language):
        assert formats.number(1234).replace("\u202f", " ").replace("\u00a0", " ") in said


def test_orders_per_customer_have_two_decimals(client_of, owner):
    """V14: facts 2.6; it said 0.7."""
    key_figures.store("customers", {"people": 10, "active_people": 10, "valid_orders": 7})
    figures = client_of(owner).get("/customers/").context["key_figures"]
    assert next(one["value"] for one in figures if one["title"] == "Orders per customer") == "0.70"

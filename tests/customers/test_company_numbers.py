"""The two numbers of a company, as its country calls and checks them; any value is saved (S4.55, S4.56, decision 7)."""

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from backoffice.checks import shop_country_is_known
from backoffice.faults import doubt_about
from backoffice.records.actors import Actor, Door
from customers import services
from customers.models import Customer
from customers.sections.company_numbers import COMPANY_NUMBER, TAX_NUMBER, in_groups, said_of
from customers.services.task_feeds import make_feed_link
from tests.reading import history, read

pytestmark = pytest.mark.alike

LABELS = {
    "FR": ("SIRET", "APE"),
    "PL": ("REGON", "NIP"),
    "RO": ("Nr. registrul comerțului", "CUI"),
}
GENERAL = {
    "en": ("Company number", "Tax number"),
    "fr": ("Numéro d’entreprise", "Numéro fiscal"),
    "pl": ("Numer rejestrowy firmy", "Numer podatkowy"),
    "ro": ("Număr de înregistrare", "Cod fiscal"),
}
MISTYPED = "Not a valid {}: the check digit does not match, so a digit is mistyped."


def told(asked, number: str, country: str) -> str:
    """What is doubted about a number of a customer from there."""
    return doubt_about(number, said_of(asked, Customer(country=country)).doubt)


@pytest.fixture
def company(customer, options):
    """`company("PL", siret="1")` is a customer there, with B2B on."""

    def company(country: str, **fields) -> Customer:
        options(b2b=True)
        made = customer(email="firm@mail.com", **fields)
        Customer.objects.filter(pk=made.pk).update(country=country)
        return Customer.objects.get(pk=made.pk)

    return company


@pytest.fixture
def page_of(client_of, hire):
    """`page_of("pl")("/customers/1/")`: pages of an owner who reads Polish."""

    def page_of(language: str):
        client = client_of(hire("owner", email=f"{language}@example.com", language=language))
        return lambda address: read(client.get(address))

    return page_of


def label_of(page, name: str) -> str:
    return next(one.text for one in page.all("label") if one.get("for") == f"id_{name}")


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("FR", "73282932000074"),
        ("FR", "732 829 320 00074"),
        ("FR", "732829320"),
        ("FR", "356 000 000 00048"),  # La Poste, which has a sum of its own
        ("PL", "123456785"),
        ("PL", "12345678512347"),
        ("RO", "J40/1234/2020"),
        ("RO", "J2012000750528"),
        ("RO", "F40/1234/2020"),
        ("BE", "0403.019.261"),
        ("GB", "01234567"),  # the library has no company numbers of there: nobody knows
        ("XX", "anything"),
        ("", "123456785"),
        ("", "RO14399840"),
    ],
)
def test_a_company_number_of_the_country_is_fine(country, number):
    assert told(COMPANY_NUMBER, number, country) == ""


@pytest.mark.parametrize(
    ("country", "number", "doubt"),
    [
        ("FR", "73282932000075", MISTYPED.format("SIRET")),
        ("FR", "732829321", MISTYPED.format("SIRET")),
        ("FR", "7328293200007", "Not a valid SIRET."),
        ("FR", "123456785", MISTYPED.format("SIRET")),  # a REGON
        ("PL", "123456786", MISTYPED.format("REGON")),
        ("PL", "12345678512348", MISTYPED.format("REGON")),
        ("PL", "8567346215", "Not a valid REGON."),  # a NIP
        ("PL", "73282932000074", MISTYPED.format("REGON")),
        ("RO", "X40/1234/2020", "Not a valid Nr. registrul comerțului."),
        ("RO", "J2012000750529", MISTYPED.format("Nr. registrul comerțului")),
        ("BE", "0403.019.262", "Not a valid number in the customer’s country."),
        ("", "not a number", "Not a valid number in France, Poland or Romania."),
    ],
)
def test_any_other_company_number_is_doubted_in_words(country, number, doubt):
    assert told(COMPANY_NUMBER, number, country) == doubt


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("FR", "6201Z"),
        ("FR", "62.01z"),
        ("FR", "722C"),  # facts 1.16: three or four digits
        ("PL", "8567346215"),
        ("PL", "PL 856-734-62-15"),
        ("RO", "18547290"),
        ("RO", "RO 18547290"),
        ("DE", "DE136695976"),
        ("GB", "GB 980 7806 84"),
        ("", "6201Z"),
    ],
)
def test_a_tax_number_of_the_country_is_fine(country, number):
    assert told(TAX_NUMBER, number, country) == ""


@pytest.mark.parametrize(
    ("country", "number", "doubt"),
    [
        ("FR", "62017", "Not a valid APE."),
        ("FR", "12Z", "Not a valid APE."),
        ("PL", "8567346216", MISTYPED.format("NIP")),
        ("PL", "123456785", "Not a valid NIP."),  # a REGON
        ("RO", "18547291", MISTYPED.format("CUI")),
        ("RO", "J40/1234/2020", "Not a valid CUI."),
        ("DE", "DE136695977", "Not a valid number in the customer’s country."),
        ("", "12Z", "Not a valid number in France, Poland or Romania."),
    ],
)
def test_any_other_tax_number_is_doubted_in_words(country, number, doubt):
    assert told(TAX_NUMBER, number, country) == doubt


@given(st.text(max_size=32), st.sampled_from(["FR", "PL", "RO", "DE", "AT", "US", "IN", "DO", "XX", ""]))
def test_whatever_is_typed_is_doubted_or_fine_and_never_breaks_a_page(number, country):
    """Decision 7; and what is printed in groups is still the same number."""
    for asked in (COMPANY_NUMBER, TAX_NUMBER):
        assert isinstance(told(asked, number, country), str)
        customer = Customer(country=country, siret=number, ape=number)
        assert isinstance(in_groups(asked, customer), str)


@given(st.integers(min_value=0, max_value=99_999_999))
def test_of_ten_last_digits_one_makes_a_siren(start):
    """Luhn: a mistyped last digit is always found."""
    fine = [digit for digit in range(10) if not told(COMPANY_NUMBER, f"{start:08d}{digit}", "FR")]
    assert len(fine) == 1


@pytest.mark.parametrize("language", ["en", "fr", "pl", "ro"])
@pytest.mark.parametrize("country", ["FR", "PL", "RO", ""])
def test_form_and_file_call_them_as_their_country_does(company, page_of, country, language):
    """S4.55, S4.56: by the customer's country, whoever reads; a general pair where nobody knows it."""
    made = company(country, siret="1", ape="2")
    page, labels = page_of(language), LABELS.get(country, GENERAL[language])
    form = page(f"/customers/{made.pk}/edit/")
    assert (label_of(form, "siret"), label_of(form, "ape")) == labels
    facts = [one.text for one in page(f"/customers/{made.pk}/").all("dt")]
    assert set(labels) <= set(facts)


def test_history_and_conflicts_call_them_so_too(client, company, typed):
    """D-92; what was put back is told by the same name."""
    made = company("PL", siret="123456785")
    address = f"/customers/{made.pk}/edit/"
    stale = typed(address, siret="987654321")
    client.post(address, typed(address, siret="1", ape="2"))
    page = client.get(f"/customers/{made.pk}/history/")
    assert {"REGON", "NIP"} <= set(history(page)[0].fields)
    conflict = client.post(address, stale)
    assert conflict.status_code == 409
    asked = [one.text for one in read(conflict).all("th", scope="row")]
    assert [one.split()[0] for one in asked] == ["REGON", "NIP"]
    first = made.history.earliest().history_id
    back = client.post(f"/customers/{made.pk}/history/{first}/put-back/", {"field": "siret"}, follow=True)
    assert read(back).one("div", "toast").one("p").text == "REGON put back."


def test_a_valid_number_is_shown_in_groups_and_stored_as_typed(client, company):
    made = company("FR", siret="73282932000074", ape="6201z")
    text = read(client.get(f"/customers/{made.pk}/")).text
    assert "732 829 320 00074" in text
    assert "6201z" in text
    assert Customer.objects.get().siret == "73282932000074"
    assert (
        read(client.get(f"/customers/{made.pk}/edit/")).one("input", name="siret")["value"]
        == "73282932000074"
    )


def test_a_polish_nip_is_shown_in_groups(client, company):
    made = company("PL", ape="PL8567346215")
    assert "856-734-62-15" in read(client.get(f"/customers/{made.pk}/")).text


def test_whatever_is_typed_is_saved_up_to_32_characters(client, company, typed):
    """Decision 7, S4.56: any value is saved."""
    made = company("PL")
    address = f"/customers/{made.pk}/edit/"
    assert client.post(address, typed(address, siret="x" * 32, ape="?" * 32)).status_code == 302
    assert Customer.objects.values_list("siret", "ape").get() == ("x" * 32, "?" * 32)


def test_where_nobody_knows_the_country_it_is_that_of_the_shop(client, company, settings, options):
    """SHOP_COUNTRY: a walk-in company is asked for the numbers that staff know."""
    settings.SHOP_COUNTRY = "RO"
    abroad = company("PL")
    form = read(client.get("/customers/add/"))
    assert (label_of(form, "siret"), label_of(form, "ape")) == LABELS["RO"]
    assert "Like J40/1234/2020 or J2020001234402." in form.text
    assert label_of(read(client.get(f"/customers/{abroad.pk}/edit/")), "siret") == "REGON"


@pytest.mark.parametrize(
    ("country", "faults"), [("", 0), ("RO", 0), ("FR", 0), ("EN", 1), ("FRA", 1), ("?", 1)]
)
def test_a_country_of_the_shop_that_is_none_is_refused_in_a_sentence(settings, country, faults):
    settings.SHOP_COUNTRY = country
    found = shop_country_is_known(None)
    assert [one.msg for one in found] == [
        f"SHOP_COUNTRY is “{country}”, which is no country of ISO 3166-1."
    ] * faults


def test_b2b_off_hides_the_values_and_keeps_them_through_a_save(client, company, options, typed):
    """S4.53: hidden when off, nothing is lost."""
    kept = {"siret": "123456785", "ape": "8567346215", "website": "firm.example", "max_payment_days": 14}
    made = company("PL", **kept, outstanding_allowance=1000, risk="high")
    options(b2b=False)
    address = f"/customers/{made.pk}/edit/"
    page = read(client.get(f"/customers/{made.pk}/")).text
    for shown in ("REGON", "123456785", "856-734-62-15", "firm.example", "Risk rating"):
        assert shown not in page
    assert client.post(address, typed(address, first_name="Jack")).status_code == 302
    assert Customer.objects.values(*kept, "risk", "outstanding_allowance").get() == {
        **kept,
        "risk": "high",
        "outstanding_allowance": 1000,
    }
    options(b2b=True)
    form = read(client.get(address))
    assert form.one("input", name="siret")["value"] == "123456785"
    assert "856-734-62-15" in read(client.get(f"/customers/{made.pk}/")).text


def test_the_risk_rating_leaves_the_shop_in_no_mail_and_no_calendar(
    company, client, owner, conversation, task, django_capture_on_commit_callbacks
):
    """S4.61: visible to staff only; mails to customers and the calendar link are all that others get to read."""
    made = company("PL", risk="high", ape="8567346215")
    by = Actor(staff=owner, door=Door.PAGE)
    with django_capture_on_commit_callbacks(execute=True):
        services.reply(conversation(made), "It left today.", by=by)
    task("Call", customer=made, assignee=owner, due_on=timezone.localdate())
    feed = client.get(f"/tasks/feed/{make_feed_link(owner, by=by)}.ics").content.decode()
    assert "Call" in feed
    for text in (feed, *(str(one.message()) for one in mail.outbox)):
        assert "risk" not in text.lower()
        assert "high" not in text.lower()


def test_the_form_says_that_only_staff_see_the_risk_rating(client, company):
    """S4.61."""
    form = read(client.get(f"/customers/{company('PL').pk}/edit/"))
    box = form.one("select", name="risk")
    assert form.one(id=box["aria-describedby"]).text == "Only staff see it, never the customer."


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["None", "Low", "Medium", "High"]),
        ("fr", ["Aucun", "Faible", "Moyen", "Élevé"]),
        ("pl", ["Żaden/na", "Niska", "Średnia", "Wysoka"]),
        ("ro", ["Niciunul", "Scăzut", "Mediu", "Ridicat"]),
    ],
)
def test_the_risk_rating_is_one_of_four_words(company, page_of, language, words):
    """S4.60."""
    form = page_of(language)(f"/customers/{company('PL').pk}/edit/")
    assert [one.text for one in form.one("select", name="risk").all("option")] == words

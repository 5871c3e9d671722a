"""Days and moments of years that nobody means, at every door: refused at their field or answered, never an error."""

import datetime as dt

import pytest
from django import forms
from django.urls import reverse

from backoffice.forms.forms import DayPartsField
from backoffice.sections import all_sections
from backoffice.tables.day_filters import DayFilter
from carts.models import Order, Voucher
from tests.reading import filled
from tests.shop_api import GUEST, reasons

pytestmark = pytest.mark.django_db
DAYS = ("0001-01-01", "0001-01-02", "9999-12-31", "10000-01-01")
ZONES = ("Europe/Paris", "America/Los_Angeles", "Pacific/Auckland")
SECTIONS = pytest.mark.parametrize("section", all_sections(), ids=lambda section: section.slug)
IN_FORMS = [
    (section, name)
    for section in all_sections()
    if section.form
    for name, field in section.form_fields.items()
    if isinstance(field, forms.DateField | forms.DateTimeField | DayPartsField)
]
SAID = "The year has to be between 1970 and 2199."


@pytest.fixture(params=ZONES)
def zone(request, settings):
    """The shop's clock."""
    settings.TIME_ZONE = request.param
    return request.param


@SECTIONS
def test_every_filter_of_days_answers(section, zone, no_list_is_empty, client_of, owner):
    """A list may be asked from the first day to the last one; what is no day is told."""
    no_list_is_empty()
    client, address = client_of(owner), reverse(section.url())
    for name, one in section.filters.items():
        if isinstance(one, DayFilter):
            for day in DAYS:
                answer = client.get(address, {name: day})
                assert answer.status_code == 200, (name, day)
                assert ("is not a date" in answer.text) is (day == DAYS[-1]), (name, day)


def test_forms_have_such_fields():
    assert {(section.slug, name) for section, name in IN_FORMS} >= {
        ("customers", "birthday"),
        ("tasks", "due_on"),
        ("vouchers", "starts_at"),
        ("vouchers", "ends_at"),
    }


@pytest.mark.parametrize(
    ("section", "name"), IN_FORMS, ids=[f"{section.slug}.{name}" for section, name in IN_FORMS]
)
@pytest.mark.parametrize("clock", ["", "T00:00", "T23:59"])
def test_every_day_and_moment_of_a_form_is_refused_at_its_field(
    section, name, clock, zone, one_of, client_of, owner
):
    """Midnight of the first day is no moment in UTC: “Valid from” ended in 500, the day after was stored."""
    client, record = client_of(owner), one_of(section.slug)
    for page in (reverse(section.url("edit"), args=[record.pk]), reverse(section.url("add"))):
        typed = filled(client.get(page).context["form"])
        typed = {one: value for one, value in typed.items() if not one.startswith(f"{name}_")}
        for day in DAYS:
            answer = client.post(page, {**typed, name: day + clock})
            assert answer.status_code == 200, (page, day)
            assert list(answer.context["form"].errors.get(name, ())), (page, day)


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-02", "1969-12-31", "2200-01-01", "9999-12-31"])
def test_the_last_day_of_a_token_is_told_to_be_none(client_of, owner, zone, day):
    """The day after 31 December 9999 is none: it ended in 500."""
    typed = {"name": "Shop module", "scopes": ["carts:read"], "last_day": day}
    answer = client_of(owner, sure=True).post("/api-tokens/add/", typed)
    assert answer.context["form"].errors == {"last_day": [SAID]}


@pytest.mark.parametrize("day", ["0001-01-02", "1969-12-31", "2200-01-01", "9999-12-31"])
def test_a_voucher_says_which_years_there_are(client_of, owner, voucher, day):
    """They were taken in silence."""
    one = voucher("TEN")
    client, page = client_of(owner), f"/vouchers/{one.pk}/edit/"
    typed = filled(client.get(page).context["form"])
    answer = client.post(page, {**typed, "starts_at": f"{day}T12:00", "ends_at": f"{day}T13:00"})
    assert answer.context["form"].errors == {"starts_at": [SAID], "ends_at": [SAID]}
    assert Voucher.objects.get().starts_at == one.starts_at
    taken = {**typed, "starts_at": "1970-01-01T00:00", "ends_at": "2199-12-31T23:59"}
    assert client.post(page, taken).status_code == 302


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "2200-01-01", "9999-12-31"])
def test_the_due_day_of_an_order_is_one_that_can_be_meant(program, product, day):
    """A moment was refused there, a day was not."""
    product("CUP", "12.50")
    program.fill("c", "CUP")
    answer = program.post("/carts/c/order", {"guest": GUEST, "due_on": day})
    assert (answer.status_code, answer.json()["errors"][0]["reason"]) == (422, SAID)
    foreign = {
        "placed_at": "2026-03-10T12:00:00Z",
        "status": "Payment accepted",
        "currency": "EUR",
        "paid": "12.50",
        "due_on": day,
        "lines": [{"name": "Cup", "quantity": 1, "unit_price": "12.50"}],
        "guest": GUEST,
    }
    assert list(reasons(program.put("/external-orders/P-1", foreign))) == ["due_on"]
    assert not Order.objects.exists()


def test_a_birthday_reaches_back_further_and_lies_never_ahead(program, customer):
    """Its own rule says how far: from 1900 to today."""
    john = customer()
    program.done("PATCH", f"/customers/{john.pk}", {"birthday": "1900-01-01"})
    john.refresh_from_db()
    assert john.birthday == dt.date(1900, 1, 1)
    for day in ("0001-01-01", "1899-12-31", "9999-12-31"):
        assert list(reasons(program.patch(f"/customers/{john.pk}", {"birthday": day}))) == ["birthday"]

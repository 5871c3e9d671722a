"""The key figures above the list: what they count, when they were worked out, and where they lead (facts 2.6)."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from customers.models import CustomerFigures
from customers.queries import refresh_key_figures
from tests.reading import List, read


@pytest.fixture
def strip(client):
    """`strip()` reads the figures above the list: {title: (value, note)}."""

    def strip():
        section = read(client.get("/customers/")).one("section", "figures")
        return {
            one.one("span", "figure-title").text: (
                one.one("span", "figure-value").text,
                one.one("span", "figure-note").text if one.all("span", "figure-note") else "",
            )
            for one in section.all("li")
        }

    return strip


def test_an_empty_shop_has_figures_that_say_nothing_is_known(strip, shop):
    """Facts 2.6: no division by nobody."""
    refresh_key_figures()
    assert strip() == {
        "Gender": ("No customers", ""),
        "Average age": ("–", "where the birthday is known"),
        "Orders per customer": ("0", "valid orders"),
        "Newsletter": ("–", "0 customers"),
        "New customers, 12 weeks": ("0", ""),
    }


def test_shares_average_age_orders_and_newsletter(strip, customer, mr, mrs):
    """Issue 2, deliverable 6: gender shares, average age, orders per customer, newsletter share."""
    with time_machine.travel("2026-03-11 12:00 +0100", tick=False):
        ada = customer(title=mrs, birthday=dt.date(1986, 3, 11), newsletter=True, spent="10")
        customer(title=mrs, birthday=dt.date(2006, 3, 11))
        customer(title=mr)
        customer(title=mr, active=False, birthday=dt.date(1920, 1, 1), newsletter=True)
        CustomerFigures.objects.filter(pk=ada.pk).update(valid_orders_count=3)
        refresh_key_figures()
        figures = strip()
    assert figures["Gender"][0] == "67% Female"
    assert figures["Average age"][0] == "30 years"
    assert figures["Orders per customer"][0] == "1.00"  # facts 2.6: two decimals
    assert figures["Newsletter"] == ("50%", "2 customers")
    assert figures["New customers, 12 weeks"][0] == "4"


def test_the_page_only_shows_what_was_worked_out_and_says_how_old_it_is(client, customer, strip):
    """Decision 39: never worked out while a page loads; its age is shown, a button does it anew."""
    refresh_key_figures()
    customer()
    assert strip()["New customers, 12 weeks"][0] == "0"
    later = timezone.now() + dt.timedelta(hours=2, minutes=5)
    with time_machine.travel(later, tick=False):
        age = read(client.get("/customers/")).one("form", "figures-age")
    assert age.text.replace("\xa0", " ") == "2 hours ago"
    answer = client.post(age["action"], headers={"referer": "http://testserver/customers/?sort=age"})
    assert answer["Location"] == "/customers/?sort=age"
    assert strip()["New customers, 12 weeks"][0] == "1"


def test_every_picture_leads_to_the_rows_behind_it_and_has_words(client, customer, mr):
    """Design, pictures: titled for screen readers; every picture links to the rows."""
    customer(title=mr, newsletter=True)
    refresh_key_figures()
    section = read(client.get("/customers/")).one("section", "figures")
    for figure in section.all("li"):
        assert figure.one("a")["href"].startswith("/customers/")
    pictures = section.all("svg", role="img")
    assert len(pictures) == 3
    assert all(
        picture.get("aria-label") or picture.get("aria-labelledby") or picture.all("title")
        for picture in pictures
    )


def test_new_customers_lead_to_those_of_the_twelve_weeks_alone(client, customer):
    new = customer()
    customer(registered_at=timezone.now() - dt.timedelta(weeks=13))
    refresh_key_figures()
    last = read(client.get("/customers/")).one("section", "figures").all("a", "figure")[-1]
    assert last.one("span", "figure-value").text == "1"
    assert List(client.get(last["href"])).ids == [new.pk]


def test_women_win_a_tie(strip, customer, mr, mrs):
    """Facts 2.6: men need strictly more."""
    customer(title=mr)
    customer(title=mrs)
    refresh_key_figures()
    assert strip()["Gender"][0] == "50% Female"


def test_the_share_of_a_gender_is_of_those_whose_gender_is_known(strip, client, customer, mr, mrs):
    """Facts 2.6: the total is of the customers with a known title; the greatest share leads words and bar."""
    for title in (mr, mrs, mrs):
        customer(title=title)
    refresh_key_figures()
    assert strip()["Gender"] == ("67% Female", "67% Female · 33% Male")
    customer()
    refresh_key_figures()
    assert strip()["Gender"] == ("67% Female", "67% Female · 33% Male · where the gender is known")
    bar = read(client.get("/customers/")).all("svg", role="img")[0]
    assert [part.one("title").text for part in bar.all("rect")] == ["Female: 67%", "Male: 33%", "Neutral: 0%"]


def test_only_a_post_works_the_figures_out(client, shop):
    """G10."""
    assert client.get("/customers/figures/").status_code == 405

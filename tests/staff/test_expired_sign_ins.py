"""A sign-in that ran out leads to signing in, and back to where one was (issue 2)."""

import html
import re

import pytest
from django.test import Client

from tests.people import PASSWORD


@pytest.fixture
def nobody():
    """A browser of somebody who is not signed in."""
    return Client()


EXPIRED = [
    ({}, 302, "Location", "/login/?next=/activity/%3Fpage%3D2"),
    (
        {"HX-Request": "true", "HX-Current-URL": "http://testserver/customers/?group=3&page=3"},
        200,
        "HX-Redirect",
        "/login/?next=/customers/%3Fgroup%3D3%26page%3D3",
    ),
    (
        {"HX-Request": "true", "HX-Current-URL": "https://evil.example/x"},
        200,
        "HX-Redirect",
        "/login/?next=/",
    ),
    ({"HX-Request": "true"}, 200, "HX-Redirect", "/login/?next=/"),
    ({"HX-Request": "true", "HX-Current-URL": "http://[::1"}, 200, "HX-Redirect", "/login/?next=/"),
    # A list that asks for itself with another filter leads back to that filter.
    (
        {"HX-Request": "true", "HX-Current-URL": "http://testserver/activity/?kind=export"},
        200,
        "HX-Redirect",
        "/login/?next=/activity/%3Fpage%3D2",
    ),
]


@pytest.mark.parametrize(("headers", "status", "header", "address"), EXPIRED)
def test_an_expired_sign_in_leads_to_sign_in_and_back(nobody, headers, status, header, address):
    """Issue 2: inside a fragment request too, back to the page on which the fragment stands, or that it is."""
    answer = nobody.get("/activity/?page=2", headers=headers)
    assert (answer.status_code, answer[header]) == (status, address)


def test_an_expired_sign_in_answers_json_in_json(nobody):
    answer = nobody.get("/activity/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"login": "/login/?next=/activity/"})


def test_an_expired_sign_in_while_sending_a_form_leads_back_to_the_form(nobody):
    answer = nobody.post("/profile/theme/", headers={"Referer": "http://testserver/help/"})
    assert answer["Location"] == "/login/?next=/help/&undone=yes"
    assert nobody.post("/profile/theme/")["Location"] == "/login/?next=/&undone=yes"


SWITCH = "/customers/1/toggle/newsletter/"
LIST = "http://testserver/customers/?group=3&sort=-last_name"
BACK_TO_LIST = "/login/?next=/customers/%3Fgroup%3D3%26sort%3D-last_name&undone=yes"


def test_what_was_sent_after_the_sign_in_expired_is_said_to_be_undone(nobody, db):
    """Nobody should think that a switch or a bulk action was done, because sign-in led back to the list."""
    undone = "You were signed out, so what you sent was not done. Sign in, then do it once more."
    for address in (SWITCH, "/customers/actions/disable/"):
        answer = nobody.post(address, headers={"Referer": LIST})
        assert answer["Location"] == BACK_TO_LIST
        assert undone in nobody.get(BACK_TO_LIST).text
    by_script = nobody.post(SWITCH, headers={"Referer": LIST, "Accept": "application/json"})
    assert (by_script.status_code, by_script.json()) == (401, {"login": BACK_TO_LIST})
    assert undone not in nobody.get("/login/?next=/customers/").text


def test_the_whole_query_of_a_list_outlives_signing_in(nobody, owner):
    """S4.94: filters, order and page are there again."""
    there = "/customers/?q=jo+do&group=1&group=2&sort=-last_name&page=2"
    sign_in = nobody.get(there, follow=True)
    form = {"login": owner.email, "password": PASSWORD}
    form["next"] = html.unescape(re.search(r'name="next" value="([^"]*)"', sign_in.text).group(1))
    assert nobody.post("/login/", form)["Location"] == there

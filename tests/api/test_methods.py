"""What any program may send to any address of the API, and is told where it is none (RFC 9110)."""

import pytest
from django.test import Client

from tests.shop_api import reasons


def test_head_is_answered_like_get(program, product):
    """Who watches an address asks for its head; it was refused with 405."""
    product("CUP", "12.50")
    program.fill("c", "CUP")
    assert program.ask("HEAD", "/carts/c").status_code == 200
    assert program.ask("HEAD", "/carts/none").status_code == 404
    answer = program.ask("HEAD", "/carts/c/lines")
    assert answer.status_code == 405
    assert "POST" in answer["Allow"]


def test_the_description_is_only_read_and_says_so(program):
    """It was refused for want of a cookie that no program has."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        "/api/v1/openapi.json", {}, "application/json", headers={"Authorization": f"Bearer {program.secret}"}
    )
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/", "/api/v1/no-such", "/api/v2/carts", "/api/v1/carts//x"])
def test_an_address_that_is_none_is_told_as_an_endpoint(path):
    answer = Client().get(path)
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is no such endpoint.")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"product": "CUP", "quantity": 1, "quantity": 9}', "quantity"),
        ('{"product": "CUP", "product": "CUP"}', "product"),
    ],
)
def test_what_a_body_says_twice_is_refused(program, product, body, field):
    """The last one won, and nobody was told."""
    product("CUP", "12.50")
    program.done("POST", "/carts", {"key": "c"})
    answer = program.ask("POST", "/carts/c/lines", body)
    assert (answer.status_code, reasons(answer)) == (422, {field: "said_twice"})
    assert program.done("GET", "/carts/c")["items_count"] == 0

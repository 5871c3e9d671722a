"""Where the pages of the sign-in library lead on to: never away, and never to an error (issue 7, "Must show")."""

from urllib.parse import urlsplit

import pytest

from tests.people import PASSWORD

pytestmark = pytest.mark.alike

NO_ADDRESSES = ["http://[", "//[", "http://]", "https://[::1", "http://\u2100.example"]
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "http:///evil.example",
]
PAGES = [
    "/login/",
    "/password/reset/",
    "/password/",
    "/second-factor/",
    "/second-factor/totp/activate/",
    "/signup/",
]


@pytest.mark.parametrize("address", NO_ADDRESSES + ELSEWHERE)
@pytest.mark.parametrize("page", PAGES)
def test_a_next_page_that_is_no_address_is_ignored(client, client_of, owner, page, address):
    """Found by requests at random: `next=http://[` was an error of the server on every page of the library."""
    for browser in (client, client_of(owner)):
        browser.raise_request_exception = False
        for answer in (browser.get(page, {"next": address}), browser.post(page, {"next": address})):
            assert answer.status_code in (200, 302, 403, 404, 405), answer.status_code
            assert urlsplit(answer.get("Location", "")).netloc == ""


@pytest.mark.parametrize("address", NO_ADDRESSES + ELSEWHERE)
def test_signing_in_leads_home_where_next_is_not_ours(client, owner, address):
    """Only pages of this host are gone on to."""
    answer = client.post("/login/", {"login": owner.email, "password": PASSWORD, "next": address})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_signing_in_leads_on_to_a_page_of_ours(client, owner):
    answer = client.post(
        "/login/", {"login": owner.email, "password": PASSWORD, "next": "/customers/?page=2"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/customers/?page=2")

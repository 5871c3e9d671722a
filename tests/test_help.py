"""The help page leads to pages that are there, for each role to those it may open (decision 11, S0.1)."""

import pytest

from tests.reading import read

pytestmark = pytest.mark.alike


@pytest.mark.parametrize("role", ["owner", "manager", "support", "marketing", "viewer"])
def test_every_link_of_the_help_leads_to_a_page_this_person_may_open(client_of, hire, role):
    client = client_of(hire(role))
    content = read(client.get("/help/")).one(id="content")
    targets = [link["href"] for link in content.all("a")]
    within = [target.removeprefix("#") for target in targets if target.startswith("#")]
    elsewhere = {target for target in targets if not target.startswith("#")}
    assert within == [heading["id"] for heading in content.all("h2")]
    assert {target: client.get(target).status_code for target in elsewhere} == dict.fromkeys(elsewhere, 200)
    assert {"/customers/", "/groups/", "/tags/", "/titles/", "/profile/"} <= elsewhere
    assert ("/staff/" in elsewhere) == (role == "owner")
    assert ("/customers/options/" in elsewhere) == (role in ("owner", "manager"))


def test_the_help_says_what_reset_does(client_of, owner):
    """U34: S3.48 shows the complete list; the words of the buttons are decision 10's."""
    said = read(client_of(owner).get("/help/")).one(id="content").text
    assert "Reset clears the search and all filters and shows the complete list; sorting and rows" in said

"""The menu as each role sees it."""

import pytest

from tests.reading import read

pytestmark = pytest.mark.alike


@pytest.mark.parametrize("role", ["owner", "manager", "support", "marketing", "viewer"])
def test_every_group_has_its_heading_however_few_pages_it_holds(hire, client_of, role):
    """U28: “Titles” floated without a heading for people who are no owners."""
    page = read(client_of(hire(role, email=f"{role}@menu.example")).get("/"))
    headings = {
        link.text: [title.text for title in group.all("div", "rail-title")]
        for group in page.one("nav", "rail").all("div", "rail-group")
        for link in group.all("a")
    }
    assert headings["Titles"] == ["Settings"]
    assert headings.get("Activity", ["Advanced"]) == ["Advanced"]
    assert [link for link, titles in headings.items() if not titles] == ["Shop now"]


def test_connections_are_a_log_beside_the_activity(client_of, owner):
    """Decision 11 leaves no room for them among the customers; who is online leads to them from Shop now."""
    page = read(client_of(owner).get("/"))
    groups = {
        group.all("div", "rail-title")[0].text: [link.text for link in group.all("a")]
        for group in page.one("nav", "rail").all("div", "rail-group")
        if group.all("div", "rail-title")
    }
    assert groups["Customers"] == ["Customers", "Addresses", "Groups", "Carts", "Tags"]
    assert groups["Advanced"][:3] == ["Imports", "Activity", "Connections"]

"""Undo pressed in a message leads back to the page on which it was pressed."""

import pytest

from backoffice.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


@pytest.mark.parametrize(
    ("page", "leads_to"),
    [
        ("/groups/", "/groups/"),
        ("/customers/?sort=id&per_page=50", "/customers/?sort=id&per_page=50"),
        ("/maintenance/", "/maintenance/"),
        ("/groups/1/", "/groups/1/"),
        ("/groups/77/", "/customers/"),
        ("/jobs/1/undo/", "/customers/"),
        ("/customers/actions/opt_in_on/", "/customers/"),
        ("http://evil.example/groups/", "/customers/"),
        ("http://[", "/customers/"),
    ],
)
def test_undo_stays_where_it_was_pressed(client, customer, page, leads_to):
    """Issue 9, what was left, 5: pressed on a group's page it led to the list of customers."""
    made = customer()
    client.post("/customers/actions/disable/", {"selected": [made.pk]})
    referer = page if page.startswith("http") else f"http://testserver{page}"
    answer = client.post(f"/jobs/{Job.objects.get().pk}/undo/", headers={"referer": referer})
    assert answer.status_code == 302
    assert answer["Location"].removesuffix("?") == leads_to

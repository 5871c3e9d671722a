"""Nobody acts under another's name without a trace (finding S6)."""

import pytest

from backoffice.models import Event
from backoffice.records.actors import Actor
from backoffice.staff import services
from tests.reading import read
from tests.staff.test_staff_pages import INVITATION

pytestmark = pytest.mark.alike

LOOK = {"theme": "auto", "density": "compact", "language": ""}


def test_renaming_oneself_is_an_event(support, client_of):
    """S6: support calls itself Owner."""
    client_of(support).post("/profile/", {**LOOK, "name": "Olga Owner"})
    told = list(Event.objects.values_list("kind", "staff", "staff_name", "target", "facts"))
    assert told == [("staff_renamed", support.pk, "Support", "Olga Owner", {"before": "Support"})]


def test_saving_the_profile_without_another_name_is_none(support, client_of):
    client_of(support).post("/profile/", {**LOOK, "name": "Support", "theme": "dark"})
    support.refresh_from_db()
    assert support.theme == "dark"
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("\x7f", "U+007F"),
        ("\x01\x07", "U+0001, U+0007"),
        ("\u200d", "U+200D"),
        ("Ada\u202eecalevoL", "U+202E"),
        ("\u200b", "U+200B"),
    ],
)
def test_a_name_that_nobody_can_see_is_refused_at_every_door(owner, support, client_of, name, signs):
    """S6, V6."""
    said = [f"This contains invisible characters ({signs}): type it here instead of pasting it."]
    theirs = client_of(owner, sure=True)
    answers = [
        client_of(support).post("/profile/", {**LOOK, "name": name}),
        theirs.post(f"/staff/{support.pk}/edit/", {"name": name, "role": "support"}),
        theirs.post("/staff/invite/", {**INVITATION, "name": name}),
    ]
    assert [answer.context["form"].errors["name"] for answer in answers] == [said] * 3
    with pytest.raises(services.ValidationError):
        services.change_profile(support, name=name, by=Actor.command())
    support.refresh_from_db()
    assert support.name == "Support"


def test_a_name_is_tidied_as_other_names_are(support, client_of):
    client_of(support).post("/profile/", {**LOOK, "name": "  Sue\x07   Smith "})
    support.refresh_from_db()
    assert support.name == "Sue Smith"


def test_an_old_name_that_breaks_the_rule_does_not_block_the_profile(hire, client_of):
    """Decision 5."""
    person = hire("support", name="<Sue>")
    answer = client_of(person).post("/profile/", {**LOOK, "name": "<Sue>", "theme": "dark"})
    assert answer.status_code == 302


def test_history_tells_who_by_the_name_of_that_day_and_by_the_address(
    owner, support, client_of, customer, clock
):
    """S6, decision 48: support acts as “Owner” and takes its own name back."""
    john = customer()
    theirs = client_of(support)
    for name in ("Owner", "Support"):
        clock(60)
        theirs.post("/profile/", {**LOOK, "name": name})
        clock(60)
        theirs.post(f"/customers/{john.pk}/toggle/newsletter/")
    clock(60)
    client_of(owner).post(f"/customers/{john.pk}/toggle/newsletter/")
    page = read(client_of(owner).get(f"/customers/{john.pk}/history/"))
    heads = [one.one("p", "act-head") for one in page.all("li", "act")][:3]
    told = [(head.one("span", "by").text, head.one("span", "by")["title"]) for head in heads]
    assert told == [
        ("Owner", "owner@example.com"),
        ("Support", "support@example.com"),
        ("Owner", "support@example.com"),
    ]
    shown = [[one.text for one in head.all("span", "email")] for head in heads]
    assert shown == [["owner@example.com"], [], ["support@example.com"]]


def test_activity_marks_who_by_the_address_too(owner, support, client_of):
    """S6: the same name may be two people's."""
    client_of(support).post("/profile/", {**LOOK, "name": "Owner"})
    client_of(support).post("/logout/")
    page = read(client_of(owner).get("/activity/"))
    line = page.one("li", "event")
    assert "Owner signed out." in line.text
    assert "support@example.com" in line.text


def test_each_change_of_an_account_is_kept_with_who_made_it(owner, support):
    """Decision 28: names and roles of every day, by whom; looks and sign-ins are no history."""
    by = Actor(owner, "page", "192.0.2.7")
    services.change(support, name="Sue", role="manager", by=by)
    services.change_profile(support, name="Sue", theme="dark", by=Actor(support, "page"))
    rows = support.history.order_by("history_id")
    kept = [(row.name, row.role, row.history_type, row.history_user_id, row.ip) for row in rows]
    assert kept == [
        ("Support", "support", "+", None, None),
        ("Sue", "manager", "~", owner.pk, "192.0.2.7"),
    ]

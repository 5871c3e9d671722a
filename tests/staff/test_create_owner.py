"""manage.py create_owner: the first person who may do everything."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from backoffice.models import Event
from backoffice.staff.models import StaffMember


def test_the_printed_link_opens_the_shop(roles, capsys):
    call_command("create_owner", "Boss@Example.com")
    link = re.search(r"http://localhost:8000(/\S+)", capsys.readouterr().out).group(1)
    boss = StaffMember.objects.get()
    assert (boss.email, boss.name, boss.role, boss.awaits_password) == (
        "Boss@example.com",
        "Boss",
        "owner",
        True,
    )
    client = Client()
    form = client.get(link, follow=True)
    chosen = {"password1": "lavender-under-stairs", "password2": "lavender-under-stairs"}
    client.post(form.redirect_chain[-1][0], chosen)
    assert client.get("/staff/").status_code == 200
    event = Event.objects.filter(kind="staff_invited").get()
    assert (event.staff, event.door, event.target) == (None, "command", "Boss")


def test_the_password_may_be_given_at_once(roles, capsys, client):
    call_command("create_owner", "boss@example.com", name="The Boss", password="lavender-under-stairs")
    assert "http" not in capsys.readouterr().out
    client.post("/login/", {"login": "boss@example.com", "password": "lavender-under-stairs"})
    assert client.get("/profile/").context["user"].name == "The Boss"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["boss"], "valid email address"),
        (["OWNER@example.com"], "Somebody already signs in"),
        (["boss@example.com", "--password", "short"], "at least 10 characters"),
        (["boss@example.com", "--ask"], "needs a terminal"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason_and_nothing_is_left(owner, arguments, reason, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(CommandError, match=reason):
        call_command("create_owner", *arguments)
    assert StaffMember.objects.count() == 1
    assert not Event.objects.exists()

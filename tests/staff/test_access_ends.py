"""What was given out to a person ends with their access, and a sign-in ends by itself (S14, S16, S17, S21)."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.checks import run_checks
from django.test import Client

from backoffice.models import Event
from backoffice.records.actors import Actor
from backoffice.staff import services
from backoffice.staff.invitations import password_path
from backoffice.staff.models import StaffMember
from tests.people import PASSWORD
from tests.staff.test_second_factor import code_of
from tests.staff.test_staff_pages import INVITATION

COMMAND = Actor.command()
NEW = {"password1": "another-long-one-9", "password2": "another-long-one-9"}


def works(link) -> bool:
    return "no longer works" not in Client().get(link, follow=True).text


@pytest.mark.parametrize("kind", ["invitation", "reset"])
def test_disabling_ends_every_link_and_enabling_brings_none_back(db, owner, support, client, kind):
    """S17."""
    if kind == "invitation":
        person = services.invite("ada@example.com", "Ada", "viewer", by=COMMAND)
        link = password_path(person)
    else:
        person = support
        client.post("/password/reset/", {"email": support.email})
        link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    assert works(link)
    services.disable(person, by=COMMAND)
    assert not works(link)
    services.enable(person, by=COMMAND)
    assert not works(link)
    assert works(password_path(StaffMember.objects.get(pk=person.pk)))


def test_a_link_opened_before_disabling_sets_no_password_afterwards(db, owner, client):
    """S17: the form stood open already."""
    ada = services.invite("ada@example.com", "Ada", "viewer", by=COMMAND)
    form = client.get(password_path(ada), follow=True)
    services.disable(ada, by=COMMAND)
    services.enable(ada, by=COMMAND)
    client.post(form.redirect_chain[-1][0], NEW)
    ada.refresh_from_db()
    assert ada.awaits_password


def test_whoever_is_disabled_between_password_and_code_is_not_signed_in(client, owner, support):
    """S17: nor once they are enabled again; no sign-in is written down."""
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    Authenticator.objects.create(user=support, type="totp", data={"secret": secret})
    client.post("/login/", {"login": support.email, "password": PASSWORD})
    services.disable(support, by=COMMAND)
    answer = client.post("/second-factor/authenticate/", {"code": code_of(secret)})
    assert answer["Location"] == "/inactive/"
    services.enable(support, by=COMMAND)
    assert client.get("/profile/").status_code == 302
    assert not Event.objects.filter(kind="sign_in").exists()


def test_right_and_wrong_password_of_a_disabled_account_get_the_same_answer(hire):
    """S21: the right one led elsewhere."""
    hire("support", is_active=False)
    answers = []
    for password in (PASSWORD, "not the password at all"):
        answer = Client().post("/login/", {"login": "support@example.com", "password": password})
        answers.append((answer.status_code, answer.context["form"].errors))
    assert answers[0] == answers[1]
    assert answers[0][1]["__all__"] == ["The e-mail address or password is incorrect."]
    failed = Event.objects.filter(kind="sign_in_failed").values_list("target", flat=True)
    assert list(failed) == ["Support", "Support"]


def test_a_sign_in_ends_after_idle_time(owner, client_of, settings, clock):
    """S14: eight hours after the last click, not after the first."""
    client = client_of(owner)
    for _hours in range(3):
        clock(7 * 3600)
        assert client.get("/profile/").status_code == 200
    clock(8 * 3600 + 1)
    assert client.get("/profile/")["Location"] == "/login/?next=/profile/"


def test_idle_time_is_a_setting(owner, client_of, settings, clock):
    """S14."""
    settings.SESSION_COOKIE_AGE = 10 * 60
    client = client_of(owner)
    clock(9 * 60)
    assert client.get("/profile/").status_code == 200
    clock(11 * 60)
    assert client.get("/profile/").status_code == 302


def test_no_time_at_all_is_told_before_the_start(settings):
    settings.SESSION_COOKIE_AGE = 0
    assert "staff.E003" in {fault.id for fault in run_checks()}


def test_most_clicks_write_no_session(owner, client_of, clock):
    """Reading stays reading: a session is renewed when a twentieth of its time has passed."""
    client = client_of(owner)
    client.get("/help/")
    before = Session.objects.get().expire_date
    clock(20 * 60)
    client.get("/help/")
    assert Session.objects.get().expire_date == before
    clock(10 * 60)
    client.get("/help/")
    assert Session.objects.get().expire_date > before


ACTS = {
    "invite": ("/staff/invite/", INVITATION),
    "invite again": ("/staff/{invited}/invite-again/", {}),
    "edit": ("/staff/{support}/edit/", {"name": "Support", "role": "owner"}),
    "disable": ("/staff/{support}/disable/", {}),
    "enable": ("/staff/{disabled}/enable/", {}),
    "reset the second factor": ("/staff/{support}/reset-second-factor/", {}),
}


@pytest.mark.parametrize(("address", "said"), ACTS.values(), ids=ACTS)
def test_managing_staff_asks_for_the_password_again_and_then_goes_on(
    owner, support, hire, client_of, address, said
):
    """S16: an unlocked screen is not enough; what was sent is done after the password, not lost."""
    address = address.format(
        support=support.pk,
        disabled=hire("viewer", is_active=False).pk,
        invited=services.invite("eve@example.com", "Eve", "viewer", by=COMMAND).pk,
    )

    def accounts():
        return list(StaffMember.objects.order_by("pk").values("email", "role", "is_active", "session_round"))

    before, theirs = accounts(), client_of(owner)
    asked = theirs.post(address, said)
    assert asked["Location"].startswith("/reauthenticate/?next=")
    assert accounts() == before
    done = theirs.post("/reauthenticate/", {"password": PASSWORD, "next": address})
    assert done.status_code in (200, 302)
    assert "reauthenticate" not in done.get("Location", "")
    assert (accounts() != before) is ("invite-again" not in address)


def test_a_form_refused_after_the_password_can_be_sent_again_from_where_it_stands(owner, client_of):
    """S16: the page comes at the address of the question; its form leads back to where it belongs."""
    theirs = client_of(owner)
    theirs.post("/staff/invite/", {**INVITATION, "email": "ada"})
    page = theirs.post("/reauthenticate/", {"password": PASSWORD, "next": "/staff/invite/"})
    assert page.context["form"].errors["email"]
    assert 'action="/staff/invite/"' in page.text


def test_the_code_of_the_set_up_opens_no_door(client, support):
    """S24: it stood on the screen; whoever saw it may not use it within its half minute."""
    client.post("/login/", {"login": support.email, "password": PASSWORD})
    client.post("/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/second-factor/totp/activate/").context["form"].secret
    code = code_of(secret)
    assert client.post("/second-factor/totp/activate/", {"code": code}).status_code == 302
    other = Client()
    other.post("/login/", {"login": support.email, "password": PASSWORD})
    other.post("/second-factor/authenticate/", {"code": code})
    assert other.get("/profile/").status_code == 302

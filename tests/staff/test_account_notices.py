"""What changes on an account is told to its person by mail, and is an event (finding S20)."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from backoffice.models import Event
from backoffice.records.actors import Actor
from backoffice.staff import services
from backoffice.staff.invitations import password_path
from tests.people import PASSWORD
from tests.staff.test_second_factor import code_of

NEW = {"password1": "another-long-one-9", "password2": "another-long-one-9"}


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """`told(act)` gives the mails that `act()` sent: whom, and the sentence of each."""

    def told(act) -> list[tuple[list[str], str]]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return [(one.to, one.body.split("\n\n")[1]) for one in mail.outbox]

    return told


def kinds():
    return list(Event.objects.order_by("id").values_list("kind", "target", "facts"))


def test_changing_the_password_is_told(support, client_of, told):
    client = client_of(support)
    assert told(lambda: client.post("/password/", {"oldpassword": PASSWORD, **NEW})) == [
        (["support@example.com"], "Your password was changed.")
    ]
    assert kinds() == [("password_changed", "Support", {})]


def test_the_mail_says_when_who_and_from_where_in_the_language_of_the_account(hire, client_of, told):
    person = hire("support", language="en", name="Sue")
    client = client_of(person)
    told(lambda: client.post("/password/", {"oldpassword": PASSWORD, **NEW}, REMOTE_ADDR="192.0.2.7"))
    (letter,) = mail.outbox
    assert letter.subject == "[Demo shop] Your account was changed"
    hello, _sentence, facts, advice = letter.body.split("\n\n")
    assert hello == "Hello Sue,"
    assert facts.splitlines()[1:] == ["Who: Sue (support@example.com)", "From where: 192.0.2.7"]
    assert "choose a new password at once" in advice


def test_a_password_set_anew_by_a_link_is_told(client, support, told):
    form = client.get(password_path(support), follow=True)
    assert told(lambda: client.post(form.redirect_chain[-1][0], NEW)) == [
        (["support@example.com"], "Your password was changed.")
    ]


def test_the_first_password_of_an_invitation_is_no_news(client, owner, told):
    ada = services.invite("ada@example.com", "Ada", "viewer", by=Actor.command())
    form = client.get(password_path(ada), follow=True)
    assert told(lambda: client.post(form.redirect_chain[-1][0], NEW)) == []


def test_each_change_of_the_second_factor_is_told(support, client_of, told):
    client = client_of(support, sure=True)

    def set_up():
        secret = client.get("/second-factor/totp/activate/").context["form"].secret
        client.post("/second-factor/totp/activate/", {"code": code_of(secret)})

    to = ["support@example.com"]
    assert told(set_up) == [(to, "An authenticator app was set up for your account.")]
    assert told(lambda: client.post("/second-factor/recovery-codes/generate/")) == [
        (to, "New recovery codes were generated for your account.")
    ]
    assert told(lambda: client.post("/second-factor/totp/deactivate/")) == [
        (to, "The authenticator app was removed from your account.")
    ]
    whats = [facts["what"] for kind, _target, facts in kinds() if kind == "second_factor"]
    assert whats == ["totp_activated", "recovery_codes_generated", "totp_deactivated"]


def test_a_second_factor_reset_by_an_owner_is_told(owner, support, client_of, told):
    Authenticator.objects.create(user=support, type="totp", data={"secret": "x"})
    theirs = client_of(owner, sure=True)
    assert told(lambda: theirs.post(f"/staff/{support.pk}/reset-second-factor/")) == [
        (
            ["support@example.com"],
            "Your second factor was reset: you sign in with your password only until you set it up again.",
        )
    ]
    assert "Who: Owner (owner@example.com)" in mail.outbox[0].body


def test_a_mail_that_does_not_go_out_changes_nothing(support, client_of, told, monkeypatch):
    def broken(*said):
        raise ConnectionRefusedError

    monkeypatch.setattr("backoffice.staff.notices.send_mail", broken)
    client = client_of(support)
    assert told(lambda: client.post("/password/", {"oldpassword": PASSWORD, **NEW})) == []
    support.refresh_from_db()
    assert support.check_password(NEW["password1"])

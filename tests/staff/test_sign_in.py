"""Signing in and out (issue 2, deliverable 3; G10, G12, G13, G34)."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backoffice import settings as product_settings
from backoffice.models import Event
from backoffice.records.actors import Actor
from backoffice.staff import services
from tests.people import PASSWORD

pytestmark = pytest.mark.alike

WRONG = "not the password at all"


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post("/login/", {"login": email, "password": password}, **extra)


def is_signed_in(client):
    return client.get("/profile/").status_code == 200


@pytest.mark.parametrize("typed", ["owner@example.com", "OWNER@Example.COM", " owner@example.com "])
def test_staff_sign_in_by_e_mail_in_any_case(client, owner, typed):
    answer = sign_in(client, typed)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_signed_in(client)
    assert list(Event.objects.values_list("kind", "staff", "staff_name", "ip")) == [
        ("sign_in", owner.pk, "Owner", "127.0.0.1")
    ]


def test_a_wrong_password_is_refused_and_written_down_without_what_was_typed(client, owner):
    answer = sign_in(client, "owner@example.com", WRONG)
    assert answer.status_code == 200
    assert not is_signed_in(client)
    event = Event.objects.get()
    assert (event.kind, event.staff, event.target, event.facts) == ("sign_in_failed", None, "Owner", {})


def test_an_unknown_address_gets_the_same_words_as_a_wrong_password(client, owner):
    """G13: who works here cannot be found out at the door."""
    wrong = sign_in(client, "owner@example.com", WRONG)
    unknown = sign_in(client, "nobody@example.com", WRONG)
    assert wrong.context["form"].errors == unknown.context["form"].errors != {}
    assert wrong.status_code == unknown.status_code == 200
    assert Event.objects.filter(target="", kind="sign_in_failed").count() == 1


def test_sign_in_leads_back_to_the_page_that_was_asked_for(client, owner):
    asked = client.get("/activity/?kind=sign_in")
    assert asked["Location"] == "/login/?next=/activity/%3Fkind%3Dsign_in"
    page = client.get(asked["Location"])
    assert '<input type="hidden" name="next" value="/activity/?kind=sign_in"' in page.text
    answer = client.post(
        "/login/", {"login": owner.email, "password": PASSWORD, "next": "/activity/?kind=sign_in"}
    )
    assert answer["Location"] == "/activity/?kind=sign_in"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_sign_in_never_leads_to_another_site(client, owner, elsewhere):
    answer = client.post("/login/", {"login": owner.email, "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/"


def test_the_sixth_wrong_password_is_not_even_tried(client, owner):
    """Throttled by account: five in five minutes; the right password does not help then."""
    for _attempt in range(5):
        assert "Too many" not in sign_in(client, owner.email, WRONG).text
    answer = sign_in(client, owner.email)
    assert "Too many failed sign-ins. Please try again later." in answer.text
    assert not is_signed_in(client)


def test_throttling_one_account_leaves_the_others_alone(client, owner, support):
    for _attempt in range(6):
        sign_in(client, owner.email, WRONG)
    assert sign_in(client, support.email).status_code == 302


def test_the_forgery_token_changes_at_sign_in(owner):
    """G10: a token fixed beforehand is worth nothing afterwards."""
    client = Client(enforce_csrf_checks=True)
    page = client.get("/login/")
    before, field = client.cookies["csrftoken"].value, str(page.context["csrf_token"])
    said = {"login": owner.email, "password": PASSWORD, "csrfmiddlewaretoken": field}
    assert client.post("/login/", said).status_code == 302
    assert client.cookies["csrftoken"].value != before
    stale = client.post("/profile/theme/", {"theme": "dark", "csrfmiddlewaretoken": field})
    assert stale.status_code == 403
    owner.refresh_from_db()
    assert owner.theme == "auto"


def test_no_cookie_holds_a_secret_and_scripts_cannot_read_the_session(client, owner):
    """G12."""
    sign_in(client, owner.email)
    client.get("/")
    assert set(client.cookies) == {
        "sessionid",
        "csrftoken",
        "django_language",
        "theme",
        "density",
        "known_browser",
    }
    session = client.cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    assert client.cookies["theme"].value == "auto"


@pytest.mark.parametrize("value", ["", "x", "a" * 32, "../../etc/passwd", "é", "a" * 5000, "\\000"])
def test_a_made_up_session_is_nobody(client, db, value):
    """G12."""
    client.cookies["sessionid"] = value
    assert client.get("/profile/").status_code in (302, 400)


def test_the_product_does_not_start_without_a_secret_of_its_own(monkeypatch, tmp_path):
    """G12: secret per install."""
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setattr(product_settings, "VAR", tmp_path)
    with pytest.raises(product_settings.ImproperlyConfigured, match="Set SECRET_KEY"):
        product_settings._secret_key()
    (tmp_path / "secret_key").write_text("made by the demo\n")
    assert product_settings._secret_key() == "made by the demo"


def test_who_is_disabled_is_out_at_the_next_request_and_stays_out(owner, support, client_of):
    """G34; enabling again does not bring the old session back."""
    theirs = client_of(support)
    assert is_signed_in(theirs)
    services.disable(support, by=Actor.command())
    assert theirs.get("/profile/")["Location"] == "/login/?next=/profile/"
    services.enable(support, by=Actor.command())
    assert not is_signed_in(theirs)


def test_who_is_disabled_cannot_sign_in(client, owner, hire):
    hire("support", is_active=False)
    sign_in(client, "support@example.com")
    assert not is_signed_in(client)
    assert "disabled" in client.get("/inactive/").text


def test_signing_out_is_a_post_and_an_event(client, owner):
    client.force_login(owner)
    assert client.get("/logout/").status_code == 405
    assert is_signed_in(client)
    answer = client.post("/logout/")
    assert (answer.status_code, answer["Location"]) == (302, "/login/")
    assert not is_signed_in(client)
    assert Event.objects.get().kind == "sign_out"


def test_nobody_signs_up(client, db):
    assert client.get("/signup/").status_code == 404
    assert client.post("/signup/", {"email": "me@example.com", "password1": PASSWORD}).status_code == 404


def test_asking_for_a_new_password_says_the_same_for_known_and_unknown(client, owner):
    """G13: same answer, and a mail goes out either way."""
    known = client.post("/password/reset/", {"email": "owner@example.com"}, follow=True)
    unknown = client.post("/password/reset/", {"email": "nobody@example.com"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain == [("/password/reset/done/", 302)]
    assert known.content == unknown.content
    assert [message.to for message in mail.outbox] == [["owner@example.com"], ["nobody@example.com"]]
    assert "/password/reset/key/" in mail.outbox[0].body
    assert "/password/reset/key/" not in mail.outbox[1].body


def test_asking_for_a_new_password_is_the_same_work_for_known_and_unknown(client, hire):
    """G13: what takes time is writing and sending a letter; both send one, and ask the database about as often."""
    hire("owner")

    def work(email):
        sent = len(mail.outbox)
        with CaptureQueriesContext(connection) as asked:
            client.post("/password/reset/", {"email": email})
        return len(mail.outbox) - sent, len(asked)

    (letters, queries), (others_letters, others_queries) = (
        work("owner@example.com"),
        work("nobody@example.com"),
    )
    assert letters == others_letters == 1
    assert abs(queries - others_queries) <= 8


def test_a_reset_link_works_once_signs_in_and_ends_other_sessions(client, owner, client_of):
    elsewhere = client_of(owner)
    client.post("/password/reset/", {"email": owner.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True)
    chosen = {"password1": "another-long-one-9", "password2": "another-long-one-9"}
    answer = client.post(form.redirect_chain[-1][0], chosen)
    assert answer.status_code == 302
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    owner.refresh_from_db()
    assert owner.check_password("another-long-one-9")
    assert "no longer works" in Client().get(link, follow=True).text
    assert set(Event.objects.values_list("kind", flat=True)) == {"password_changed", "sign_in"}


def test_a_new_password_is_neither_short_nor_well_known(client, owner):
    client.force_login(owner)
    said = {"oldpassword": PASSWORD, "password1": "password", "password2": "password"}
    answer = client.post("/password/", said)
    assert answer.context["form"].errors["password1"] == [
        "This password is too short. It must contain at least 10 characters.",
        "This password is too common.",
    ]
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_changing_the_password_keeps_this_session_and_ends_the_others(client, owner, client_of):
    elsewhere = client_of(owner)
    sign_in(client, owner.email)
    said = {"oldpassword": PASSWORD, "password1": "another-long-one-9", "password2": "another-long-one-9"}
    assert client.post("/password/", said).status_code == 302
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)

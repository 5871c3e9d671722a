"""The second factor: authenticator app, recovery codes, and what happens when both are lost."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from backoffice.models import Event
from backoffice.records.actors import Actor
from backoffice.staff import services
from backoffice.staff.invitations import password_path
from tests.people import PASSWORD

pytestmark = pytest.mark.alike


def code_of(secret: str) -> str:
    """The six digits an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def sign_in(client, person):
    return client.post("/login/", {"login": person.email, "password": PASSWORD})


@pytest.fixture
def secret(client, support, django_capture_on_commit_callbacks):
    """The key of an app that support has just set up, signed in at `client`."""
    sign_in(client, support)
    client.post("/reauthenticate/", {"password": PASSWORD})
    page = client.get("/second-factor/totp/activate/")
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/second-factor/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302
    return secret


def test_who_was_invited_or_asked_for_a_new_password_may_set_up_an_app(client, support):
    """Such a link makes the library note the address as unverified, for which it refused a second factor."""
    client.get(password_path(support))
    client.post("/password/reset/", {"email": support.email})
    sign_in(client, support)
    client.post("/reauthenticate/", {"password": PASSWORD})
    for address in ("/second-factor/totp/activate/", "/second-factor/webauthn/add/"):
        assert client.get(address).status_code == 200


def test_setting_up_an_app_asks_for_the_password_again(client, support):
    sign_in(client, support)
    answer = client.get("/second-factor/totp/activate/")
    assert answer["Location"].startswith("/reauthenticate/?next=")


def test_with_an_app_the_password_alone_does_not_open_the_door(secret, support):
    other = Client()
    assert sign_in(other, support)["Location"].startswith("/second-factor/authenticate/")
    assert other.get("/profile/").status_code == 302
    wrong = other.post("/second-factor/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert other.get("/profile/").status_code == 302


def test_who_stops_before_the_code_may_start_anew(secret, support, owner):
    other = Client()
    sign_in(other, support)
    assert other.get("/login/")["Location"].startswith("/second-factor/authenticate/")
    assert other.post("/logout/")["Location"] == "/login/"
    assert sign_in(other, owner)["Location"] == "/"


def test_password_and_code_open_the_door(secret, support):
    cache.clear()  # the code of this half minute was used for setting up
    other = Client()
    sign_in(other, support)
    answer = other.post("/second-factor/authenticate/", {"code": code_of(secret)})
    assert answer.status_code == 302
    assert other.get("/profile/").status_code == 200


def test_a_recovery_code_opens_the_door_once(secret, client, support):
    page = client.get("/second-factor/recovery-codes/")
    code = page.context["unused_codes"][0]
    for expected in (200, 302):
        other = Client()
        sign_in(other, support)
        other.post("/second-factor/authenticate/", {"code": code})
        assert other.get("/profile/").status_code == expected


def test_an_owner_resets_what_was_lost_and_the_sessions_end(secret, client, support, owner, client_of):
    answer = client_of(owner, sure=True).post(f"/staff/{support.pk}/reset-second-factor/")
    assert answer.status_code == 302
    assert not Authenticator.objects.filter(user=support).exists()
    assert client.get("/profile/").status_code == 302
    assert sign_in(client, support)["Location"] == "/"
    assert Event.objects.filter(kind="second_factor_reset", target="Support", staff=owner).count() == 1


def test_setting_up_and_removing_is_written_down(secret, client, support):
    """Decision 28: the activity page knows."""
    client.post("/second-factor/totp/deactivate/", {})
    kinds = Event.objects.filter(kind="second_factor").order_by("id").values_list("facts", flat=True)
    assert {"what": "totp_activated"} in kinds
    assert {"what": "totp_deactivated"} in kinds


def test_the_pages_carry_no_script_of_their_own(secret, client):
    """The content security policy allows scripts from files only."""
    for address in ("/second-factor/", "/second-factor/webauthn/add/", "/login/"):
        page = client.get(address, follow=True).text
        for tag in re.findall(r"<script[^>]*>", page):
            assert "src=" in tag or 'type="application/json"' in tag


def test_passkeys_are_offered_at_sign_in(client, db):
    assert 'id="passkey_login"' in client.get("/login/").text
    answer = client.get("/second-factor/webauthn/login/", headers={"Accept": "application/json"})
    assert "request_options" in answer.json()


def test_resetting_what_was_never_set_up_does_no_harm(support, owner):
    services.reset_second_factor(support, by=Actor.command())
    assert Event.objects.get().kind == "second_factor_reset"

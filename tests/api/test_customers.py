"""Customers over the API: registered and changed by form and service of the page, signed in, visits, messages."""

import datetime as dt

import pytest
from django.utils import timezone

from backoffice.models import Event
from backoffice.records.actors import Actor
from backoffice.records.required_fields import require
from backoffice.sections import section_named
from customers import services
from customers.models import (
    Consent,
    Customer,
    CustomerFigures,
    Mail,
    Message,
    PageView,
    ShopSession,
    Thread,
    Visit,
)
from customers.services import hide_customer, switch
from tests.shop_api import reasons

ADA = {"first_name": "Ada", "last_name": "Byron", "email": "ada@shop.example", "password": "lavender"}
COMMAND = Actor.command()


@pytest.fixture
def ada(program) -> Customer:
    """Ada, who has registered."""
    return Customer.objects.get(pk=program.done("POST", "/customers", ADA)["id"])


def signed_in(program, **said) -> str:
    said = {"email": ADA["email"], "password": ADA["password"], **said}
    return program.done("POST", "/sign-in", said)["token"]


# Registering


def test_who_registers_is_as_if_typed_on_the_page(program, ada, default_group):
    """Issue 10: the same form and service: groups of the options, hash of the password, history by the API."""
    assert (ada.name, ada.email, ada.active, ada.guest, ada.default_group) == (
        "Ada Byron",
        "ada@shop.example",
        True,
        False,
        default_group,
    )
    assert ada.password.startswith("md5$")
    row = ada.history.get()
    assert (row.door, row.history_change_reason, row.history_type) == ("api", "token Shop module", "+")


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({"password": "1234"}, "password", "password_too_short"),
        ({"first_name": "<b>"}, "first_name", "name_with_markup"),
        ({"email": "nobody"}, "email", "email_malformed"),
        ({"email": "ADA@shop.example"}, "email", "taken"),
        ({"birthday": "2100-01-01"}, "birthday", "birthday_in_future"),
        ({"colour": "red"}, "colour", "unknown"),
        ({"title": 999}, "title", "invalid_choice"),
    ],
)
def test_what_breaks_a_rule_of_the_form_is_refused_at_its_field(program, ada, said, field, code):
    new = {**ADA, "email": "new@shop.example", **said}
    answer = program.post("/customers", new)
    assert (answer.status_code, reasons(answer).get(field)) == (422, code), answer.text
    assert Customer.objects.count() == 1


def test_what_the_settings_require_is_required_here(program):
    """Decision 40: a required yes/no binds the creation of an account at every door."""
    require(section_named("customers"), ["newsletter"], by=COMMAND)
    answer = program.post("/customers", ADA)
    assert list(reasons(answer)) == ["newsletter"]
    program.done("POST", "/customers", {**ADA, "newsletter": True})


def test_a_consent_has_its_ground(program):
    """S4.14: what it rests on stands in the ledger."""
    program.done(
        "POST", "/customers", {**ADA, "newsletter": True, "grounds": {"newsletter": "Form of the shop"}}
    )
    line = Consent.objects.get()
    assert (line.kind, line.given, line.ground, line.door) == ("newsletter", True, "Form of the shop", "api")


def test_a_consent_that_is_taken_back_has_its_ground_too(program, ada):
    """No ground is needed; the one that was said was answered with 200 and lost, also of the customer's own change."""
    told = program.done("POST", "/sign-in", {"email": ada.email, "password": ADA["password"]})
    whose = {"/me": {"Customer-Token": told["token"]}, f"/customers/{ada.pk}": {}}
    for path, own in whose.items():
        for given in (True, False):
            ground = f"{path}: {given}"
            said = {"newsletter": given, "grounds": {"newsletter": ground}}
            program.done("PATCH", path, said, **own)
            line = Consent.objects.order_by("pk").last()
            assert (line.was, line.given, line.ground) == (not given, given, ground)
    program.done("PATCH", f"/customers/{ada.pk}", {"newsletter": True})
    program.done("PATCH", f"/customers/{ada.pk}", {"newsletter": False})
    assert Consent.objects.order_by("pk").last().ground == "not stated"
    wrong = {"newsletter": True, "partner_offers": False, "grounds": {"partner_offers": "x" * 256}}
    assert list(reasons(program.patch(f"/customers/{ada.pk}", wrong))) == ["grounds.partner_offers"]


def test_a_consent_keeps_the_address_of_the_customers_browser(program):
    program.done("POST", "/customers", {**ADA, "newsletter": True}, **{"Customer-IP": "192.0.2.9"})
    assert Customer.objects.get().newsletter_ip == "192.0.2.9"


def test_a_field_that_staff_declared_is_taken_too(program, ada, custom_field):
    """Decision 52."""
    field = custom_field("Shoe size", kind="number")
    program.done("PATCH", f"/customers/{ada.pk}", {f"custom_{field.pk}": 42})
    assert Customer.objects.get().custom == {f"custom_{field.pk}": 42}


def test_a_taken_address_names_nobody(program, ada):
    """G13: neither who has it nor their number, also where they may not register again."""
    said = program.post("/customers", {**ADA, "first_name": "Eve"}).json()["errors"]
    assert [one["reason"] for one in said] == ["There is an account with this e-mail address already."]
    hide_customer(ada, by=COMMAND)
    assert program.post("/customers", {**ADA, "first_name": "Eve"}).json()["errors"] == said


# Changing


def test_only_what_is_named_is_changed(program, ada):
    said = program.done("PATCH", f"/customers/{ada.pk}", {"phone": "+48 600 700 800"})
    now = Customer.objects.get()
    assert (now.phone, now.first_name, now.version) == ("+48 600 700 800", "Ada", said["version"])
    assert now.password == ada.password


def test_a_change_of_something_older_is_refused(program, ada):
    program.done("PATCH", f"/customers/{ada.pk}", {"phone": "1"})
    answer = program.patch(f"/customers/{ada.pk}", {"phone": "2", "version": ada.version})
    assert (answer.status_code, Customer.objects.get().phone) == (409, "1")


def test_who_is_hidden_is_not_there(program, ada):
    """Decision 43, G17."""
    hide_customer(ada, by=COMMAND)
    assert program.get(f"/customers/{ada.pk}").status_code == 404
    assert program.patch(f"/customers/{ada.pk}", {"phone": "1"}).status_code == 404
    assert program.done("GET", "/customers?email=ada@shop.example")["customers"] == []


def test_customers_are_found_by_their_address_and_never_all_at_once(program, ada):
    found = program.done("GET", "/customers?email=Ada@shop.example")["customers"]
    assert [one["id"] for one in found] == [ada.pk]
    assert program.done("GET", "/customers")["customers"] == []


def test_no_answer_holds_a_password_or_what_is_the_staffs(program, ada):
    """G17, G26."""
    program.done("PATCH", f"/customers/{ada.pk}", {"note": "Complains often"})
    said = program.get(f"/customers/{ada.pk}").text
    assert "Complains" not in said
    assert "md5$" not in said


# Signing in


def test_who_signs_in_reads_and_changes_their_own_data(program, ada):
    token = signed_in(program)
    own = {"Customer-Token": token}
    assert program.done("GET", "/me", **own)["first_name"] == "Ada"
    program.done("PATCH", "/me", {"last_name": "Lovelace", "newsletter": True}, **own)
    now = Customer.objects.get()
    assert (now.last_name, now.newsletter, now.history.first().door) == ("Lovelace", True, "shop")
    assert program.patch("/me", {"note": "x"}, **own).status_code == 422
    assert token not in str(list(ShopSession.objects.values()))


def test_switching_an_account_off_refuses_the_next_request_at_once(program, ada):
    """G34; enabling brings no session back."""
    own = {"Customer-Token": signed_in(program)}
    switch(ada, "active", False, by=COMMAND)
    assert program.get("/me", **own).status_code == 401
    switch(ada, "active", True, by=COMMAND)
    assert program.get("/me", **own).status_code == 401


def test_signing_in_says_nothing_of_why_it_was_refused(program, ada, customer):
    """G13: wrong password, unknown address, disabled, guest: one answer."""
    customer(email="guest@shop.example", guest=True)
    switch(customer(email="off@shop.example", password="lavender"), "active", False, by=COMMAND)
    tries = [
        ("ada@shop.example", "wrong"),
        ("none@shop.example", "lavender"),
        ("guest@shop.example", "lavender"),
    ]
    answers = [
        program.post("/sign-in", {"email": email, "password": password})
        for email, password in [*tries, ("off@shop.example", "lavender")]
    ]
    assert {(one.status_code, one.json()["detail"]) for one in answers} == {
        (409, "There is no account with this e-mail address and password, or it is disabled.")
    }


def test_guessing_passwords_ends_soon(program, ada):
    wrong = [program.post("/sign-in", {"email": ADA["email"], "password": "wrong"}) for _ in range(11)]
    assert [one.status_code for one in wrong] == [409] * 10 + [429]
    assert wrong[-1]["Retry-After"] == "600"
    right = program.post("/sign-in", {"email": ADA["email"].upper(), "password": ADA["password"]})
    assert right.status_code == 429


def test_another_password_ends_all_sessions_but_the_one_that_is_told(program, ada):
    first, second = signed_in(program), signed_in(program)
    answer = program.post("/me/password", {"old": "wrong", "new": "rosemary"}, **{"Customer-Token": first})
    assert reasons(answer) == {"old": "wrong"}
    said = {"old": ADA["password"], "new": "1234"}
    assert reasons(program.post("/me/password", said, **{"Customer-Token": first})) == {
        "new": "password_too_short"
    }
    said["new"] = "rosemary"
    token = program.done("POST", "/me/password", said, **{"Customer-Token": first})["token"]
    assert [program.get("/me", **{"Customer-Token": one}).status_code for one in (first, second, token)] == [
        401,
        401,
        200,
    ]
    assert not Event.objects.filter(kind="password_set").exists()


def test_signing_out_ends_the_session(program, ada):
    own = {"Customer-Token": signed_in(program)}
    program.done("POST", "/me/sign-out", {}, **own)
    assert program.get("/me", **own).status_code == 401


def test_a_session_ends_when_it_was_not_used_for_long(program, ada, clock, settings):
    own = {"Customer-Token": signed_in(program)}
    clock((settings.CUSTOMER_SESSION_DAYS * 24 * 3600) + 60)
    assert program.get("/me", **own).status_code == 401


def test_a_link_for_a_password_is_refused_within_the_window(program, ada, clock):
    """S0.14: with Retry-After, also for an address that nobody has (G13)."""
    for address in (ADA["email"], "nobody@shop.example"):
        program.done("POST", "/password-links", {"email": address})
        answer = program.post("/password-links", {"email": address})
        assert (answer.status_code, 0 < int(answer["Retry-After"]) <= 360 * 60) == (429, True)
        until = timezone.localtime(timezone.now() + dt.timedelta(hours=6))
        assert answer.json()["detail"].endswith(f" {until:%H:%M:%S %Z}.")


# Visits


def visit(program, at: dt.datetime | None = None, path: str = "/visits/pages", **said) -> dict:
    said = {
        "visitor": "browser-1",
        "page": "/cups?colour=red",
        **({"at": at.isoformat()} if at else {}),
        **said,
    }
    return program.done("POST", path, said)


def test_a_visit_goes_on_until_half_an_hour_of_silence(program):
    """Facts 1.12: exactly 30 minutes is still the same visit."""
    start = timezone.now() - dt.timedelta(hours=5)
    first = visit(program, start, referrer="https://www.search.example/?q=cups", ip="192.0.2.7")
    same = visit(program, start + dt.timedelta(minutes=30))
    new = visit(program, start + dt.timedelta(minutes=60, seconds=1))
    assert (first["visit"] == same["visit"], new["visit"] == first["visit"]) == (True, False)
    stored = Visit.objects.get(pk=first["visit"])
    assert (stored.pages_count, stored.origin, stored.ip, stored.duration) == (
        2,
        "search.example",
        "192.0.2.7",
        dt.timedelta(minutes=30),
    )


def test_a_page_is_kept_without_what_was_asked_there(program, product):
    """Decision 55; the page knows which product it showed (S4.70)."""
    cup = product("CUP", "12.50")
    visit(program, product="CUP")
    page = PageView.objects.get()
    assert (page.url, page.product_id) == ("/cups", cup.pk)


def test_after_leaving_the_next_page_is_a_new_visit(program):
    first = visit(program)
    program.done("POST", "/visits/end", {"visitor": "browser-1"})
    assert visit(program)["visit"] != first["visit"]
    assert program.done("POST", "/visits/end", {"visitor": "unknown"})["visit"] is None


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/128.0", "computer"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148", "phone"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Mobile Safari/537.36", "phone"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X)", "tablet"),
        ("Mozilla/5.0 (Linux; Android 14; SM-X910) Safari/537.36", "tablet"),
        ("", "unknown"),
    ],
)
def test_the_device_is_what_the_browser_says(program, user_agent, device):
    visit(program, user_agent=user_agent)
    assert Visit.objects.get().device == device


def test_a_robot_is_no_visit(program):
    """Facts 1.12."""
    said = visit(program, user_agent="Mozilla/5.0 (compatible; Googlebot/2.1)")
    assert (said["visit"], Visit.objects.count()) == (None, 0)


def test_signing_in_makes_the_visits_of_the_browser_theirs(program, ada):
    """S4.71, facts 1.12: also those from before; the last visit of the customer moves."""
    came = timezone.now() - dt.timedelta(hours=3)
    visit(program, came)
    now = visit(program)
    assert CustomerFigures.objects.get().last_visit_at is None
    signed_in(program, visitor="browser-1")
    assert set(Visit.objects.values_list("customer", flat=True)) == {ada.pk}
    assert CustomerFigures.objects.get().last_visit_at == Visit.objects.get(pk=now["visit"]).started_at


# Messages and mails


def test_a_message_begins_a_conversation_and_goes_on_in_it(program, ada):
    """S0.46, S4.73."""
    said = program.done(
        "POST", "/messages", {"customer_id": ada.pk, "text": "Where is it?", "subject": "Parcel"}
    )
    more = {"customer_id": ada.pk, "text": "Still waiting", "conversation": said["conversation"]}
    assert program.done("POST", "/messages", more)["conversation"] == said["conversation"]
    thread = Thread.objects.get()
    assert (thread.subject, thread.unread, thread.last_text) == ("Parcel", True, "Still waiting")
    assert Message.objects.filter(direction="customer").count() == 2


def test_nobody_writes_into_a_conversation_of_somebody_else(program, ada, customer):
    """G17: for them it is not there."""
    said = program.done("POST", "/messages", {"customer_id": ada.pk, "text": "Mine"})
    for who in ({"customer_id": customer().pk}, {"email": "ada@shop.example"}):
        answer = program.post("/messages", {**who, "text": "Yours", "conversation": said["conversation"]})
        assert answer.status_code == 404
    assert Message.objects.count() == 1


def test_a_message_needs_somebody_and_something(program):
    assert reasons(program.post("/messages", {"text": "Hello"})) == {"email": "required"}
    answer = program.post("/messages", {"email": "a@shop.example", "text": " \n "})
    assert (answer.status_code, reasons(answer)) == (422, {"text": "required"})


def test_a_mail_of_the_shop_is_written_down(program, ada):
    """S4.75, facts 1.14."""
    said = {
        "recipient": ADA["email"],
        "template": "order_conf",
        "subject": "Your order",
        "customer_id": ada.pk,
    }
    program.done("POST", "/mails", {**said, "language": "pl", "sent_at": "2026-03-10T12:00:00+01:00"})
    mail = Mail.objects.get()
    assert (mail.customer, mail.language, mail.sent_at) == (
        ada,
        "pl",
        dt.datetime(2026, 3, 10, 11, tzinfo=dt.UTC),
    )


def test_nothing_is_miscounted_after_all_that(program, ada):
    from backoffice.records.recounting import recount_all

    visit(program)
    signed_in(program, visitor="browser-1")
    program.done("POST", "/messages", {"customer_id": ada.pk, "text": "Hello"})
    program.done("POST", "/mails", {"recipient": "a@b.example", "template": "x", "subject": "y"})
    assert list(recount_all(mend=False)) == []
    assert services.session_by("wrong") is None

"""One click switches the account, the newsletter and the partner offers (S0.8–S0.11, S1.15, S1.19, S4.12–S4.15)."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from backoffice.models import RequiredField
from backoffice.records.actors import Actor
from customers import services
from customers.models import Consent, Customer
from tests.reading import read

FLAGS = ("active", "newsletter", "partner_offers")


@pytest.fixture
def click(client):
    """`click(customer, "newsletter", "true")` posts a switch; `value` left out turns it over."""

    def click(customer, field, value=None, *, by=client, **headers):
        data = {} if value is None else {"value": value}
        return by.post(f"/customers/{customer.pk}/toggle/{field}/", data, headers=headers)

    return click


def now(customer):
    return Customer.objects.get(pk=customer.pk)


@pytest.mark.parametrize("field", FLAGS)
def test_value_sets_the_flag_whatever_it_was(click, customer, field):
    """Decision 9: `value=true|false` sets; said twice it stays."""
    made = customer()
    for value in ("true", "true", "false", "false", "true"):
        click(made, field, value)
        assert getattr(now(made), field) is (value == "true")


@pytest.mark.parametrize("field", ["newsletter", "partner_offers"])
def test_a_consent_of_whom_no_mail_reaches_says_so(click, customer, field):
    """Trial of custom fields, 10: it was asked whether they want mails which never arrive."""
    unreachable, reachable = customer(email="7@no-email.invalid"), customer(email="ada@lovelace.org")
    for made, hint in (
        (unreachable, "Make sure the customer wants it. Mail can't be delivered to 7@no-email.invalid."),
        (reachable, "Make sure the customer wants it."),
    ):
        assert click(made, field, "true", accept="application/json").json()["hint"] == hint
        assert click(made, field, "false", accept="application/json").json()["hint"] == ""


@pytest.mark.parametrize("field", FLAGS)
@pytest.mark.parametrize("value", [None, ""])
def test_without_a_value_the_flag_is_turned_over(click, customer, field, value):
    """Decision 9: without it, flips."""
    made = customer()
    before = getattr(made, field)
    click(made, field, value)
    assert getattr(now(made), field) is not before
    click(made, field, value)
    assert getattr(now(made), field) is before


@pytest.mark.parametrize("field", FLAGS)
@pytest.mark.parametrize("value", ["maybe", "1", "TRUE", "<script>", "true "])
def test_a_value_that_is_none_is_refused_in_words_and_turns_nothing(click, customer, field, value):
    """Issue 2, bad input: only `true` and `false` are values of a switch."""
    made = customer()
    answer = click(made, field, value)
    assert answer.status_code == 400
    assert "Nothing was changed." in read(answer).text
    assert (getattr(now(made), field), now(made).version) == (getattr(made, field), made.version)
    assert click(made, field, value, accept="application/json").status_code == 400


def test_the_three_flags_are_independent(click, customer):
    """S0.40."""
    made = customer()
    click(made, "newsletter", "true")
    assert (now(made).active, now(made).newsletter, now(made).partner_offers) == (True, True, False)
    click(made, "active", "false")
    assert (now(made).active, now(made).newsletter, now(made).partner_offers) == (False, True, False)


@pytest.mark.parametrize("field", FLAGS)
@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_only_a_post_switches(client, customer, field, method):
    """G10: a GET to any switch answers 405; elsewhere the switches ran on a plain link."""
    made = customer()
    assert getattr(client, method)(f"/customers/{made.pk}/toggle/{field}/?value=true").status_code == 405
    assert now(made).version == made.version


def test_the_page_script_gets_json_with_a_word_of_confirmation_and_the_way_back(click, customer):
    """S0.9, S4.14, decision 9: the toast says what happened to whom, reminds to ask, and offers Undo."""
    made = customer(first_name="John", last_name="DOE")
    told = click(made, "newsletter", "true", accept="application/json").json()
    assert told == {
        "value": True,
        "message": "Newsletter switched on for John DOE.",
        "hint": "Make sure the customer wants it.",
        "more": {"url": f"/customers/{made.pk}/consents/newsletter/", "title": "How did they consent?"},
        "undo": {"url": f"/customers/{made.pk}/toggle/newsletter/", "value": "false"},
    }
    told = click(made, "newsletter", told["undo"]["value"], accept="application/json").json()
    assert (told["value"], told["message"], told["hint"]) == (
        False,
        "Newsletter switched off for John DOE.",
        "",
    )


@pytest.mark.parametrize(
    ("field", "on", "off"),
    [
        ("active", "John DOE may log in again.", "John DOE may not log in any more."),
        ("newsletter", "Newsletter switched on for John DOE.", "Newsletter switched off for John DOE."),
        (
            "partner_offers",
            "Opt-in switched on for John DOE.",
            "Opt-in switched off for John DOE.",
        ),
    ],
)
def test_each_switch_says_what_it_did_to_whom(click, customer, field, on, off):
    """Design, words: what happened, to whom; no "successfully"."""
    made = customer()
    assert click(made, field, "true", accept="application/json").json()["message"] == on
    assert click(made, field, "false", accept="application/json").json()["message"] == off


def test_without_scripts_the_list_comes_back_as_it_was_with_the_word_on_top(click, client, customer):
    """Interface: every page and form works without scripts; S4.94 the filters stay."""
    made = customer()
    answer = click(
        made, "newsletter", "true", referer="http://testserver/customers/?first_name=john&sort=age"
    )
    assert (answer.status_code, answer["Location"]) == (302, "/customers/?first_name=john&sort=age")
    page = read(client.get(answer["Location"]))
    toast = page.one("div", "toast")
    assert toast.one("p").text == (
        "Newsletter switched on for John DOE. Make sure the customer wants it. How did they consent?"
    )
    assert toast.one("a")["href"] == f"/customers/{made.pk}/consents/newsletter/"


def test_without_scripts_the_word_of_a_switch_offers_undo(click, client, customer):
    """U33: the message offers what the script's does: Undo, and on what ground."""
    made = customer()
    came_from = "http://testserver/customers/?first_name=john"
    for value, after in (("true", True), ("false", False)):
        page = read(client.get(click(made, "newsletter", value, referer=came_from)["Location"]))
        assert now(made).newsletter is after
        undo = page.one("div", "toast").one("form")
        assert (undo["method"], undo.one("button").text) == ("post", "Undo")
        answer = client.post(undo["action"], headers={"referer": came_from})
        assert (answer.status_code, answer["Location"]) == (302, "/customers/?first_name=john")
        assert now(made).newsletter is not after


def test_a_switch_on_the_file_leads_back_to_the_file(click, customer):
    """Design: editing a small thing happens in place."""
    made = customer()
    answer = click(made, "active", "false", referer=f"http://testserver/customers/{made.pk}/")
    assert answer["Location"] == f"/customers/{made.pk}/"


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("owner", FLAGS),
        ("manager", FLAGS),
        ("support", FLAGS),
        ("marketing", ("newsletter", "partner_offers")),
        ("viewer", ()),
    ],
)
def test_who_may_switch_what(click, client_of, hire, customer, role, allowed):
    """Decisions, rights: marketing changes consents, not people; a viewer nothing."""
    made = customer()
    person = client_of(hire(role, email=f"{role}2@example.com"))
    for field in FLAGS:
        before = getattr(now(made), field)
        answer = click(made, field, by=person)
        assert answer.status_code == (302 if field in allowed else 403), (role, field)
        assert (getattr(now(made), field) is not before) == (field in allowed)


def test_a_switch_writes_history_and_moves_the_last_update(click, customer, owner):
    """S1.50, decision 28: who, by which door, from which address; the last update changes on every save."""
    made = customer()
    Customer.objects.filter(pk=made.pk).update(updated_at=timezone.now() - timezone.timedelta(days=1))
    before = now(made)
    click(made, "active", "false")
    after = now(made)
    assert after.updated_at > before.updated_at
    assert after.version == before.version + 1
    row = made.history.latest()
    assert (row.history_type, row.history_user, row.door, row.ip, row.active) == (
        "~",
        owner,
        "page",
        "127.0.0.1",
        False,
    )


def test_setting_what_is_set_already_writes_nothing(click, customer):
    """Habit: no history row without a change, no consent line without a consent."""
    made = customer(newsletter=True)
    rows, lines, version = made.history.count(), Consent.objects.count(), made.version
    click(made, "newsletter", "true")
    assert (made.history.count(), Consent.objects.count(), now(made).version) == (rows, lines, version)


def test_every_consent_given_or_taken_back_stands_in_the_ledger(click, customer, marketing, client_of):
    """D-50, D-105, decision 9: whether, when, by whom, through what; without a ground it says so."""
    made = customer()
    person = client_of(marketing)
    for field in ("newsletter", "partner_offers"):
        click(made, field, "true", by=person)
        click(made, field, "false", by=person)
    lines = list(
        Consent.objects.order_by("pk").values_list("kind", "given", "ground", "staff__name", "door", "ip")
    )
    assert lines == [
        ("newsletter", True, "not stated", "Marketing", "page", "127.0.0.1"),
        ("newsletter", False, "not stated", "Marketing", "page", "127.0.0.1"),
        ("partner_offers", True, "not stated", "Marketing", "page", "127.0.0.1"),
        ("partner_offers", False, "not stated", "Marketing", "page", "127.0.0.1"),
    ]


def test_the_account_is_no_consent(click, customer):
    """S0.40: status is the right to log in."""
    click(customer(), "active", "false")
    assert Consent.objects.count() == 0


def test_the_newsletter_is_asked_for_once_however_often_it_is_switched_on(click, client, customer):
    """Code finding C19.4: since when, and from where, is what the first time said; the ledger has each time."""
    made, of_many = customer(), customer()
    first = timezone.now().replace(microsecond=0)
    Customer.objects.filter(pk=of_many.pk).update(newsletter_at=first)
    for minutes, value, address in ((0, "true", "203.0.113.7"), (1, "false", "::1"), (2, "true", "::1")):
        with time_machine.travel(first + dt.timedelta(minutes=minutes), tick=False):
            client.post(f"/customers/{made.pk}/toggle/newsletter/", {"value": value}, REMOTE_ADDR=address)
            said = {"selected": of_many.pk, "choice": "in writing"}
            client.post("/customers/actions/newsletter_on/", said)
    told = [(one.newsletter, one.newsletter_at, one.newsletter_ip) for one in (now(made), now(of_many))]
    assert told == [(True, first, "203.0.113.7"), (True, first, None)]
    assert Consent.objects.filter(customer=made).count() == 3


def test_required_fields_never_block_a_switch(click, customer):
    """D-13: with partner offers required, no switch in the list worked any more elsewhere."""
    made = customer()
    for field in ("title", "birthday", "newsletter", "partner_offers"):
        RequiredField.objects.create(section="customers", field=field)
    for field in FLAGS:
        for value in ("true", "false"):
            assert click(made, field, value, accept="application/json").json()["value"] is (value == "true")


def test_old_values_that_break_a_rule_never_block_a_switch(click, customer):
    """Decision 5: what is unchanged is not judged."""
    made = customer()
    Customer.objects.filter(pk=made.pk).update(first_name="R2D2", last_name="<b>", email="no address")
    assert click(made, "newsletter", "true").status_code == 302
    assert now(made).newsletter is True


@pytest.mark.parametrize("number", ["987654", "9" * 18, "9" * 19])
def test_a_customer_that_is_not_there_is_not_found(client, shop, number):
    """Issue 2, bad input: unknown ids and huge numbers are 404, never 500."""
    assert client.post(f"/customers/{number}/toggle/active/").status_code == 404


@pytest.mark.parametrize("tail", ["toggle/", "toggle/deleted/", "toggle/is_staff/", "toggle/active/x/"])
def test_no_other_field_has_a_switch(client, customer, tail):
    """G30: the three flags and nothing else."""
    made = customer()
    assert client.post(f"/customers/{made.pk}/{tail}", {"value": "true"}).status_code == 404
    assert now(made).version == made.version


def test_a_deleted_customer_is_hidden_from_who_may_not_delete(click, client_of, support, customer):
    """Decision 19; rights: not visible is not there."""
    made = customer()
    services.hide_customer(made, by=Actor.command())
    assert click(made, "newsletter", by=client_of(support)).status_code == 404


def test_the_file_has_the_same_switches(client, customer):
    """S1.48, S1.51: Status, Newsletter and Opt-in as marks that can be clicked."""
    made = customer(newsletter=True)
    page = read(client.get(f"/customers/{made.pk}/"))
    switches = [
        (one["formaction"].split("/")[-2], one["aria-checked"]) for one in page.all("button", "switch")
    ]
    assert switches == [("active", "true"), ("newsletter", "true"), ("partner_offers", "false")]


class TestGrounds:
    """Stating on what ground a consent rests, after the fact (decision 9, D-50, D-105)."""

    def test_a_ground_is_one_more_line_of_the_ledger(self, client, customer, owner):
        """Decision 9: "not stated" stays on record, the ground is added; nothing is ever overwritten."""
        made = customer(newsletter=True)
        address = f"/customers/{made.pk}/consents/newsletter/"
        assert read(client.get(address)).one("h1").text == "Newsletter of John DOE: how did they consent?"
        answer = client.post(address, {"ground": "signed form of 3 May"})
        assert answer["Location"] == f"/customers/{made.pk}/"
        lines = Consent.objects.order_by("pk").values_list("kind", "given", "ground", "staff")
        assert list(lines) == [
            ("newsletter", True, "not stated", None),
            ("newsletter", True, "signed form of 3 May", owner.pk),
        ]

    @pytest.mark.parametrize("ground", ["", "   ", "x" * 256])
    def test_no_ground_or_a_novel_is_told_and_nothing_is_written(self, client, customer, ground):
        """Issue 2, bad input."""
        made = customer(newsletter=True)
        answer = client.post(f"/customers/{made.pk}/consents/newsletter/", {"ground": ground})
        assert answer.status_code == 200
        assert "ground" in answer.context["form"].errors
        assert Consent.objects.count() == 1

    @pytest.mark.parametrize("kind", ["active", "sms", "<script>"])
    def test_there_are_two_consents(self, client, customer, kind):
        """S0.40."""
        assert client.get(f"/customers/{customer().pk}/consents/{kind}/").status_code == 404

    def test_who_may_not_switch_consents_states_no_ground(self, client_of, viewer, customer):
        """Decisions, rights."""
        made = customer(newsletter=True)
        answer = client_of(viewer).post(f"/customers/{made.pk}/consents/newsletter/", {"ground": "x"})
        assert answer.status_code == 403
        assert Consent.objects.count() == 1

"""Turning a guest into a customer, with all its rules (facts 4.14, decisions 4, 19, 40)."""

import re

import pytest
from django.contrib.auth.hashers import check_password
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from addresses.models import Address
from backoffice.models import Event
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.records.required_fields import require
from backoffice.sections import section_named
from carts.models import Cart, Order
from customers import services
from customers.models import Customer, Mail
from tests.models.conftest import row, seeded
from tests.reading import List, history, read

__all__ = ["row", "seeded"]
LINK = re.compile(r"http://127\.0\.0\.1:8000(/account/password/[\w:-]+/)")
BY = Actor.command()


@pytest.fixture
def nana(customer, group, tag):
    """A guest in two groups, with a tag."""
    return customer(
        first_name="Nana",
        last_name="Lund",
        email="nana@shop.example",
        guest=True,
        language="pl",
        groups=[group("Guests"), group("Loyalty")],
        tags=[tag("RECURRENT")],
    )


@pytest.fixture
def turn(client):
    """`turn(nana)` answers the question."""
    return lambda who, by=client: by.post(f"/customers/{who.pk}/turn-into-customer/", {"sure": "1"})


@pytest.fixture
def question(client):
    return lambda who, by=client: read(by.get(f"/customers/{who.pk}/turn-into-customer/"))


def now(who) -> Customer:
    return Customer.objects.get(pk=who.pk)


def refusal(page) -> str:
    """Why it cannot be done; there is no button then."""
    assert page.all("button", name="sure") == []
    return page.one("div", "notice").one("p").text


def test_the_file_of_a_guest_offers_it_and_the_question_says_what_will_happen(client, question, nana):
    """Facts 4.2: the button stands on the file of guests alone."""
    page = read(client.get(f"/customers/{nana.pk}/"))
    assert [one.text for one in page.one("div", "title-actions").all("a")] == [
        "Turn into a customer",
        "Edit",
        "History",
        "Delete",
    ]
    form = question(nana).one("form", "form")
    assert form.one("p", "strong").text == "Turn the guest Nana Lund into a customer?"
    assert [one.text for one in form.all("li")] == [
        "ID, orders, addresses and carts stay.",
        "Their only group is “Default” then.",
        "They get an e-mail with a link for choosing a password. The link works once, for 24 hours.",
        "The e-mail goes to nana@shop.example, in Polish.",
    ]
    assert mail.outbox == []


def test_they_have_an_account_in_the_group_of_new_accounts_without_a_password(
    turn, said, nana, default_group, counted_right, clock
):
    """Facts 4.14: all memberships go, the group of new accounts is the one and the default; nobody knows a password."""
    assert said(turn(nana)) == (
        "Nana Lund is a customer now, and gets an e-mail with a link for choosing a password."
    )
    after = now(nana)
    assert (after.guest, after.active, after.may_log_in) == (False, True, True)
    assert (after.default_group, list(after.groups.all())) == (default_group, [default_group])
    assert [tag.name for tag in after.tags.all()] == ["RECURRENT"]
    assert not any(check_password(guess, after.password) for guess in ("", "nana@shop.example", "password"))
    assert (after.password_link_at, after.password_changed_at) == (timezone.now(), None)
    counted_right()


def test_the_group_is_that_of_the_options(turn, nana, group, options):
    """Decision 8."""
    members = group("Members")
    options(new_accounts_group=members.pk)
    turn(nana)
    assert (now(nana).default_group, list(now(nana).groups.all())) == (members, [members])


def test_number_orders_addresses_and_carts_stay(turn, nana, row):
    """Facts 4.14: the same id."""
    home, cart = row(Address, customer=nana), row(Cart, customer=nana)
    order = row(Order, customer=nana, customer_name="Nana Lund")
    turn(nana)
    assert (Address.objects.get().customer_id, Cart.objects.get().customer_id) == (nana.pk, nana.pk)
    assert (Order.objects.get(), Order.objects.get().customer_id) == (order, nana.pk)
    assert (home.pk, cart.pk) == (Address.objects.get().pk, Cart.objects.get().pk)


def test_the_mail_is_in_their_language_and_its_link_opens_the_account(turn, nana, owner):
    """Facts 4.14: template guest_to_customer, a link instead of a password; written down as every mail."""
    turn(nana)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["nana@shop.example"], "Twoje konto w sklepie Demo shop")
    logged = Mail.objects.get()
    assert (logged.template, logged.language, logged.customer) == ("guest_to_customer", "pl", nana)
    assert Event.objects.get(kind="password_link").facts == {"id": nana.pk}
    chosen = {"password1": "correct horse", "password2": "correct horse"}
    assert Client().post(LINK.search(sent.body).group(1), chosen).status_code == 200
    assert check_password("correct horse", now(nana).password)


def test_the_history_reads_as_what_was_done_and_offers_no_way_back(turn, client, nana):
    """An account never becomes a guest again: that value is not put back."""
    turn(nana)
    entries = history(client.get(f"/customers/{nana.pk}/history/"))
    told = {label: value for one in entries[:1] for label, value in one.fields.items()}
    assert (entries[0].who, told["Guest"]) == ("Owner", ("Yes", "No"))
    assert set(told) >= {"Guest", "Default group", "Password link sent", "Groups"}
    entry = nana.history.earliest().history_id
    answer = client.post(f"/customers/{nana.pk}/history/{entry}/put-back/", {"field": "guest"})
    assert (answer.status_code, now(nana).guest) == (404, False)
    page = read(client.get(f"/customers/{nana.pk}/history/"))
    assert "guest" not in [one.get("value") for one in page.all("button", name="field")]


def test_afterwards_the_button_is_gone_and_they_are_no_guest_in_the_list(turn, client, nana):
    """Facts 4.14."""
    turn(nana)
    page = read(client.get(f"/customers/{nana.pk}/"))
    assert page.one("div", "title-actions").one("a").text == "Edit"
    assert [one.text for one in page.one("div", "title-line").all("span", "badge")] == []
    assert List(client.get("/customers/?account=with")).ids == [nana.pk]
    assert List(client.get("/customers/?account=without")).ids == []


class TestRefused:
    @pytest.fixture(autouse=True)
    def nothing_changed(self, nana):
        yield
        after = now(nana)
        assert (after.guest, after.version, after.groups.count()) == (True, nana.version, 2)
        assert (mail.outbox, after.password_link_at) == ([], None)

    def test_where_somebody_has_an_account_with_that_address(self, turn, question, customer, nana):
        """Facts 4.14; V13: their page is one click away."""
        holder = customer(first_name="Nina", email="NANA@shop.example")
        for page in (question(nana), read(turn(nana))):
            said = f"Nina DOE (ID {holder.pk}) already has an account with the address NANA@shop.example."
            assert refusal(page) == said
            assert page.one("div", "notice").one("a")["href"] == f"/customers/{holder.pk}/"

    def test_also_where_they_were_deleted(self, turn, customer, nana):
        """Facts 4.14, decision 4: "may not register again" holds here too."""
        holder = customer(first_name="Nina", email="nana@shop.example")
        services.hide_customer(holder, by=BY)
        assert refusal(read(turn(nana))) == (
            f"Nina DOE (ID {holder.pk}) was deleted and may not register again with the address nana@shop.example."
        )

    def test_who_may_not_see_the_deleted_learns_no_name(self, turn, customer, nana, client_of, support):
        """Decision 19, S11."""
        services.hide_customer(customer(first_name="Nina", email="nana@shop.example"), by=BY)
        page = read(turn(nana, by=client_of(support)))
        assert refusal(page) == "This address may not register again."
        assert "Nina" not in page.text

    @pytest.mark.parametrize(
        ("required", "told"),
        [
            (["newsletter"], "Newsletter"),
            (["birthday", "optin", "gender"], "Gender, Birthday, Opt-in"),
        ],
    )
    def test_where_something_is_missing_that_the_settings_require(self, turn, nana, required, told):
        """Decision 40: a required yes/no binds the creation of an account, at every door."""
        require(section_named("customers"), required, by=BY)
        assert refusal(read(turn(nana))) == (
            f"The settings of this shop require of an account: {told}. Edit Nana Lund first."
        )

    def test_the_service_itself_refuses(self, customer, nana):
        """Whatever the door."""
        customer(email="nana@shop.example")
        with pytest.raises(NotAllowed) as refused:
            services.turn_into_customer(nana, by=BY)
        assert "already has an account" in refused.value.message


def test_where_no_mail_reaches_them_the_address_comes_first(turn, customer):
    who = customer(first_name="Nana", guest=True, email="nana@shop.test")
    assert refusal(read(turn(who))) == (
        "Mail can't be delivered to nana@shop.test: correct the e-mail address first."
    )
    assert now(who).guest


def test_guests_of_one_address_become_one_account(turn, customer):
    """Decision 4: guests share an address, accounts never; the others stay guests."""
    first, second = (customer(guest=True, email="nana@shop.example") for _ in range(2))
    assert turn(first).status_code == 302
    assert "already has an account" in refusal(read(turn(second)))
    assert (now(first).guest, now(second).guest) == (False, True)


def test_once_more_does_nothing(turn, customer, client):
    """Pressed twice, or by two."""
    who = customer(guest=True)
    turn(who)
    assert refusal(read(turn(who))) == "John DOE has an account already."
    assert len(mail.outbox) == 1


def test_who_is_hidden_is_brought_back_first(turn, customer):
    """Decision 43."""
    who = customer(guest=True)
    services.hide_customer(who, by=BY)
    assert refusal(read(turn(who))) == "John DOE is deleted: bring them back before changing anything."
    assert now(who).guest


def test_the_account_stays_where_the_mail_does_not_go_out_and_that_is_said(
    turn, said, nana, monkeypatch, client
):
    """They are a customer; the link can be sent at once, no window is in the way."""

    def down(*mails):
        raise OSError("no mail server")

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    assert said(turn(nana)) == (
        "Nana Lund is a customer now, but the e-mail could not be sent: use “Reset password” later."
    )
    assert (now(nana).guest, now(nana).password_link_at) == (False, None)
    assert not Mail.objects.exists()
    monkeypatch.undo()
    client.post(f"/customers/{nana.pk}/reset-password/", {"sure": "1"})
    assert [one.to for one in mail.outbox] == [["nana@shop.example"]]

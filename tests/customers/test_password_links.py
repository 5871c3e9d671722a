"""Resetting a customer's password: a one-time link by mail, its window, and the page behind it (S0.14, S2.7, S1.22)."""

import datetime as dt
import re

import pytest
from django.contrib.auth.hashers import check_password
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from backoffice.models import Event
from backoffice.records.actors import Actor, Door
from backoffice.records.errors import NotAllowed
from backoffice.views.event_sentences import tell
from customers import services
from customers.models import Customer, Mail
from customers.services.passwords import TooSoon, send_asked_link
from tests.reading import history, read

SHOP = Actor(staff=None, door=Door.SHOP, ip="192.0.2.7")
LINK = re.compile(r"http://127\.0\.0\.1:8000(/account/password/[\w:-]+/)")
HOUR = 3600


@pytest.fixture
def ada(customer):
    return customer(
        first_name="Ada", last_name="Byron", email="ada@shop.example", language="fr", password="the old one"
    )


@pytest.fixture
def question(client):
    """`question(ada)` is the page that asks before a link is sent."""
    return lambda who: read(client.get(f"/customers/{who.pk}/reset-password/"))


@pytest.fixture
def reset(client):
    """`reset(ada)` answers that question; `sure="despite_window"` within the window."""
    return lambda who, sure="1": client.post(f"/customers/{who.pk}/reset-password/", {"sure": sure})


@pytest.fixture
def link(reset):
    """`link(ada)` sends one, and gives the path in the mail."""

    def link(who, sure="1") -> str:
        reset(who, sure)
        return LINK.search(mail.outbox[-1].body).group(1)

    return link


def now(who) -> Customer:
    return Customer.objects.get(pk=who.pk)


class TestStaffSendsIt:
    def test_the_question_says_where_to_and_in_which_language(self, question, ada):
        """S2.7: whoever cannot remember is helped by a mail; nothing is sent by looking."""
        form = question(ada).one("form", "form")
        assert form.one("p", "strong").text == "Send Ada Byron a link for choosing a new password?"
        assert [one.text for one in form.all("li")] == [
            "The e-mail goes to ada@shop.example, in French.",
            "The link works once, for 24 hours.",
            "The password stays the same until they choose a new one; then all their sessions in the shop end.",
        ]
        assert form.all("div", "notice") == []
        assert (form.one("button")["value"], form.one("button").text) == ("1", "Send the link")
        assert mail.outbox == []

    def test_it_goes_out_in_the_customers_language_and_is_written_down(self, reset, said, ada, owner, clock):
        """S2.7: reset action, e-mail sent, logged: in the log of mails, in Activity, in the history."""
        answer = reset(ada)
        assert answer["Location"] == f"/customers/{ada.pk}/"
        assert said(answer) == "Ada Byron gets an e-mail with a link for choosing a new password."
        (sent,) = mail.outbox
        assert (sent.to, sent.subject) == (
            ["ada@shop.example"],
            "Choisissez un nouveau mot de passe pour Demo shop",
        )
        assert LINK.search(sent.body)
        logged = Mail.objects.get()
        assert (logged.customer, logged.recipient, logged.template, logged.language, logged.subject) == (
            ada,
            "ada@shop.example",
            "password_reset",
            "fr",
            sent.subject,
        )
        event = Event.objects.get(kind="password_link")
        assert (event.staff, event.target, event.facts) == (owner, "customers", {"id": ada.pk})
        assert tell(event) == f"Owner sent a password link: Customers, ID {ada.pk}."
        assert now(ada).password_link_at == timezone.now()

    def test_the_history_says_who_and_when(self, reset, client, ada):
        reset(ada)
        entry = history(client.get(f"/customers/{ada.pk}/history/"))[0]
        assert (entry.who, list(entry.fields)) == ("Owner", ["Password link sent"])

    def test_the_password_stays_until_another_one_is_chosen(self, reset, ada):
        reset(ada)
        assert check_password("the old one", now(ada).password)
        assert now(ada).session_round == ada.session_round

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"active": False}, "Ada Byron may not log in: enable the account first."),
            (
                {"guest": True, "password": ""},
                "Ada Byron is a guest, without a password: turn them into a customer first.",
            ),
            (
                {"email": "ada@letters.invalid"},
                "Mail can't be delivered to ada@letters.invalid: correct the e-mail address first.",
            ),
        ],
    )
    def test_where_it_would_be_of_no_use_it_says_how_to_mend_that(
        self, question, reset, customer, fields, reason
    ):
        who = customer(first_name="Ada", last_name="Byron", **fields)
        for page in (question(who), read(reset(who))):
            assert page.one("div", "notice").one("p").text == reason
            assert page.all("button", name="sure") == []
        with pytest.raises(NotAllowed) as refused:
            services.send_password_link(who, by=Actor.command())
        assert refused.value.message == reason
        assert (mail.outbox, now(who).password_link_at) == ([], None)

    def test_to_who_is_hidden_nothing_is_sent(self, reset, client, ada):
        """Decision 43; their page does not offer it."""
        services.hide_customer(ada, by=Actor.command())
        page = read(reset(ada))
        assert page.one("div", "notice").one("p").text == (
            "Ada Byron is deleted: bring them back before changing anything."
        )
        assert "Reset password" not in read(client.get(f"/customers/{ada.pk}/")).text
        assert mail.outbox == []

    def test_a_mail_that_does_not_go_out_leaves_no_window(self, reset, said, ada, monkeypatch):
        """The customer is not made to wait for a mail that never came, and no log says that it did."""

        def down(*mails):
            raise OSError("no mail server")

        monkeypatch.setattr(EmailBackend, "send_messages", down)
        assert said(reset(ada)) == "The e-mail could not be sent. Nothing was changed; try again later."
        assert now(ada).password_link_at is None
        assert not Mail.objects.exists()
        assert not Event.objects.filter(kind="password_link").exists()


class TestTheWindow:
    """S0.14, S1.22: how often; 360 minutes where the shop has chosen nothing else (S0.15)."""

    def test_staff_are_told_and_refused_until_they_say_that_they_know(self, question, reset, ada, clock):
        reset(ada)
        first = now(ada).password_link_at
        clock(5 * 60)
        form = question(ada).one("form", "form")
        told = form.one("div", "notice").one("p").text
        assert told.startswith("The last link was sent on ")
        assert "The options of this shop allow the next one at " in told
        assert (form.one("button")["value"], form.one("button").text) == ("despite_window", "Send anyway")
        asked_again = read(reset(ada))  # the question of a page that was opened before
        assert asked_again.one("button", name="sure").text == "Send anyway"
        assert (len(mail.outbox), now(ada).password_link_at) == (1, first)
        assert reset(ada, "despite_window").status_code == 302
        assert (len(mail.outbox), now(ada).password_link_at) == (2, timezone.now())

    def test_the_service_refuses_within_it_and_says_until_when(self, ada, clock):
        """S0.14: the second request inside the window is refused."""
        services.send_password_link(ada, by=Actor.command())
        clock(5 * 60)
        with pytest.raises(TooSoon) as refused:
            services.send_password_link(ada, by=Actor.command())
        assert refused.value.seconds == 355 * 60
        clock(355 * 60 - 1)
        with pytest.raises(TooSoon):
            services.send_password_link(ada, by=Actor.command())
        clock(1)
        services.send_password_link(ada, by=Actor.command())
        assert len(mail.outbox) == 2

    def test_who_is_new_may_have_one_at_once_and_without_a_window_everybody(self, customer, options):
        """Facts 1.1; 0 minutes are no window."""
        options(password_minutes=0)
        who = customer()
        services.send_password_link(who, by=Actor.command())
        services.send_password_link(who, by=Actor.command())
        assert len(mail.outbox) == 2

    def test_after_it_the_question_only_says_when_the_last_one_was_sent(self, question, reset, ada, clock):
        reset(ada)
        clock(6 * HOUR)
        form = question(ada).one("form", "form")
        assert form.one("button").text == "Send the link"
        assert form.all("li")[-1].text.startswith("The last link was sent on ")
        assert form.all("div", "notice") == []


class TestTheCustomerAsks:
    """What the shop's own page asks for: `ask_for_link`."""

    @pytest.fixture
    def asked(self, monkeypatch):
        """The arguments of what is given to the worker."""
        asked = []
        monkeypatch.setattr(type(send_asked_link), "enqueue", lambda self, *args: asked.append(args))
        return asked

    def test_the_answer_is_the_same_for_an_address_nobody_has(self, ada, customer, asked, clock):
        """G13: who has an account cannot be found out; both give the worker something to do, without an address."""
        customer(email="off@shop.example", active=False)
        for email in ("ADA@shop.example", "nobody@shop.example", "off@shop.example"):
            assert services.ask_for_link(email, by=SHOP) is None
            clock(60)
            with pytest.raises(TooSoon) as refused:
                services.ask_for_link(email.lower(), by=SHOP)
            assert refused.value.seconds == 359 * 60
        assert asked == [(ada.pk, "192.0.2.7"), (0, "192.0.2.7"), (0, "192.0.2.7")]
        clock(6 * HOUR)
        services.ask_for_link("nobody@shop.example", by=SHOP)

    def test_it_asks_the_database_as_often_for_both(self, ada, django_assert_num_queries, asked):
        """G13: the same time."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        numbers = set()
        for email in ("ada@shop.example", "nobody@shop.example"):
            with CaptureQueriesContext(connection) as queries:
                services.ask_for_link(email, by=SHOP)
            numbers.add(len(queries))
        assert len(numbers) == 1

    def test_the_worker_sends_it_and_nobody_of_the_staff_did(self, ada, clock):
        send_asked_link.call(ada.pk, "192.0.2.7")
        assert [one.to for one in mail.outbox] == [["ada@shop.example"]]
        assert not Event.objects.exists()
        row = now(ada).history.first()
        assert (row.history_user, row.door, row.ip) == (None, "shop", "192.0.2.7")

    def test_within_the_window_of_what_staff_sent_nothing_goes_out_and_nobody_is_told(self, ada, reset):
        reset(ada)
        send_asked_link.call(ada.pk, None)
        send_asked_link.call(0, None)
        assert len(mail.outbox) == 1


class TestLanguages:
    @pytest.mark.parametrize(
        ("language", "subject", "opening"),
        [
            (
                "en",
                "Choose a new password for Demo shop",
                "With this link you can choose a new password for your account at Demo shop:",
            ),
            (
                "fr",
                "Choisissez un nouveau mot de passe pour Demo shop",
                "Ce lien vous permet de choisir un nouveau mot de passe pour votre compte"
                " chez Demo shop\N{NO-BREAK SPACE}:",
            ),
            (
                "pl",
                "Ustaw nowe hasło w sklepie Demo shop",
                "Ten link pozwala ustawić nowe hasło do Twojego konta w sklepie Demo shop:",
            ),
            (
                "ro",
                "Alegeți o parolă nouă pentru Demo shop",
                "Cu acest link puteți alege o parolă nouă pentru contul dvs. la Demo shop:",
            ),
        ],
    )
    def test_the_mail_is_in_their_language_whatever_that_of_staff(
        self, reset, customer, language, subject, opening, owner
    ):
        """Facts 4.14, S2.7."""
        owner.language = "pl"
        owner.save()
        reset(customer(language=language))
        (sent,) = mail.outbox
        assert (sent.subject, sent.body.split("\n\n")[1]) == (subject, opening)


def test_a_link_is_a_day_by_default(settings):
    assert services.links.lasts() == dt.timedelta(days=1)

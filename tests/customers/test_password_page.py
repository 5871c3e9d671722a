"""The page behind a customer's link: open, guarded, good once, and secret (decision 31, G26)."""

import pytest
from django.contrib.auth.hashers import check_password
from django.core import mail
from django.test import Client
from django.utils import timezone

from backoffice.models import Event
from backoffice.records.actors import Actor
from customers import services
from customers.models import Customer, Mail
from tests.customers.test_password_links import HOUR, ada, link, now, reset
from tests.reading import faults, history, read

__all__ = ["ada", "link", "reset"]


@pytest.fixture
def choose(client):
    """`choose(path, "correct horse")` is what the customer's browser does; `again` is the second typing."""

    def choose(path, password="correct horse", again=None):
        return Client().post(path, {"password1": password, "password2": password if again is None else again})

    return choose


def words(page) -> str:
    return page.one("h1").text


class TestThePageBehindIt:
    def test_it_is_open_in_the_customers_language_and_guarded(self, link, ada, customer):
        """Decision 31: nobody signs in; no cache, no search engine and no other page learns of it."""
        answer = Client().get(link(ada))
        assert answer.status_code == 200
        page = read(answer)
        assert (page.one("html")["lang"], words(page)) == ("fr", "Choisir un mot de passe")
        assert answer["Content-Language"] == "fr"
        assert answer["Referrer-Policy"] == "strict-origin"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in answer["Cache-Control"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert [one["href"] for one in page.all("a")] == []

    def test_what_was_chosen_counts_at_once_and_ends_what_was_before(self, link, choose, ada, clock):
        """One-time: the same link opens nothing afterwards; whoever was signed in is so no more."""
        path = link(ada)
        before = now(ada)
        answer = choose(path)
        assert answer.status_code == 200
        assert words(read(answer)) == "Votre mot de passe est enregistré"
        after = now(ada)
        assert check_password("correct horse", after.password)
        assert after.password_changed_at == timezone.now()
        assert not after.keeps_signed_in(before.session_round)
        assert after.keeps_signed_in(after.session_round)
        assert choose(path, "another horse").status_code == 404
        assert check_password("correct horse", now(ada).password)

    def test_the_history_tells_it_as_the_shops_own(self, link, choose, client, ada):
        """Nobody of the staff did it, and none of them is named, whoever is signed in in that browser."""
        path = link(ada)
        client.post(path, {"password1": "correct horse", "password2": "correct horse"})
        entry = history(client.get(f"/customers/{ada.pk}/history/"))[0]
        assert (entry.who, list(entry.fields)) == ("Shop", ["Password changed"])
        assert not Event.objects.filter(kind="password_set").exists()

    def test_looking_at_it_uses_nothing_up(self, link, choose, ada):
        """Mail programs and virus scanners open every link."""
        path = link(ada)
        for _ in range(3):
            assert Client().get(path).status_code == 200
        assert Client().head(path).status_code == 200
        assert choose(path).status_code == 200

    @pytest.mark.parametrize(
        ("typed", "again", "told"),
        [
            ("four", "four", {"password1": ["Au moins 7 caractères, merci."]}),
            ("x" * 129, "x" * 129, {"password1": ["128 caractères au maximum, il y en a 129."]}),
            ("correct horse", "other horse", {"password2": ["Tapez deux fois le même mot de passe."]}),
            (
                "four",
                "five",
                {
                    "password1": ["Au moins 7 caractères, merci."],
                    "password2": ["Tapez deux fois le même mot de passe."],
                },
            ),
        ],
    )
    def test_the_rules_of_the_options_are_told_at_the_field(
        self, link, choose, ada, options, typed, again, told
    ):
        """Decision 6; the link is still good."""
        options(password_min_length=7)
        path = link(ada)
        answer = choose(path, typed, again)
        assert answer.status_code == 200
        assert set(faults(answer)) == set(told)
        assert now(ada).password == ada.password
        assert choose(path).status_code == 200

    def test_a_link_ends_with_what_it_was_made_of(self, link, ada, customer, clock, tmp_path):
        """Used, too old, another one sent, address or password changed, disabled, hidden, made up: one answer."""
        by = Actor.command()

        def disabled_and_enabled(who):
            services.switch(who, "active", False, by=by)
            services.switch(who, "active", True, by=by)

        def hidden_and_back(who):
            services.hide_customer(who, by=by)
            services.bring_back(who, by=by)

        endings = {
            "another one": lambda who: services.send_password_link(who, by=by, despite_window=True),
            "another address": lambda who: services.edit_customer(who, {"email": "new@shop.example"}, by=by),
            "another password": lambda who: services.edit_customer(who, {"password": "12345"}, by=by),
            "disabled": lambda who: services.switch(who, "active", False, by=by),
            "disabled for a while": disabled_and_enabled,
            "hidden": lambda who: services.hide_customer(who, by=by),
            "hidden for a while": hidden_and_back,
            "removed": lambda who: services.remove_customer(who, by=by),
            "too old": lambda who: clock(24 * HOUR + 1),  # the last: staff are signed out meanwhile
        }
        answers = {}
        for name, end in endings.items():
            path = link(customer())
            clock(1)
            end(Customer.objects.latest("pk"))
            answers[name] = Client().get(path)
        for name, token in (("made up", "abc"), ("cut", path[18:-9]), ("of other words", "W10:1sT:abc")):
            answers[name] = Client().get(f"/account/password/{token}/")
        pages = {
            name: (answer.status_code, read(answer).one("main").text) for name, answer in answers.items()
        }
        assert set(pages.values()) == {
            (
                404,
                "Demo shop This link no longer works It was used already, or it is too old."
                " Ask the shop for a new one.",
            )
        }

    def test_it_lasts_to_the_last_second(self, link, ada, clock):
        path = link(ada)
        clock(24 * HOUR - 1)
        assert Client().get(path).status_code == 200

    def test_a_link_that_dies_while_the_form_is_open_sets_nothing(self, link, choose, ada):
        path = link(ada)
        services.hide_customer(ada, by=Actor.command())
        assert choose(path).status_code == 404
        assert now(ada).password == ada.password

    def test_who_tries_too_often_is_told_to_wait(self, link, ada, settings):
        """As the reset of staff: counted by address (decision 47)."""
        settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "password_link": "3/10m/ip"}
        path = link(ada)
        codes = [Client(REMOTE_ADDR="203.0.113.9").get(path).status_code for _ in range(4)]
        assert codes == [200, 200, 200, 429]
        assert Client(REMOTE_ADDR="203.0.113.10").get(path).status_code == 200

    def test_it_leads_where_the_shop_says_and_never_where_a_request_says(self, reset, ada, client, settings):
        """A made-up host of a request never reaches a mail."""
        settings.PUBLIC_URL = "https://office.shop.example"
        client.post(f"/customers/{ada.pk}/reset-password/", {"sure": "1"}, headers={"host": "localhost"})
        assert "https://office.shop.example/account/password/" in mail.outbox[0].body
        assert "localhost" not in mail.outbox[0].body


def test_nothing_but_the_mail_holds_the_link(reset, link, choose, client, ada, caplog, capsys):
    """G26: not the log of mails, the history, the activity, a page, an export, nor the log of the application."""
    path = link(ada)
    token = path.split("/")[-2]
    choose(path)
    shown = [
        client.get(address).content.decode()
        for address in (
            *(f"/customers/{ada.pk}/", f"/customers/{ada.pk}/history/", f"/customers/{ada.pk}/edit/"),
            *("/mails/", f"/mails/{Mail.objects.get().pk}/", "/activity/", "/customers/"),
        )
    ]
    shown.append(b"".join(client.get("/customers/export/").streaming_content).decode())
    shown += [str(list(model.objects.values())) for model in (Mail, Event, Customer.history.model)]
    shown += [caplog.text, *capsys.readouterr()]
    parts = (token, token.split(":")[0], token.split(":")[-1], now(ada).password, ada.password, "md5$")
    assert [part for part in parts if any(part in text for text in shown)] == []

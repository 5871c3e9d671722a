"""The ledger of consents: a line for each switch, at every door, never changed; its last line is the flag (point 8)."""

from functools import partial
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.lists import edits
from backoffice.records.actors import Actor, Door
from backoffice.sections import Choice, section_named
from customers import services
from customers.importing.importer import CustomerImport
from customers.models import Consent, Customer
from customers.services.switches import flagging
from tests.reading import read

BY = Actor.command()
BULK_ON, BULK_OFF = flagging("newsletter", True), flagging("newsletter", False)


def now(customer) -> Customer:
    return Customer.objects.get(pk=customer.pk)


def lines(customer, kind="newsletter") -> list[tuple[bool, bool, str]]:
    """From, to and ground of each line, the first one first."""
    found = Consent.objects.filter(customer=customer.pk, kind=kind).order_by("pk")
    return list(found.values_list("was", "given", "ground"))


@pytest.fixture
def change(client, typed):
    """`change(john, newsletter="on")` opens the form, types these fields and saves."""

    def change(customer, **fields):
        address = f"/customers/{customer.pk}/edit/"
        return client.post(address, typed(address, **fields))

    return change


class TestTheFormAsksForTheGround:
    """S4.14, S4.15: switching on asks what the consent rests on."""

    def test_beside_each_consent_that_is_not_given(self, client, customer):
        page = read(client.get(f"/customers/{customer(newsletter=True).pk}/edit/")).one("form", "form")
        grounds = [one for one in page.all("input") if one.get("name").endswith("_ground")]
        assert [one["name"] for one in grounds] == ["partner_offers_ground"]
        usual = page.one("datalist", id=grounds[0]["list"])
        assert [one["value"] for one in usual.all("option")] == [
            *("In writing", "By phone", "In the shop", "On the website", "By e-mail"),
        ]

    def test_and_writes_it_down_who_when_and_from_where(self, change, customer, owner):
        made = customer()
        change(made, newsletter="on", newsletter_ground="Signed form of 3 May")
        line = Consent.objects.get()
        assert (line.kind, line.was, line.given, line.ground) == (
            *("newsletter", False, True),
            "Signed form of 3 May",
        )
        assert (line.staff, line.door, line.ip, now(made).newsletter) == (owner, "page", "127.0.0.1", True)

    def test_of_a_new_customer_too(self, client, new):
        said = {"newsletter_ground": "In writing", "partner_offers_ground": "Ticked at the till"}
        client.post("/customers/add/", new(newsletter="on", partner_offers="on", **said))
        made = Customer.objects.get()
        assert lines(made) == [(False, True, "in writing")]
        assert lines(made, "partner_offers") == [(False, True, "Ticked at the till")]

    def test_nobody_has_to_say_it(self, change, customer):
        """Decision 9."""
        made = customer()
        change(made, newsletter="on")
        assert lines(made) == [(False, True, "not stated")]

    def test_one_that_is_said_of_a_consent_taken_back_is_kept(self, change, customer):
        """Nobody is asked for it; it went into the ledger as “not stated”."""
        made = customer(newsletter=True)
        change(made, newsletter=None, newsletter_ground="Letter of 3 May")
        assert lines(made)[-1] == (True, False, "Letter of 3 May")

    def test_a_ground_without_a_consent_says_nothing(self, change, customer):
        made = customer()
        change(made, phone="3", newsletter_ground="By phone")
        assert Consent.objects.count() == 0
        assert now(made).phone == "3"

    @pytest.mark.parametrize(("language", "word"), [("fr", "Par téléphone"), ("pl", "Telefonicznie")])
    def test_a_usual_ground_is_stored_by_its_own_word_and_read_in_any_language(
        self, change, client, customer, owner, language, word
    ):
        made = customer()
        owner.language = language
        owner.save()
        change(made, newsletter="on", newsletter_ground=word)
        assert lines(made) == [(False, True, "by phone")]
        panel = read(client.get(f"/customers/{made.pk}/")).one("section", id="consents")
        assert word in panel.text

    def test_one_that_is_too_long_is_told_and_nothing_is_saved(self, change, customer):
        made = customer()
        answer = change(made, newsletter="on", newsletter_ground="x" * 256)
        assert list(answer.context["form"].errors) == ["newsletter_ground"]
        assert not now(made).newsletter

    def test_a_conflict_keeps_it_and_does_not_ask_about_it(self, client, typed, customer):
        made = customer()
        address = f"/customers/{made.pk}/edit/"
        mine = typed(address, newsletter="on", newsletter_ground="By phone")
        services.edit_customer(made, {"phone": "3"}, by=BY)
        answer = client.post(address, mine)
        assert answer.status_code == 409
        assert [one["name"] for one in answer.context["fields"]] == ["newsletter", "phone"]
        kept = dict(answer.context["kept"])
        sent = {**kept, "version": answer.context["version"], "use_phone": "theirs"}
        client.post(address, {**sent, "use_newsletter": "yours"})
        assert lines(made) == [(False, True, "by phone")]
        assert now(made).phone == "3"


class TestEveryDoor:
    """Decisions 9 and 42: each switch is a line, and says on what ground."""

    def test_a_bulk_change_rests_on_what_was_chosen(self, do, customer):
        made = customer()
        do("newsletter_on", [made], choice="in the shop")
        assert lines(made) == [(False, True, "in the shop")]

    @pytest.mark.parametrize("choice", ["", "carved in stone", "put back"])
    def test_a_bulk_change_without_a_ground_is_refused(self, do, said, customer, choice):
        made = customer()
        assert said(do("newsletter_on", [made], choice=choice)) == "Choose one of the list, please."
        assert not now(made).newsletter

    def test_undo_says_that_it_was_put_back(self, client, do, customer):
        made = customer(newsletter=True)
        client.post(
            read(client.get(do("newsletter_off", [made])["Location"]))
            .one("div", "toast")
            .one("form")["action"]
        )
        assert lines(made)[1:] == [(True, False, "not stated"), (False, True, "put back")]

    def test_so_does_putting_a_value_of_history_back(self, client, change, customer):
        made = customer(newsletter=True)
        change(made, newsletter=None)
        entry = made.history.last().pk
        client.post(f"/customers/{made.pk}/history/{entry}/put-back/", {"field": "newsletter"})
        assert lines(made)[1:] == [(True, False, "not stated"), (False, True, "put back")]

    def test_and_undoing_what_a_form_changed(self, client, change, customer):
        made = customer(newsletter=True)
        answer = change(made, newsletter=None)
        toast = read(client.get(answer["Location"])).one("div", "toast")
        client.post(toast.one("form")["action"])
        assert lines(made)[1:] == [(True, False, "not stated"), (False, True, "put back")]

    def test_an_import_rests_on_its_file_or_on_what_a_row_says(self, shop, written):
        head = "E-mail;Last name;First name;Newsletter;Source of consent"
        rows = ("ada@shop.example;Byron;Ada;1;", "bo@shop.example;Bo;Bo;1;By phone")
        text = "\n".join((head, *rows))
        work = CustomerImport(written(text))
        assert work.notices == []
        work.run(by=Actor(None, Door.IMPORT), tell=lambda fault: None)
        ada, bo = Customer.objects.order_by("email")
        assert (lines(ada), lines(bo)) == (
            [(False, True, "import of shop.csv")],
            [(False, True, "by phone")],
        )

    def test_a_service_of_another_door_states_its_own(self, customer):
        made = customer()
        shop = Actor(None, Door.SHOP, "203.0.113.7")
        services.switch(made, "partner_offers", True, by=shop, ground="on the website")
        line = Consent.objects.get()
        assert (line.ground, line.door, line.ip) == ("on the website", "shop", "203.0.113.7")


class TestOnTheFile:
    def test_who_may_is_asked_for_a_ground_that_is_missing(self, client, client_of, viewer, customer):
        made = customer(newsletter=True)
        for browser, asked in ((client, True), (client_of(viewer), False)):
            panel = read(browser.get(f"/customers/{made.pk}/")).one("section", id="consents")
            links = [one["href"] for one in panel.all("a")]
            assert links == ([f"/customers/{made.pk}/consents/newsletter/"] if asked else [])

    def test_an_import_names_its_file(self, client, customer):
        made = customer()
        services.edit_customer(
            made,
            {"newsletter": True},
            by=Actor(None, Door.IMPORT),
            grounds={"newsletter": services.file_ground("people.csv")},
        )
        panel = read(client.get(f"/customers/{made.pk}/")).one("section", id="consents")
        (row,) = panel.one("tbody").all("tr")
        cells = [cell.text for cell in row.children]
        assert cells[:3] == ["Newsletter", "✕ → ✓", "Import of people.csv"]
        assert cells[3].endswith(" Import")

    def test_all_lines_are_a_click_away(self, client, customer):
        made = customer()
        for place in range(7):
            services.switch(made, "newsletter", place % 2 == 0, by=BY)
        panel = read(client.get(f"/customers/{made.pk}/")).one("section", id="consents")
        assert len(panel.one("tbody").all("tr")) == 6
        address = f"/customers/{made.pk}/explained/consents/"
        assert [one["href"] for one in panel.all("a")][-1] == address
        assert len(read(client.get(address)).one("main").one("tbody").all("tr")) == 7


class TestNoLineIsEverChanged:
    @pytest.fixture
    def line(self, customer):
        customer(newsletter=True)
        return Consent.objects.get()

    def test_by_the_model(self, line):
        line.ground = "In writing"
        for change in (line.save, line.delete, Consent.objects.all().delete):
            with pytest.raises(TypeError):
                change()
        with pytest.raises(TypeError):
            Consent.objects.update(given=False)
        assert lines(line.customer) == [(False, True, "not stated")]

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("kind", "partner_offers"),
            ("was", True),
            ("given", False),
            ("at", "2020-01-01 00:00:00+00:00"),
            ("ground", "In writing"),
            ("staff_id", None),
            ("door", "shop"),
            ("ip", "203.0.113.7"),
        ],
    )
    def test_nor_by_the_database(self, line, column, value):
        before = Consent.objects.values().get()
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE customers_consent SET {column} = %s", [value])
        assert Consent.objects.values().get() == before

    def test_they_may_become_somebody_elses(self, line, customer):
        """Of two people joined into one."""
        other = customer()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE customers_consent SET customer_id = %s", [other.pk])
        assert lines(other) == [(False, True, "not stated")]

    def test_they_go_with_their_customer(self, line):
        services.remove_customer(line.customer, by=BY)
        assert Consent.objects.count() == 0


class TestTheLastLineIsTheFlag:
    def test_a_flag_without_its_line_is_told_and_the_ledger_is_mended(self, customer, recounted):
        """Nobody is subscribed by counting, and nobody unsubscribed."""
        ada, bo = customer(), customer(newsletter=True)
        Customer.objects.filter(pk=ada.pk).update(newsletter=True)
        Customer.objects.filter(pk=bo.pk).update(newsletter=False)
        told = [
            f"customers.Consent {ada.pk}: newsletter is False, counted True",
            f"customers.Consent {bo.pk}: newsletter is True, counted False",
        ]
        assert (recounted(mend=False), recounted(mend=True), recounted(mend=False)) == (told, told, [])
        assert lines(ada) == [(False, True, "not stated")]
        assert lines(bo) == [(False, True, "not stated"), (True, False, "not stated")]
        assert (now(ada).newsletter, now(bo).newsletter) == (True, False)

    def test_older_flags_got_their_first_line(self, customer):
        """A flag that was set before there were lines."""
        ada, bo, cy = customer(), customer(newsletter=True), customer()
        Customer.objects.filter(pk=ada.pk).update(newsletter=True, partner_offers=True)
        Customer.objects.filter(pk=bo.pk).update(newsletter=False)
        migration = import_module("customers.migrations.0016_consent_ledger")
        migration.add_first_lines(None, SimpleNamespace(connection=connection))
        for kind in ("newsletter", "partner_offers"):
            assert lines(ada, kind) == [(False, True, "not stated")]
        assert Consent.objects.filter(customer=ada.pk).first().at == ada.registered_at
        assert lines(bo)[1:] == [(True, False, "not stated")]
        assert lines(cy) == []

    @pytest.mark.parametrize("file", ["E-mail;Last name;First name;Newsletter;Opt-in"])
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_after_whatever_was_done_at_whichever_door(self, customer, written, recounted, file, data):
        """Each line begins where the one before ended, and the last one is the flag."""
        with transaction.atomic():
            made = customer()
            for _step in range(data.draw(st.integers(1, 8))):
                _one_act(data, made, file, written)
                for kind in services.PUT_BACK:
                    _follow_on(made, kind)
            assert recounted(mend=False) == []
            transaction.set_rollback(True)


def _follow_on(customer, kind: str) -> None:
    state = False
    for was, given_then, _ground in lines(customer, kind):
        assert was is state
        state = given_then
    assert getattr(now(customer), kind) is state


def _one_act(data, customer, file: str, written) -> None:
    """Something that somebody does to the consents of this customer, by one of the doors."""
    on, offers = data.draw(st.booleans()), data.draw(st.booleans())
    people, made = Customer.objects.filter(pk=customer.pk), now(customer)
    section, values = section_named("customers"), {"newsletter": on, "partner_offers": offers}

    def take_in() -> None:
        row = f"{made.email};{made.last_name};{made.first_name};{int(on)};{int(offers)}"
        work = CustomerImport(written(f"{file}\n{row}"))
        work.run(by=Actor(None, Door.IMPORT), tell=lambda fault: pytest.fail(str(fault)))

    def hide_and_bring_back() -> None:
        services.hide_customer(made, by=BY)
        services.set_flag(people, "newsletter", on, by=BY)
        services.bring_back(made, by=BY)

    acts = {
        "switch": partial(services.switch, made, data.draw(st.sampled_from([*values])), on, by=BY),
        "turn over": partial(services.switch, made, "newsletter", None, by=BY),
        "edit": partial(services.edit_customer, made, values, by=BY, grounds={"newsletter": "by phone"}),
        "form": partial(edits.save, section, made, values, by=BY),
        "put back": partial(edits.save, section, made, values, by=BY, service=section.editing.put_back),
        "bulk on": partial(BULK_ON, people, by=BY, choice=Choice("in writing")),
        "bulk off": partial(BULK_OFF, people, by=BY),
        "state": partial(services.state_ground, made, "newsletter", "Letter", by=BY),
        "import": take_in,
        "hide": hide_and_bring_back,
    }
    acts[data.draw(st.sampled_from([*acts]))]()

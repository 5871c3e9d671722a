"""Hidden customers are read-only at every door until they are brought back; the service says so (D9, decision 43)."""

import pytest

from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.sections import Choice
from customers import services
from customers.models import Consent, Customer, Membership, Tagging
from groups.services import delete_group
from tests.reading import faults, read

BY = Actor.command()
SENTENCE = "John DOE is deleted: bring them back before changing anything."
FLAGS = ("active", "newsletter", "partner_offers")


@pytest.fixture
def wholesale(group):
    return group("Wholesale")


@pytest.fixture
def problem(tag):
    return tag("PROBLEM")


@pytest.fixture
def john(customer, default_group, wholesale, problem):
    """Hidden, in two groups, with a tag and a note."""
    made = customer(groups=[default_group, wholesale], tags=[problem], note="Old")
    services.edit_customer(made, {"phone": "1"}, by=BY)
    services.edit_customer(made, {"phone": "2"}, by=BY)
    services.hide_customer(made, by=BY)
    return Customer.objects.get(pk=made.pk)


@pytest.fixture
def untouched(john, counted_right):
    """`untouched()` fails where anything of John was written since he was hidden."""

    def state() -> dict:
        return {
            "row": Customer.objects.filter(pk=john.pk).values().get(),
            "history": john.history.count(),
            "consents": list(Consent.objects.filter(customer=john).values_list("pk", "ground")),
            "groups": set(john.memberships.values_list("pk", "group")),
            "tags": set(john.taggings.values_list("pk", "tag")),
            "moves": [pairs.history.filter(customer_id=john.pk).count() for pairs in (Membership, Tagging)],
        }

    before = state()

    def untouched() -> None:
        assert state() == before
        counted_right()

    return untouched


@pytest.fixture
def toast(client):
    """The words on top of the page that an answer leads to, and that page's address."""

    def toast(answer) -> tuple[str, str]:
        page = read(client.get(answer["Location"]))
        return page.one("div", "toast").one("p").text, answer["Location"]

    return toast


class TestServices:
    """One verb at a time refuses; what is done to many leaves the hidden out."""

    @pytest.mark.parametrize(
        "verb",
        [
            lambda john: services.edit_customer(john, {"first_name": "Jack"}, by=BY),
            lambda john: services.edit_customer(john, {"first_name": "Jack"}, by=BY, version=0),
            lambda john: services.save_customer(john, {"groups": john.groups.all()[:1]}, by=BY),
            lambda john: services.switch(john, "newsletter", True, by=BY),
            lambda john: services.switch(john, "active", None, by=BY),
            lambda john: services.write_note(john, "New", by=BY),
            lambda john: services.write_note(john, "New", by=BY, was="of another note"),
            lambda john: services.state_ground(john, "newsletter", "asked by phone", by=BY),
        ],
    )
    def test_a_verb_on_a_hidden_customer_is_refused_in_words(self, john, untouched, verb):
        """The sentence comes before the question who of two is right."""
        with pytest.raises(NotAllowed) as refusal:
            verb(john)
        assert refusal.value.message == SENTENCE
        untouched()

    @pytest.mark.parametrize(
        "verb",
        [
            lambda rows, group, tag, ids: services.set_flag(rows, "newsletter", True, by=BY),
            lambda rows, group, tag, ids: services.set_flag(rows, "active", False, by=BY),
            lambda rows, group, tag, ids: services.add_to_group(rows, by=BY, choice=Choice(group)),
            lambda rows, group, tag, ids: services.back_in_group(
                rows, by=BY, choice=Choice(group, remembered=ids)
            ),
            lambda rows, group, tag, ids: services.tag(rows, by=BY, choice=Choice(tag)),
        ],
    )
    def test_what_is_done_to_many_leaves_the_hidden_out(self, john, customer, group, tag, untouched, verb):
        other = customer()
        ids = [john.pk, other.pk]
        rows = Customer.objects.filter(pk__in=ids)
        assert verb(rows, str(group("Loyalty").pk), str(tag("VIP").pk), ids) == [other.pk]
        assert Customer.objects.get(pk=other.pk).version > other.version
        untouched()

    def test_nobody_hidden_is_taken_out_of_a_group_or_loses_a_tag(
        self, john, customer, default_group, wholesale, problem, untouched
    ):
        other = customer(groups=[default_group, wholesale], tags=[problem])
        rows = Customer.objects.filter(pk__in=[john.pk, other.pk])
        assert services.whose_default_it_is(rows, Choice(str(default_group.pk))) == [other.pk]
        assert services.remove_from_group(rows, by=BY, choice=Choice(str(default_group.pk))) == [other.pk]
        assert services.untag(rows, by=BY, choice=Choice(str(problem.pk))) == [other.pk]
        untouched()

    def test_what_they_were_in_may_go_all_the_same(
        self, john, customer, group, title, wholesale, problem, mr, counted_right
    ):
        """Facts 7.7, 1.7: a group, tag or title is deleted for everybody, and the history of the hidden says so."""
        going, doctor = group("Going"), title("Dr")
        alone = customer(groups=[going], title=doctor)
        services.hide_customer(alone, by=BY)
        delete_group(wholesale, by=BY)
        delete_group(going, by=BY)
        services.delete_tag(problem, by=BY)
        services.delete_title(doctor, by=BY)
        assert [one.name for one in john.groups.all()] == ["Default"]
        after = Customer.objects.get(pk=alone.pk)
        assert (after.default_group.name, after.title) == ("Default", None)
        assert alone.history.latest().title_id is None
        assert Tagging.history.filter(customer_id=john.pk, history_type="-").count() == 1
        assert Membership.history.filter(customer_id=alone.pk).count() == 3
        counted_right()

    def test_who_is_brought_back_can_be_changed_again(self, john, counted_right):
        services.bring_back(john, by=BY)
        services.switch(john, "newsletter", True, by=BY)
        services.write_note(john, "New", by=BY)
        after = Customer.objects.get(pk=john.pk)
        assert (after.newsletter, after.note) == (True, "New")
        counted_right()


class TestPages:
    """Every page says the sentence, and keeps what was typed."""

    def test_the_form_opened_by_address_leads_to_the_file_with_the_sentence(
        self, client, john, toast, untouched
    ):
        assert toast(client.get(f"/customers/{john.pk}/edit/")) == (SENTENCE, f"/customers/{john.pk}/")
        untouched()

    def test_a_form_that_was_open_before_is_shown_again_with_all_that_was_typed(
        self, client, customer, typed
    ):
        """Design: nothing typed is lost; what a colleague hid meanwhile is told."""
        made = customer(first_name="John")
        address = f"/customers/{made.pk}/edit/"
        mine = typed(address, first_name="Jack", note="Mine")
        services.hide_customer(made, by=BY)
        version = Customer.objects.get(pk=made.pk).version
        answer = client.post(address, mine)
        assert answer.status_code == 200
        assert faults(answer) == {"__all__": [SENTENCE]}
        page = read(answer)
        assert page.one("input", name="first_name")["value"] == "Jack"
        assert page.one("textarea", name="note").text == "Mine"
        after = Customer.objects.get(pk=made.pk)
        assert (after.first_name, after.version) == ("John", version)

    @pytest.mark.parametrize("field", FLAGS)
    @pytest.mark.parametrize("value", ["true", "false", ""])
    def test_a_switch_is_refused_with_409_and_the_sentence(self, client, john, untouched, field, value):
        """The page's script shows the message of the answer."""
        answer = client.post(
            f"/customers/{john.pk}/toggle/{field}/",
            {"value": value},
            headers={"accept": "application/json"},
        )
        assert (answer.status_code, answer.json()) == (409, {"message": SENTENCE})
        untouched()

    def test_without_scripts_a_switch_leads_back_with_the_sentence(self, client, john, toast, untouched):
        answer = client.post(
            f"/customers/{john.pk}/toggle/newsletter/",
            {"value": "true"},
            headers={"referer": f"http://testserver/customers/{john.pk}/"},
        )
        assert toast(answer) == (SENTENCE, f"/customers/{john.pk}/")
        untouched()

    def test_a_note_is_not_saved_and_stands_in_the_form_that_comes_back(self, client, john, untouched):
        answer = client.post(f"/customers/{john.pk}/note/", {"note": "Rings twice"})
        page = read(answer)
        assert page.one("div", "toast").one("p").text == SENTENCE
        assert page.one("textarea", name="note").text == "Rings twice"
        untouched()

    def test_the_ground_of_a_consent_is_neither_asked_nor_noted(self, client, john, toast, untouched):
        address = f"/customers/{john.pk}/consents/newsletter/"
        assert toast(client.get(address)) == (SENTENCE, f"/customers/{john.pk}/")
        answer = client.post(address, {"ground": "asked by phone"})
        assert faults(answer) == {"__all__": [SENTENCE]}
        assert read(answer).one("input", name="ground")["value"] == "asked by phone"
        untouched()

    def test_an_old_value_is_not_put_back_nor_is_there_a_button_for_it(self, client, john, toast, untouched):
        history = f"/customers/{john.pk}/history/"
        assert "put-back" not in client.get(history).content.decode()
        entry = john.history.earliest().history_id
        answer = client.post(f"{history}{entry}/put-back/", {"field": "phone"})
        assert toast(answer) == (SENTENCE, history)
        untouched()

    def test_the_file_has_no_form_for_the_note_and_no_switch(self, client, john):
        page = read(client.get(f"/customers/{john.pk}/"))
        assert page.all("textarea", name="note") == []
        assert [one for one in page.all("button", "switch") if one.has("formaction")] == []
        assert "Old" in page.text

    def test_the_list_of_the_deleted_offers_nothing_but_to_bring_back_and_to_delete(self, client, john):
        bar = read(client.get("/customers/?deleted=only")).one("div", "selection-bar")
        actions = {
            one["formaction"].split("?")[0].split("/")[-2]
            for one in bar.all("button")
            if "/actions/" in one.get("formaction")
        }
        assert actions == {"bring_back", "delete"}

    def test_an_action_sent_all_the_same_changes_nobody_and_has_nothing_to_undo(
        self, client, john, untouched
    ):
        answer = client.post(
            "/customers/actions/newsletter_on/?deleted=only",
            {"selected": john.pk, "choice": "by phone"},
            follow=True,
        )
        page = read(answer)
        assert page.one("div", "toast").one("p").text.startswith("Nothing was changed.")
        assert [form for form in page.all("form") if "/undo/" in form.get("action", "")] == []
        untouched()

"""Two people edit the same customer: the second sees both versions and chooses, nothing is lost silently."""

import pytest
from django.contrib.auth.hashers import check_password

from backoffice.records.actors import Actor
from backoffice.sections import Choice
from customers import services
from customers.models import Customer
from tests.reading import faults, read


@pytest.fixture
def john(customer):
    return customer(first_name="John", last_name="DOE", email="pub@prestashop.com", phone="1", company="Acme")


@pytest.fixture
def opened(typed, john):
    """`opened(first_name="Jack")` is the form somebody opened now and will post later."""
    return lambda **fields: typed(f"/customers/{john.pk}/edit/", **fields)


@pytest.fixture
def save(client, john):
    return lambda data: client.post(f"/customers/{john.pk}/edit/", data)


def shown(answer):
    """The conflict as it stands on the page: {field: (theirs, yours)}."""
    rows = read(answer).one("table", "conflict").one("tbody").all("tr")
    return {row.one("th").one("span").text: tuple(cell.text for cell in row.all("td")) for row in rows}


def chosen(answer):
    """What is said of each field and what is chosen already, from the top: [(field, words, theirs, yours or "")]."""
    rows = read(answer).one("table", "conflict").one("tbody").all("tr")
    return [
        (
            row.one("th").one("span").text,
            row.one("th").one("div").text,
            " ".join(one["value"] for one in row.all("input") if one.has("checked")),
        )
        for row in rows
    ]


def posted_again(answer, **choices):
    """What the conflict page posts once somebody chose."""
    page = read(answer).one("form", "form")
    data: dict[str, list[str]] = {}
    for one in page.all("input", type="hidden"):
        data.setdefault(one["name"], []).append(one["value"])
    return {**data, **{f"use_{name}": choice for name, choice in choices.items()}}


def now(john):
    return Customer.objects.get(pk=john.pk)


@pytest.fixture
def conflict(opened, save, john, manager):
    """The manager saved another phone and company; the owner's form was open all the while."""
    mine = opened(phone="2", first_name="Jack", note="Mine")
    services.edit_customer(john, {"phone": "3", "company": "Zeta"}, by=Actor(staff=manager, door="page"))
    return save(mine)


def test_the_second_sees_both_versions_field_by_field_and_nothing_is_written(conflict, john):
    """Issue 2, deliverable 7: 409, who saved it, what differs and only that."""
    assert conflict.status_code == 409
    assert shown(conflict) == {
        "First name": ("John", "Jack"),
        "Phone": ("3", "2"),
        "Company": ("Zeta", "Acme"),
        "Note": ("not set", "Mine"),
    }
    assert "Manager saved it at" in read(conflict).text
    assert (now(john).phone, now(john).first_name) == ("3", "John")


def test_what_only_one_of_them_changed_is_chosen_already_and_what_both_did_comes_first(conflict):
    """Issue 2: nothing is lost silently, and nobody is asked about what they never touched."""
    assert chosen(conflict) == [
        ("Phone", "changed in both: choose", ""),
        ("First name", "changed by you", "yours"),
        ("Note", "changed by you", "yours"),
        ("Company", "saved meanwhile", "theirs"),
    ]


def test_groups_and_tags_are_asked_for_as_history_does_not_know_them(opened, save, john, group):
    """What nobody knows is not guessed."""
    mine = opened(groups=[1], note="Mine")
    wholesale = group("Wholesale")
    services.add_to_group(
        Customer.objects.filter(pk=john.pk), by=Actor.command(), choice=Choice(str(wholesale.pk))
    )
    services.edit_customer(now(john), {"phone": "3"}, by=Actor.command())
    assert chosen(save(mine)) == [
        ("Groups", "to be chosen", ""),
        ("Note", "changed by you", "yours"),
        ("Phone", "saved meanwhile", "theirs"),
    ]


def test_three_saves_meanwhile_are_compared_with_what_the_form_was_opened_with(opened, save, john):
    """Each save of the others is one row of history."""
    services.edit_customer(john, {"phone": "0"}, by=Actor.command())
    mine = opened(company="Mine")
    for phone, company in (("2", "Acme"), ("3", "Zeta"), ("0", "Zeta")):
        services.edit_customer(now(john), {"phone": phone, "company": company}, by=Actor.command())
    assert chosen(save(mine)) == [("Company", "changed in both: choose", "")]


def test_a_version_nobody_can_look_up_is_asked_field_by_field(opened, save, john):
    """Where no row of history is found, all is to be chosen."""
    answer = save({**opened(phone="9", note="Mine"), "version": "999999"})
    assert chosen(answer) == [("Note", "to be chosen", ""), ("Phone", "to be chosen", "")]


def test_who_has_no_history_from_the_start_is_asked_field_by_field(opened, save, john):
    """Rows loaded past the models: the first one known is that of the other's save, not what the form showed."""
    john.history.all().delete()
    mine = opened(note="Mine")
    services.edit_customer(john, {"phone": "3"}, by=Actor.command())
    assert chosen(save(mine)) == [("Note", "to be chosen", ""), ("Phone", "to be chosen", "")]


def test_who_saved_in_another_window_is_told_so(opened, save, john, owner):
    """It was nobody else."""
    mine, other = opened(phone="2"), opened(phone="3")
    save(other)
    page = read(save(mine))
    assert page.one("h1").text == "You have saved John DOE in another window meanwhile"
    assert "Somebody else" not in page.text
    services.edit_customer(now(john), {"company": "Zeta"}, by=Actor.command())
    assert read(save(mine)).one("h1").text == "Somebody else has saved John DOE"


def test_who_put_the_customer_into_a_group_is_not_taken_for_the_one_who_saved_before(
    opened, save, john, manager, group
):
    """A group leaves no row in the customer's own history."""
    services.edit_customer(john, {"phone": "2"}, by=Actor(staff=manager, door="page"))
    mine = opened(note="Mine")
    wholesale = group("Wholesale")
    services.add_to_group(
        Customer.objects.filter(pk=john.pk), by=Actor.command(), choice=Choice(str(wholesale.pk))
    )
    page = read(save(mine))
    assert page.one("h1").text == "Somebody else has saved John DOE"
    assert "Manager saved it" not in page.text


def test_each_field_is_chosen_by_itself(conflict, save, john):
    """Issue 2: chooses; nothing is lost silently."""
    answer = save(posted_again(conflict, phone="yours", first_name="yours", company="theirs", note="yours"))
    assert answer.status_code == 302
    after = now(john)
    assert (after.phone, after.first_name, after.company, after.note) == ("2", "Jack", "Zeta", "Mine")


def test_leaving_everything_to_the_other_changes_nothing(conflict, save, john):
    """Issue 2: both ways."""
    version = now(john).version
    save(posted_again(conflict, phone="theirs", first_name="theirs", company="theirs", note="theirs"))
    after = now(john)
    assert (after.phone, after.first_name, after.company, after.note, after.version) == (
        "3",
        "John",
        "Zeta",
        "",
        version,
    )


def test_a_third_save_meanwhile_asks_again(conflict, save, john, manager):
    """Nothing is lost however many people save."""
    services.edit_customer(now(john), {"phone": "4"}, by=Actor(staff=manager, door="page"))
    again = save(posted_again(conflict, phone="yours", first_name="yours", company="theirs", note="yours"))
    assert again.status_code == 409
    assert shown(again)["Phone"] == ("4", "2")
    assert chosen(again) == [
        ("Phone", "changed in both: choose", ""),
        ("First name", "changed by you", "yours"),
        ("Note", "changed by you", "yours"),
    ]


def test_what_was_left_to_the_other_stays_left_when_a_third_one_saves(conflict, save, john, manager):
    """Nobody is asked twice about it, nor offered what they gave up: what stands in the shop by then stays."""
    services.edit_customer(now(john), {"company": "Beta"}, by=Actor(staff=manager, door="page"))
    again = save(posted_again(conflict, phone="yours", first_name="yours", company="theirs", note="yours"))
    assert again.status_code == 409
    assert "Company" not in shown(again)
    assert save(posted_again(again, phone="yours", first_name="yours", note="yours")).status_code == 302
    assert (now(john).company, now(john).phone) == ("Beta", "2")


def test_history_shows_what_both_of_them_did(conflict, save, client, john):
    """D-92, D-93: who, and which value before and after."""
    save(posted_again(conflict, phone="yours", first_name="yours", company="theirs", note="yours"))
    page = read(client.get(f"/customers/{john.pk}/history/"))
    people = [moment.one("span", "by").text for moment in page.all("li", "act")][:2]
    assert people == ["Owner", "Manager"]
    phones = [line.text for line in page.all(css="change") if line.text.startswith("Phone")]
    assert phones == ["Phone: 3 → 2", "Phone: 1 → 3"]


def test_consents_groups_and_tags_are_compared_in_words(opened, save, john, group, tag, client):
    """Design, words: Yes and No, names, never numbers or column names."""
    wholesale, problem = group("Wholesale"), tag("PROBLEM")
    mine = opened(newsletter="on", groups=[1], tags=[])
    services.edit_customer(
        john,
        {"groups": [john.default_group, wholesale], "tags": [problem], "active": False},
        by=Actor.command(),
    )
    answer = save(mine)
    assert answer.status_code == 409
    assert shown(answer) == {
        "Status": ("No", "Yes"),
        "Newsletter": ("No", "Yes"),
        "Groups": ("Default, Wholesale", "Default"),
        "Tags": ("PROBLEM", "not set"),
    }
    save(posted_again(answer, active="theirs", newsletter="yours", groups="theirs", tags="theirs"))
    after = now(john)
    assert (after.active, after.newsletter, after.groups.count(), after.tags.count()) == (False, True, 2, 1)


@pytest.mark.parametrize("verb", ["add_to_group", "remove_from_group", "tag", "untag", "set_flag"])
def test_a_bulk_action_meanwhile_is_no_silent_loss_either(opened, save, john, group, tag, verb):
    """Issue 2: what a colleague did to a thousand customers is not undone by one open form."""
    wholesale, problem, recurrent = group("Wholesale"), tag("PROBLEM"), tag("RECURRENT")
    services.edit_customer(
        john, {"groups": [john.default_group, wholesale], "tags": [recurrent]}, by=Actor.command()
    )
    loyal = group("Loyalty")
    mine = opened(note="Mine")
    people = Customer.objects.filter(pk=john.pk)
    by = Actor.command()
    {
        "add_to_group": lambda: services.add_to_group(people, by=by, choice=Choice(str(loyal.pk))),
        "remove_from_group": lambda: services.remove_from_group(
            people, by=by, choice=Choice(str(wholesale.pk))
        ),
        "tag": lambda: services.tag(people, by=by, choice=Choice(str(problem.pk))),
        "untag": lambda: services.untag(people, by=by, choice=Choice(str(recurrent.pk))),
        "set_flag": lambda: services.set_flag(people, "newsletter", True, by=by),
    }[verb]()
    before = (set(john.groups.all()), set(john.tags.all()), now(john).newsletter)
    assert save(mine).status_code == 409
    assert (set(john.groups.all()), set(john.tags.all()), now(john).newsletter) == before


def test_two_who_wrote_the_same_have_nothing_to_choose(opened, save, john):
    """Issue 2, deliverable 7: the question is asked where there is one."""
    mine = opened(phone="3", note="Same")
    services.edit_customer(john, {"phone": "3", "note": "Same"}, by=Actor.command())
    version = now(john).version
    answer = save(mine)
    assert (answer.status_code, answer["Location"]) == (302, f"/customers/{john.pk}/")
    assert (now(john).phone, now(john).note, now(john).version) == ("3", "Same", version)


def test_a_password_typed_before_the_conflict_is_asked_for_again(opened, save, john):
    """G26: a secret stands in no page; nor is it dropped without a word."""
    services.edit_customer(john, {"password": "first-word"}, by=Actor.command())
    mine = opened(password="secret-word", note="Mine")
    services.edit_customer(john, {"phone": "3"}, by=Actor.command())
    answer = save(mine)
    assert answer.status_code == 409
    assert "secret-word" not in answer.content.decode()
    page = read(answer).one("form", "form")
    assert page.one("input", name="password").get("value") == ""
    assert "Please type the password again." in page.text
    assert save({**posted_again(answer, note="yours"), "password": "secret-word"}).status_code == 302
    assert check_password("secret-word", now(john).password)


def test_a_switch_meanwhile_is_seen_by_who_saves_a_form(opened, save, client, john):
    """S0.9: the form opened before would turn the newsletter off again."""
    mine = opened(note="Mine")
    client.post(f"/customers/{john.pk}/toggle/newsletter/", {"value": "true"})
    answer = save(mine)
    assert shown(answer)["Newsletter"] == ("Yes", "No")


def test_a_fault_comes_before_the_conflict_and_keeps_what_was_typed(opened, save, john):
    """Issue 2, deliverable 7: nothing typed is lost."""
    mine = opened(first_name="R2D2", note="Mine")
    services.edit_customer(john, {"phone": "3"}, by=Actor.command())
    answer = save(mine)
    assert answer.status_code == 200
    assert list(faults(answer)) == ["first_name"]
    assert save({**mine, "first_name": "Artoo"}).status_code == 409


def test_an_address_left_to_the_other_stands_in_nobodys_way(opened, save, john, customer):
    """Issue 2: what was open meanwhile is asked about first, and only what is written is judged."""
    mine = opened(note="Mine")
    services.edit_customer(john, {"email": "jack@prestashop.com"}, by=Actor.command())
    customer(email="pub@prestashop.com")
    answer = save(mine)
    assert answer.status_code == 409
    assert save(posted_again(answer, email="theirs", note="yours")).status_code == 302
    assert (now(john).email, now(john).note) == ("jack@prestashop.com", "Mine")


def test_the_first_of_two_is_not_bothered(opened, save, john):
    """One who is alone saves at once."""
    assert save(opened(phone="2")).status_code == 302
    assert save(opened(phone="3")).status_code == 302
    assert now(john).phone == "3"


@pytest.mark.parametrize("version", ["0", "999999", "9" * 40])
def test_a_version_that_was_never_read_is_a_conflict_and_no_error(opened, save, john, version):
    """G30: an odd version is no way around the question."""
    answer = save({**opened(phone="9"), "version": version})
    assert answer.status_code == 409
    assert now(john).phone == "1"


def test_a_customer_deleted_meanwhile_is_not_there(opened, save, john):
    """Rights: not there is 404; nothing is brought back by an open form."""
    mine = opened(phone="9")
    services.remove_customer(john, by=Actor.command())
    assert save(mine).status_code == 404
    assert Customer.objects.count() == 0

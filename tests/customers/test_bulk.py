"""Bulk actions on the rows ticked, or on all that match (issue 2, deliverables 4 and 6; D-41, D-87)."""

import pytest
from django.http import QueryDict

from backoffice.lists import bulk
from backoffice.lists.page import ListPage
from backoffice.lists.selection import selected
from backoffice.models import Event
from backoffice.records.actors import Actor
from backoffice.sections import section_named
from backoffice.views.event_sentences import tell
from customers import services
from customers.models import Consent, Customer
from tests.reading import List, read

MAKE_SURE = "Make sure they agreed."
BY_PHONE = {"choice_newsletter_on": "by phone"}
ONE_LEFT = "1 unchanged."


def test_only_the_rows_ticked_are_changed(do, said, customer):
    """S1.9: enable, disable, newsletter on and off."""
    one, other, third = customer(), customer(), customer()
    answer = do("disable", [one, third])
    assert said(answer) == "2 customers may not log in any more."
    assert list(Customer.objects.filter(active=True)) == [other]
    do("enable", [one])
    assert Customer.objects.filter(active=True).count() == 2
    do("newsletter_on", [one, other], **BY_PHONE)
    assert set(Customer.objects.filter(newsletter=True)) == {one, other}
    do("newsletter_off", [one])
    assert set(Customer.objects.filter(newsletter=True)) == {other}


def test_only_who_changes_is_counted_and_written_down(do, said, customer, owner):
    """Decision 28: bulk writes add history rows themselves, one for each who changed; consents in the ledger."""
    already, later = customer(newsletter=True), customer()
    rows = already.history.count()
    answer = do("newsletter_on", [already, later], **BY_PHONE)
    assert said(answer) == f"Newsletter switched on for 1 customer. {MAKE_SURE} {ONE_LEFT}"
    assert already.history.count() == rows
    row = later.history.latest()
    assert (row.newsletter, row.history_user, row.door) == (True, owner, "page")
    consent = Consent.objects.get(customer=later)
    assert (consent.kind, consent.given, consent.staff, consent.ground) == (
        "newsletter",
        True,
        owner,
        "by phone",
    )
    changed = Customer.objects.get(pk=later.pk)
    assert changed.newsletter_at is not None
    assert (changed.version, Customer.objects.get(pk=already.pk).version) == (
        later.version + 1,
        already.version,
    )


def test_all_that_match_are_changed_not_only_the_page(do, answered, said, crowd):
    """D-87: "Select all 11,100" edited only 50 elsewhere; here the count is exact."""
    question = do("newsletter_on", crowd[:1], "first_name=ada&per_page=20", all_matching="1", **BY_PHONE)
    assert not Customer.objects.filter(newsletter=True).exists()
    answer = answered(question, "newsletter_on", sure="1")
    assert said(answer) == f"Newsletter switched on for 30 customers. {MAKE_SURE}"
    assert set(Customer.objects.filter(newsletter=True).values_list("first_name", flat=True)) == {"Ada"}


def test_the_offer_to_take_all_says_how_many(client, crowd):
    """D-87: count shown before."""
    assert "Select all 60 that match" in client.get("/customers/").content.decode()
    assert "that match" not in read(client.get("/customers/?first_name=ada")).one("div", "selection-bar").text


def test_all_that_match_are_asked_about_first(do, answered, said, crowd):
    """D-87, decision 42: the number stands in the question, with the filters that make out who is meant."""
    question = do("newsletter_on", crowd[:1], "first_name=ada", all_matching="1", **BY_PHONE)
    page = read(question)
    assert page.one("h1").text == "Newsletter on: By phone"
    assert page.one("p", "strong").text == "This concerns all 30 that match."
    assert [chip.text for chip in page.all("li", "chip")] == ["First name: ada"]
    assert MAKE_SURE in page.one("main").text
    assert not Customer.objects.filter(newsletter=True).exists()
    answer = answered(question, "newsletter_on", sure="1")
    assert answer["Location"] == "/customers/?first_name=ada"
    assert said(answer) == f"Newsletter switched on for 30 customers. {MAKE_SURE}"
    assert Customer.objects.filter(newsletter=True).count() == 30


@pytest.mark.parametrize(("number", "asked"), [(2, False), (3, False), (4, True)])
def test_as_many_as_the_limit_are_changed_at_once_and_one_more_is_asked_about(
    do, customer, monkeypatch, number, asked
):
    """Code finding C19.2, decision 42: "more than" is more than, on both sides of the edge."""
    assert bulk.MOST_UNASKED == 50
    monkeypatch.setattr(bulk, "MOST_UNASKED", 3)
    people = [customer() for _ in range(number)]
    answer = do("disable", people)
    assert answer.status_code == (200 if asked else 302)
    assert Customer.objects.filter(active=False).count() == (0 if asked else number)
    if asked:
        page = read(answer)
        assert page.one("p", "strong").text == "This concerns 4 selected rows."
        kept = [(one["name"], one["value"]) for one in page.one("form", "form").all("input", type="hidden")]
        do("disable", [value for name, value in kept if name == "selected"], sure="1")
        assert Customer.objects.filter(active=False).count() == number


def test_a_large_change_of_groups_is_asked_about_with_the_group_and_who_loses_a_default(
    do, customer, group, monkeypatch
):
    """Facts 7.7: said before, not only after."""
    monkeypatch.setattr(bulk, "MOST_UNASKED", 1)
    wholesale, loyal = group("Wholesale"), group("Loyalty")
    people = [customer(groups=[wholesale, loyal], default_group=wholesale) for _ in range(2)]
    page = read(do("remove_from_group", [], all_matching="1", choice_remove_from_group=wholesale.pk))
    assert page.one("h1").text == "Remove from a group: Wholesale"
    assert (
        "Default group of 2 of them: the oldest of their other groups takes its place."
        in page.one("main").text
    )
    assert "No filter is set: it is everybody in this list." in page.one("main").text
    assert wholesale.customers.count() == len(people)


def test_what_was_done_to_many_stands_in_the_activity(do, client, customer, group, owner):
    """Decision 28: who did what to how many; what changed nobody is no event."""
    one, other = customer(), customer()
    loyal = group("Loyalty")
    do("disable", [one, other])
    do("disable", [one, other])
    do("add_to_group", [one], choice_add_to_group=loyal.pk)
    do("delete", [one, other], way="never")
    assert [tell(event) for event in Event.objects.filter(kind="bulk_change")] == [
        "Owner: “Hide; the customer may not register again with this address” on 2 rows of Customers.",
        "Owner: “Add to a group: Loyalty” on 1 row of Customers.",
        "Owner: “Disable” on 2 rows of Customers.",
    ]


def test_ticked_rows_that_the_list_does_not_show_are_left_alone(do, customer, client_of, support):
    """G14, G20: nobody reaches by a number what their list does not show."""
    hidden, shown = customer(), customer()
    services.hide_customer(hidden, by=Actor.command())
    do("disable", [hidden, shown], by=client_of(support))
    assert Customer.objects.get(pk=hidden.pk).active is True
    assert Customer.objects.get(pk=shown.pk).active is False
    do("disable", [hidden], "deleted=only", by=client_of(support))
    assert Customer.objects.get(pk=hidden.pk).active is True


def test_filters_of_the_list_do_not_narrow_what_was_ticked(do, customer):
    """A row ticked and changed by somebody else meanwhile is still the row ticked."""
    made = customer(first_name="Ada")
    do("disable", [made], "first_name=bob")
    assert Customer.objects.get(pk=made.pk).active is False


@pytest.mark.parametrize("selected", [[], ["x"], ["-1"], ["9" * 30], ["<script>"], [""]])
def test_nothing_ticked_is_told_and_nothing_is_done(do, said, customer, selected):
    """Facts 2.5, G33: numbers only."""
    customer()
    assert said(do("disable", selected)) == "Tick at least one row first."
    assert Customer.objects.filter(active=True).count() == 1


def test_a_thousand_ticked_is_the_most(owner):
    """D-87, G33: a page has 300 rows at most; a post made by hand with more of them is cut there."""
    posted = QueryDict("&".join(f"selected={number}" for number in range(1, 1_002)))
    page = ListPage(section_named("customers"), QueryDict(), owner)
    assert selected(page, posted).ids == list(range(1, 1_001))


def test_the_selection_bar_keeps_the_filters_and_offers_the_choices(client, customer, group, tag):
    """D-54, D-41: an action comes back to the list as it was; those of groups and tags say which ones there are."""
    loyal, problem = group("Loyalty"), tag("PROBLEM")
    usual = customer().default_group

    def bar(query):
        return read(client.get(f"/customers/{query}")).one("div", "selection-bar")

    urls = {button.get("formaction") for button in bar("?first_name=j").all("button")}
    assert "/customers/actions/enable/?first_name=j" in urls
    assert "/customers/actions/enable/" in {button.get("formaction") for button in bar("").all("button")}
    offered = {
        one["name"]: [option["value"] for option in one.all("option")] for one in bar("").all("select")
    }
    groups, tags = sorted(["", str(usual.pk), str(loyal.pk)]), ["", str(problem.pk)]
    grounds = ["", "in writing", "by phone", "in the shop", "on the website", "by e-mail", "not stated"]
    assert offered.pop("choice_newsletter_on") == grounds
    assert offered.pop("choice_partner_offers_on") == grounds
    assert {name: sorted(values) for name, values in offered.items()} == {
        "choice_add_to_group": groups,
        "choice_tag": tags,
    }


def test_numbers_that_are_nobodys_change_nobody(do, said, customer):
    """Issue 2, bad input."""
    customer()
    assert said(do("disable", [987654, "9" * 18])) == "The selected rows no longer exist."


def test_rows_that_are_gone_meanwhile_are_not_asked_about(client, customer):
    """Issue 2, stale pages: no question how to delete 0 rows."""
    gone = customer()
    services.remove_customer(gone, by=Actor.command())
    answer = client.post("/customers/actions/delete/", {"selected": gone.pk, "scope": "sort=id"}, follow=True)
    assert answer.redirect_chain == [(f"/customers/?sort=id&ticked={gone.pk}", 302)]
    assert read(answer).one("div", "toast").one("p").text == "The selected rows no longer exist."


def test_the_list_comes_back_with_its_filters(do, customer):
    """D-54."""
    answer = do("enable", [customer()], "first_name=j&sort=age&page=1")
    assert answer["Location"] == "/customers/?first_name=j&sort=age&page=1"


def test_people_are_put_into_a_group_and_taken_out(do, said, customer, group, counted_right):
    """D-41: hundreds at once; who is in it already is not counted twice."""
    wholesale = group("Wholesale")
    inside, outside = customer(groups=[wholesale]), customer()
    assert (
        said(do("add_to_group", [inside, outside], choice_add_to_group=wholesale.pk))
        == f"1 customer added to Wholesale. {ONE_LEFT}"
    )
    assert wholesale.customers.count() == 2
    counted_right()
    do("remove_from_group", [outside], choice_remove_from_group=wholesale.pk)
    assert list(wholesale.customers.all()) == [inside]
    counted_right()


def test_who_leaves_the_default_group_gets_the_smallest_of_the_others(
    do, said, customer, group, counted_right
):
    """Facts 7.7, decision 8: and who has no other group stays."""
    wholesale, loyal, third = group("Wholesale"), group("Loyalty"), group("Third")
    several = customer(groups=[third, wholesale, loyal], default_group=wholesale)
    elsewhere = customer(groups=[wholesale, third], default_group=third)
    only = customer(groups=[wholesale])
    answer = do("remove_from_group", [several, elsewhere, only], choice_remove_from_group=wholesale.pk)
    assert said(answer) == (
        "2 customers removed from Wholesale. Default group of 1 of them: the oldest of their other groups"
        " takes its place. 1 stays as it was: not in that group, or in no other."
    )
    after = {one.pk: Customer.objects.get(pk=one.pk) for one in (several, elsewhere, only)}
    assert after[several.pk].default_group == loyal
    assert after[elsewhere.pk].default_group == third
    assert after[only.pk].default_group == wholesale
    assert set(after[several.pk].groups.all()) == {loyal, third}
    assert set(after[only.pk].groups.all()) == {wholesale}
    row = several.history.latest()
    assert row.default_group_id == loyal.pk
    counted_right()


def test_tags_are_put_on_and_taken_off(do, said, customer, tag, counted_right):
    """S3.23, issue 2."""
    problem = tag("PROBLEM")
    tagged, plain = customer(tags=[problem]), customer()
    assert said(do("tag", [tagged, plain], choice_tag=problem.pk)) == (
        f"1 customer now has the tag PROBLEM. {ONE_LEFT}"
    )
    counted_right()
    assert said(do("untag", [tagged, plain], choice_untag=problem.pk)) == (
        "Tag PROBLEM removed from 2 customers."
    )
    assert problem.customers.count() == 0
    counted_right()


@pytest.mark.parametrize(
    "choice", ["", "x", "987654", "-1", "9" * 18, "9" * 20, "9" * 5_000, "<script>", "٣"]
)
@pytest.mark.parametrize("name", ["add_to_group", "remove_from_group", "tag", "untag"])
def test_a_group_or_tag_that_is_none_is_refused_in_words(do, said, customer, name, choice):
    """Issue 2, bad input: unknown ids, wrong types."""
    made = customer()
    assert said(do(name, [made], **{f"choice_{name}": choice})) == "Choose one of the list, please."
    assert made.groups.count() == 1


def test_deleted_people_in_a_group_are_never_counted(do, customer, group, tag, counted_right):
    """S1.79: members counted, deleted ones left out, also when staff send actions for the deleted."""
    wholesale, problem = group("Wholesale"), tag("PROBLEM")
    made = customer(groups=[customer().default_group, wholesale])
    services.hide_customer(made, by=Actor.command())
    loyal = group("Loyalty")
    do("add_to_group", [made], "deleted=only", choice_add_to_group=loyal.pk)
    do("tag", [made], "deleted=only", choice_tag=problem.pk)
    counted_right()
    do("remove_from_group", [made], "deleted=only", choice_remove_from_group=wholesale.pk)
    do("untag", [made], "deleted=only", choice_untag=problem.pk)
    counted_right()


def test_deleting_a_selection_asks_which_way_and_says_how_many(do, client, customer, counted_right):
    """S1.18, facts 2.7: the count before and after."""
    people = [customer() for _ in range(3)]
    page = read(do("delete", people[:2]))
    assert page.one("h1").text == "How do you want to delete 2 customers?"
    assert [way.all("li")[0].text for way in page.all("label", "way")] == [
        "Removes 2 customers.",
        "Hides 2 customers and all that is theirs.",
    ]
    kept = [(one["name"], one["value"]) for one in page.one("form", "form").all("input", type="hidden")]
    assert [value for name, value in kept if name == "selected"] == [str(one.pk) for one in people[:2]]
    assert Customer.objects.here().count() == 3
    answer = do("delete", people[:2], way="never")
    assert read(client.get(answer["Location"])).one("div", "toast").one("p").text == (
        "2 customers deleted. The filter “Deleted only” finds them, to bring them back."
    )
    assert list(Customer.objects.here()) == [people[2]]
    counted_right()


@pytest.mark.parametrize("way", ["", "burn", "NEVER"])
def test_a_way_of_deleting_that_there_is_not_is_asked_about_again(do, customer, way):
    """Facts 2.7: one of the two must be chosen; the selection is still there."""
    people = [customer(), customer()]
    page = read(do("delete", people, way=way))
    assert page.one("div", "notice-bad").text == "Choose one of the ways."
    assert [one["value"] for one in page.all("input", name="selected")] == [str(one.pk) for one in people]
    assert Customer.objects.here().count() == 2


def test_all_that_match_can_be_deleted(do, answered, crowd, counted_right):
    """D-87, D-88: on the query, not on the page; for good and softly."""
    question = do("delete", [], "first_name=ada", all_matching="1")
    assert read(question).one("h1").text == "How do you want to delete 30 customers?"
    answered(question, "delete", way="again")
    assert Customer.objects.count() == 30
    answered(do("delete", [], "first_name=bob", all_matching="1"), "delete", way="never")
    assert (Customer.objects.count(), Customer.objects.here().count()) == (30, 0)
    counted_right()


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("support", {"enable", "newsletter_on", "add_to_group", "tag"}),
        ("marketing", {"newsletter_on", "add_to_group", "tag"}),
        ("viewer", set()),
    ],
)
def test_each_action_asks_for_its_own_right(do, customer, client_of, hire, group, tag, role, allowed):
    """Decisions, rights: offered and allowed are the same."""
    wholesale, problem = group("Wholesale"), tag("PROBLEM")
    made = customer()
    person = client_of(hire(role))
    page = List(person.get("/customers/"))
    offered = {
        button["formaction"].split("/")[3].partition("?")[0]
        for button in page.page.all("button")
        if "/actions/" in button.get("formaction")
    }
    for name in ("enable", "newsletter_on", "add_to_group", "tag", "delete"):
        data = {"choice_add_to_group": wholesale.pk, "choice_tag": problem.pk, "way": "never"}
        status = do(name, [made], by=person, **data).status_code
        assert status == (302 if name in allowed else 403), (role, name)
        assert (name in offered) == (name in allowed), (role, name)
    assert Customer.objects.here().count() == 1


def test_an_action_nobody_knows_is_not_there(do, customer):
    """Issue 2, bad input."""
    assert do("explode", [customer()]).status_code == 404


def test_a_get_never_acts(client, customer):
    """G10."""
    made = customer()
    assert client.get(f"/customers/actions/disable/?selected={made.pk}").status_code == 405
    assert Customer.objects.get(pk=made.pk).active is True


def test_choosers_of_the_bar_start_empty_and_one_serves_a_menu(client, do, said, customer, group):
    """D5: no dangerous act with a preset target; both buttons of a menu go by the same chooser."""
    wholesale, made = group("Wholesale"), customer()
    bar = read(client.get("/customers/")).one("div", "selection-bar")
    choosers = bar.all("select")
    assert [one["name"] for one in choosers] == [
        "choice_newsletter_on",
        "choice_partner_offers_on",
        "choice_add_to_group",
    ]
    assert [option["value"] for option in choosers[2].all("option")] == ["", "1", str(wholesale.pk)]
    for name in ("add_to_group", "remove_from_group"):
        assert said(do(name, [made], choice_add_to_group="")) == "Choose one of the list, please."
    said(do("add_to_group", [made], choice_add_to_group=wholesale.pk))
    assert said(do("remove_from_group", [made], choice_add_to_group=wholesale.pk)).startswith(
        "1 customer removed"
    )

"""Deleting customers in two ways, and bringing them back (facts 2.7, S1.18, S3.42, decision 19)."""

import pytest

from backoffice.database.counting import one_change
from backoffice.models import Counter
from backoffice.records.actors import Actor
from backoffice.screen import formats
from customers import services
from customers.models import Customer, Membership
from customers.services.deletion import foretell_hiding
from customers.services.pairs import MEMBERSHIPS, hidden_among, pair
from groups.models import Group
from tests.reading import List, read


@pytest.fixture
def john(customer, group, tag):
    return customer(
        email="pub@prestashop.com", groups=[group("Wholesale"), group("Loyalty")], tags=[tag("RECURRENT")]
    )


@pytest.fixture
def delete(client):
    """`delete(john, "again")` answers the question which way."""
    return lambda customer, way, **data: client.post(
        f"/customers/{customer.pk}/delete/", {"way": way, **data}
    )


def test_the_question_says_in_numbers_what_each_way_will_do(client, john):
    """Design: destructive actions say exactly what will happen; facts 2.7: two ways, none chosen beforehand."""
    page = read(client.get(f"/customers/{john.pk}/delete/"))
    assert page.one("h1").text == "How do you want to delete John DOE?"
    ways = page.all("label", "way")
    assert [way.one("b").text for way in ways] == [
        "Delete for good; the customer can register again",
        "Hide; the customer may not register again with this address",
    ]
    assert [way.one("input")["value"] for way in ways] == ["again", "never"]
    assert [way.one("input").has("checked") for way in ways] == [False, False]
    assert ways[0].all("li")[0].text == "Removes 1 customer."
    assert ways[0].all("li")[-1].text == "The e-mail address is free again. The history stays."
    assert ways[1].all("li")[0].text == "Hides 1 customer and all that is theirs."


def test_asking_deletes_nobody(client, john):
    """G10: a GET to a delete address only asks."""
    client.get(f"/customers/{john.pk}/delete/")
    client.get(f"/customers/{john.pk}/delete/?way=again")
    assert Customer.objects.here().count() == 1


@pytest.mark.parametrize("way", ["", "burn", "AGAIN", "<script>"])
def test_without_a_way_nobody_is_deleted(client, john, way):
    """Facts 2.7: one of the two must be chosen."""
    page = read(client.post(f"/customers/{john.pk}/delete/", {"way": way}))
    assert "Choose one of the ways." in page.text
    assert Customer.objects.here().count() == 1


def test_for_good_the_customer_and_all_memberships_are_gone_and_history_stays(
    delete, john, owner, counted_right
):
    """Facts 2.7, D-93: history outlives the object, and says who deleted it."""
    answer = delete(john, "again")
    assert (answer.status_code, answer["Location"]) == (302, "/customers/")
    assert not Customer.objects.filter(pk=john.pk).exists()
    assert not Membership.objects.filter(customer=john.pk).exists()
    rows = Customer.history.filter(id=john.pk).order_by("history_id")
    assert [(row.history_type, row.history_user) for row in rows] == [("+", None), ("-", owner)]
    gone = Membership.history.filter(customer_id=john.pk, history_type="-")
    assert {row.history_user for row in gone} == {owner}
    counted_right()


def test_hidden_the_customer_is_in_no_list_and_nothing_is_lost(delete, client, john, counted_right):
    """Facts 2.7: the row stays, the address stays taken; counts leave deleted ones out (S1.79)."""
    delete(john, "never")
    hidden = Customer.objects.get(pk=john.pk)
    assert (hidden.deleted, hidden.deleted_at is not None, hidden.groups.count()) == (True, True, 2)
    assert List(client.get("/customers/")).ids == []
    assert "0 results" in List(client.get("/customers/")).paging
    counted_right()


def test_a_hidden_customer_can_be_looked_at_and_brought_back(delete, client, john, counted_right):
    """Decision 19: filter `deleted=only` for those with the right; undo there."""
    delete(john, "never")
    assert List(client.get("/customers/?deleted=only")).ids == [john.pk]
    page = read(client.get(f"/customers/{john.pk}/"))
    day = formats.day(Customer.objects.get(pk=john.pk).deleted_at)
    assert [badge.text for badge in page.all("span", "badge")] == [f"Deleted on {day}"]
    main = page.one("div", "title-actions").one("form")
    assert (main.text, main.one("button").get("class")) == ("Bring back", "btn btn-primary")
    action = main["action"]
    answer = client.post(action, follow=True)
    assert read(answer).one("div", "toast").one("p").text == "John DOE is back."
    back = Customer.objects.get(pk=john.pk)
    assert (back.deleted, back.deleted_at) == (False, None)
    assert List(client.get("/customers/")).ids == [john.pk]
    counted_right()


def test_a_hidden_customers_page_offers_no_change_that_belongs_to_the_living(delete, client, john):
    """Decision 19: back first; till then marks for switches, no pencil. Note, history and deletion for good stay."""
    delete(john, "never")
    page = read(client.get(f"/customers/{john.pk}/"))
    assert page.all("button", role="switch") == []
    marks = page.one("form", "flags").all("span", "switch")
    assert [mark["aria-label"] for mark in marks] == ["yes", "no", "no"]
    assert [one for one in page.all("a") if f"/customers/{john.pk}/edit/" in one.get("href")] == []
    menu = [link.text for link in page.one("div", "title-actions").one("div", "menu-list").all("a")]
    assert menu == ["History", "Delete"]


def test_the_rows_of_the_hidden_offer_no_change_that_belongs_to_the_living(delete, client, john, customer):
    """Decision 19: the list as their own page; the row of who is there has all of it."""
    customer(first_name="Ada")
    delete(john, "never")
    row = List(client.get("/customers/?deleted=only")).lines[0]
    assert row.all("button", role="switch") == []
    assert [mark["aria-label"] for mark in row.all("span", "switch")] == ["yes", "no", "no"]
    assert [link.text for link in row.one("div", "menu-list").all("a")] == ["View", "Delete"]
    assert row.all("a", "row-edit") == []
    row = List(client.get("/customers/")).lines[0]
    assert (len(row.all("button", role="switch")), len(row.all("a", "row-edit"))) == (3, 1)


def test_who_is_hidden_already_is_not_offered_to_be_hidden_again(delete, client, john, customer):
    """Facts 2.7: one way is left, so it is a plain question; of a selection, who is left to hide is counted."""
    ada = customer(first_name="Ada")
    delete(john, "never")
    page = read(client.get(f"/customers/{john.pk}/delete/"))
    assert page.one("h1").text == "Delete John DOE for good?"
    assert page.one("main").text.count("Delete John DOE") == 1
    assert page.one("input", name="way")["value"] == "again"
    data = {"selected": [john.pk]}
    page = read(client.post("/customers/actions/delete/?deleted=only", data))
    assert page.one("h1").text == "Delete 1 customer for good?"
    assert page.one("input", name="way")["value"] == "again"
    assert foretell_hiding([john.pk, ada.pk])[0] == "Hides 1 customer and all that is theirs."


def test_who_was_hidden_by_somebody_else_meanwhile_is_not_told_as_hidden_now(delete, client, john):
    """Answered twice: the second answer changes nothing, says so, and has nothing to undo."""
    delete(john, "never")
    page = read(client.get(delete(john, "never")["Location"]))
    *_earlier, toast = page.all("div", "toast")
    assert toast.one("p").text == "Nothing was changed."
    assert toast.all("form") == []


def test_who_is_gone_already_is_not_told_as_deleted(delete, client, john):
    """Back, and Delete once more: nothing is done, and that is said; so for who was hidden before."""
    people = {"selected": [john.pk], "way": "again"}
    for address, way, told in (
        ("?deleted=only", "never", "Nothing was changed."),
        ("?deleted=only", "again", "1 deleted."),
        ("?deleted=only", "again", "The selected rows no longer exist."),
    ):
        services.hide_customer(john, by=Actor.command())
        answer = client.post(f"/customers/actions/delete/{address}", {**people, "way": way}, follow=True)
        assert read(answer).one("div", "toast").one("p").text.startswith(told)


def test_a_hidden_customer_is_brought_back_from_the_menu_of_the_row(delete, client, john, customer, viewer):
    """Decision 19: undo there; nobody else's row has it."""
    ada = customer(first_name="Ada")
    delete(john, "never")
    row = List(client.get("/customers/?deleted=only")).lines[0]
    button = row.one("div", "menu-list").one("button")
    assert (button.text, button["formaction"]) == ("Bring back", f"/customers/{john.pk}/bring-back/")
    client.post(button["formaction"], {"selected": john.pk, "all_matching": ""})
    lines = List(client.get("/customers/?sort=id")).lines
    assert List(client.get("/customers/?sort=id")).ids == [john.pk, ada.pk]
    assert [line.one("div", "menu-list").all("button") for line in lines] == [[], []]


def test_bringing_back_who_is_not_deleted_changes_nothing(client, john, counted_right):
    """Pressed twice, counted once."""
    client.post(f"/customers/{john.pk}/bring-back/")
    counted_right()
    assert Counter.of("customers.customer").value == 1


def test_hiding_twice_counts_once(john, counted_right):
    """Two members of staff at once."""
    services.hide_customer(john, by=Actor.command())
    services.hide_customer(john, by=Actor.command())
    counted_right()


def test_groups_a_hidden_customer_is_put_into_count_them_when_they_are_back_and_not_before(
    john, group, counted_right
):
    """S1.79, code finding C19.5: members are those who are here."""
    third = group("Third")
    services.hide_customer(john, by=Actor.command())
    hidden = Customer.objects.get(pk=john.pk)
    with one_change():
        pair(MEMBERSHIPS, [(john.pk, third.pk)], by=Actor.command(), hidden=hidden_among([john.pk]))
    assert list(third.customers.all()) == [john]
    third.refresh_from_db()
    assert third.members_count == 0
    counted_right()
    services.bring_back(hidden, by=Actor.command())
    third.refresh_from_db()
    assert third.members_count == 1
    counted_right()


def test_a_hidden_customer_can_be_removed_for_good(delete, john, counted_right):
    """Facts 2.7: hidden ones were left out of the counts already."""
    delete(john, "never")
    delete(john, "again")
    assert Customer.objects.count() == 0
    counted_right()


@pytest.mark.parametrize("page", ["", "edit/", "history/", "delete/"])
@pytest.mark.parametrize("role", ["support", "marketing", "viewer"])
def test_a_hidden_customer_is_not_there_for_who_may_not_delete(john, client_of, hire, page, role):
    """Rights: not visible is 404; where the role may not at all, 403."""
    services.hide_customer(john, by=Actor.command())
    answer = client_of(hire(role)).get(f"/customers/{john.pk}/{page}")
    assert answer.status_code in (403, 404)
    if page in ("", "history/"):
        assert answer.status_code == 404


def test_the_list_comes_back_as_it_was(client, john):
    """S4.94: after deleting, too."""
    back = "/customers/?first_name=john&sort=age"
    page = read(client.get(f"/customers/{john.pk}/delete/", headers={"referer": f"http://testserver{back}"}))
    kept = {one["name"]: one["value"] for one in page.one("form", "form").all("input", type="hidden")}
    assert kept["back"] == back
    answer = client.post(f"/customers/{john.pk}/delete/", {"way": "never", "back": back})
    assert answer["Location"] == back
    told = read(client.get(back)).one("div", "toast").one("p").text
    assert told == "John DOE is deleted. The filter “Deleted only” finds them, to bring them back."


@pytest.mark.parametrize(
    "back", ["https://evil.example/customers/", "//evil.example", "javascript:alert(1)", "/logout/"]
)
def test_the_way_back_is_only_ever_our_own_list(delete, john, back):
    """G20."""
    assert delete(john, "never", back=back)["Location"] == "/customers/"


def test_customers_of_a_removed_agent_stay(customer, support):
    """Facts 1.1: who worked for them does not take them along."""
    made = customer(sales_agent=support)
    support.delete()
    assert Customer.objects.get(pk=made.pk).sales_agent is None


def test_deleting_a_tag_or_a_title_leaves_its_customers(client, john, tag, title, owner, counted_right):
    """Facts 1.7: deleting a title leaves its customers without one; a tag is taken off; history says who did it."""
    doctor = title("Dr")
    services.edit_customer(john, {"title": doctor}, by=Actor.command())
    client.post(f"/titles/{doctor.pk}/delete/", {"way": "delete"})
    client.post(f"/tags/{john.tags.get().pk}/delete/", {"way": "delete"})
    after = Customer.objects.get(pk=john.pk)
    assert (after.title, after.tags.count()) == (None, 0)
    assert after.version == john.version + 3  # a form that was open meanwhile is asked before it is saved
    lost = after.history.order_by("-history_id").first()
    assert (lost.title_id, lost.history_user, lost.door) == (None, owner, "page")
    assert after.taggings.model.history.get(customer_id=john.pk, history_type="-").history_user == owner
    assert client.get(f"/customers/{john.pk}/").status_code == 200
    assert client.get(f"/customers/{john.pk}/history/").status_code == 200
    counted_right()


class TestGroups:
    """Deleting a group leaves nobody groupless (facts 7.7, S1.80, decision 8)."""

    def test_the_group_of_new_accounts_cannot_be_deleted(self, client, shop):
        """Decision 8: a group an option points at."""
        for page in (client.get("/groups/1/delete/"), client.post("/groups/1/delete/", {"way": "delete"})):
            assert read(page).one("h2").text == "This cannot be deleted"
            assert "choose another one in the options first" in read(page).text

    def test_of_a_selection_those_that_can_be_deleted_are(self, client, shop, group):
        """Decision 8, D15: one is refused, by name and reason before and afterwards, and left out."""
        going = group("Going")
        ask = {"selected": [1, going.pk], "way": "delete"}
        question = read(client.post("/groups/actions/delete/", {"selected": [1, going.pk]}))
        assert question.one("h1").text == "Delete 1 group for good?"
        assert question.one("div", "notice-warn").one("li").text == (
            "Default: “Default” is the group of new accounts, guests or visitors: choose another one in the options"
            " first."
        )
        assert [line.text for line in question.one("div", "way").all("li")] == ["No customer is concerned."]
        for told in (
            "1 deleted. 1 cannot be deleted."
            " Default: “Default” is the group of new accounts, guests or visitors: choose another one in the options"
            " first.",
            "“Default” is the group of new accounts, guests or visitors: choose another one in the options first.",
        ):
            answer = client.post("/groups/actions/delete/", ask, follow=True)
            assert read(answer).one("div", "toast").one("p").text == told
        assert Group.objects.filter(pk=1).exists()

    def test_members_move_to_their_smallest_other_group_or_to_the_group_of_new_accounts(
        self, client, customer, group, counted_right
    ):
        """Facts 7.7: default group moves along; every count is right afterwards."""
        going, later, small = group("Going"), group("Later"), group("Small")
        several = customer(groups=[later, going, small], default_group=going)
        only = customer(groups=[going])
        beside = customer(groups=[small, going], default_group=small)
        answer = client.post(f"/groups/{going.pk}/delete/", {"way": "delete"})
        assert answer.status_code == 302
        after = {one.pk: Customer.objects.get(pk=one.pk) for one in (several, only, beside)}
        assert after[several.pk].default_group == later  # the smaller number of Later and Small
        assert after[only.pk].default_group.name == "Default"
        assert after[beside.pk].default_group == small
        assert [one.name for one in after[only.pk].groups.all()] == ["Default"]
        counted_right()

    def test_the_question_says_how_many_members_are_concerned(self, client, customer, group):
        """Design: with numbers."""
        going = group("Going")
        customer(groups=[going])
        customer(groups=[going])
        page = read(client.get(f"/groups/{going.pk}/delete/"))
        assert [line.text for line in page.one("div", "way").all("li")] == [
            "2 members leave the group.",
            "2 customers get another default group.",
            "It is the oldest of their other groups, else “Default”.",
        ]

    def test_which_default_group_is_said_only_where_somebody_gets_another(self, client, customer, group):
        going, small = group("Going"), group("Small")
        customer(groups=[small, going], default_group=small)
        page = read(client.get(f"/groups/{going.pk}/delete/"))
        assert [line.text for line in page.one("div", "way").all("li")] == ["1 member leaves the group."]


@pytest.mark.parametrize("slug", ["groups", "tags", "titles"])
def test_what_is_deleted_in_one_way_only_is_a_plain_question(client, group, tag, title, slug):
    """No choice where there is none to make; what is posted stays the same."""
    made = {"groups": group, "tags": tag, "titles": title}[slug]("Going")
    page = read(client.get(f"/{slug}/{made.pk}/delete/"))
    assert page.one("h1").text == "Delete Going for good?"
    assert [line.text for line in page.one("div", "way").all("li")] == ["No customer is concerned."]
    assert page.all("input", type="radio") == []
    assert page.one("input", name="way")["value"] == "delete"
    assert page.one("button", "is-final").text == "Delete"
    assert client.post(f"/{slug}/{made.pk}/delete/", {"way": "delete"}).status_code == 302
    assert not type(made).objects.filter(pk=made.pk).exists()

"""The history of a customer: who, when, from where, old and new value; and putting one value back."""

import datetime as dt

import pytest

from backoffice.records.actors import Actor, Door
from backoffice.records.required_fields import require
from backoffice.sections import Choice
from customers import services
from customers.models import Customer, Title
from customers.sections.customers import CUSTOMERS
from tests.reading import Change, history, read


@pytest.fixture
def john(customer, owner):
    return customer(
        first_name="John",
        last_name="DOE",
        email="pub@prestashop.com",
        phone="1",
        by=Actor(staff=owner, door=Door.PAGE, ip="203.0.113.7"),
    )


@pytest.fixture
def entries(client):
    """`entries(john)` gives the changes on the history page, newest first."""
    return lambda customer, query="": history(client.get(f"/customers/{customer.pk}/history/{query}"))


def buttons(client, customer):
    """The "Put back" buttons of the history page: {what they say: (address, field)}."""
    page = read(client.get(f"/customers/{customer.pk}/history/"))
    return {
        form.one("button")["aria-label"]: (form["action"], form.one("button")["value"])
        for form in page.all("form")
        if "put-back" in form.get("action")
    }


def lines(client, customer, query=""):
    """The lines of the history page, newest first: "First name: John → Jack"."""
    page = read(client.get(f"/customers/{customer.pk}/history/{query}"))
    return [line.text for line in page.all(css="change")]


def now(john):
    return Customer.objects.get(pk=john.pk)


def test_each_change_says_who_by_which_door_from_where_and_what(client, john, entries, typed):
    """Deliverable 4: old and new value as people read them, labels of the form, never column names."""
    address = f"/customers/{john.pk}/edit/"
    client.post(address, typed(address, first_name="Jack", active=None, birthday="1970-01-15", phone=""))
    changed, added = entries(john)
    assert changed == Change(
        who="Owner",
        door="Back office page",
        ip="127.0.0.1",
        fields={
            "First name": ("John", "Jack"),
            "Birthday": ("not set", "15 Jan 1970"),
            "Status": ("Yes", "No"),
            "Phone": ("1", "not set"),
        },
    )
    assert added == Change(
        who="Owner",
        door="Back office page",
        ip="203.0.113.7",
        fields={"Groups": "Default added"},
        said=("Added",),
    )


def test_groups_and_tags_that_came_and_went_stand_among_the_changes(john, entries, group, tag, clock):
    """Deliverable 4: membership is part of a customer's history."""
    wholesale, problem = group("Wholesale"), tag("PROBLEM")
    people = Customer.objects.filter(pk=john.pk)
    services.add_to_group(people, by=Actor.command(), choice=Choice(str(wholesale.pk)))
    clock(60)
    services.tag(people, by=Actor.command(), choice=Choice(str(problem.pk)))
    clock(60)
    services.untag(people, by=Actor.command(), choice=Choice(str(problem.pk)))
    told = [(one.who, one.door, one.fields) for one in entries(john)[:3]]
    assert told == [
        ("Command on the server", "", {"Tags": "PROBLEM removed"}),
        ("Command on the server", "", {"Tags": "PROBLEM added"}),
        ("Command on the server", "", {"Groups": "Wholesale added"}),
    ]


def test_choices_people_and_titles_are_told_in_words(client, john, entries, mr, mrs, support, options, typed):
    """Design, words: names and labels, never numbers."""
    options(b2b=True)
    address = f"/customers/{john.pk}/edit/"
    client.post(address, typed(address, title=mr.pk))
    client.post(address, typed(address, title=mrs.pk, sales_agent=support.pk, risk="high", language="pl"))
    assert entries(john)[0].fields == {
        "Gender": ("Male", "Female"),
        "Sales agent": ("not set", "Support"),
        "Risk rating": ("None", "High"),
        "Language": ("English", "Polish"),
    }


def test_no_label_is_a_column_name_of_the_database(client, john, entries):
    """Design, words: never a column name of the database; consents and deletion leave traces in many columns."""
    services.switch(john, "newsletter", True, by=Actor(staff=None, door=Door.SHOP, ip="203.0.113.8"))
    services.hide_customer(john, by=Actor.command())
    labels = {label for one in entries(john) for label in one.fields}
    assert {"Newsletter", "Deleted"} <= labels
    assert [label for label in labels if "_" in label or label != label[:1].upper() + label[1:]] == []


def test_one_value_is_put_back_and_nothing_else(client, john, typed):
    """D-92: revert is exact; the rest of what changed stays."""
    address = f"/customers/{john.pk}/edit/"
    client.post(address, typed(address, first_name="Jack", phone="2"))
    action, field = buttons(client, john)["Put back First name: John"]
    answer = client.post(action, {"field": field})
    assert (answer.status_code, answer["Location"]) == (302, f"/customers/{john.pk}/history/")
    assert (now(john).first_name, now(john).phone) == ("John", "2")
    page = read(client.get(answer["Location"]))
    assert page.one("div", "toast").one("p").text == "First name put back."


def test_nothing_is_put_back_unseen_over_what_somebody_saved_meanwhile(client, john, typed):
    """Issue 2, deliverable 7: the page that was open knew nothing of it; it comes again, and then one may."""
    address = f"/customers/{john.pk}/edit/"
    client.post(address, typed(address, first_name="Jack"))
    action, field = buttons(client, john)["Put back First name: John"]
    form = read(client.get(f"/customers/{john.pk}/history/")).one("form", action=action)
    seen = {"field": field, "version": form.one("input", name="version")["value"]}
    client.post(address, typed(address, first_name="Joe"))
    for odd in (seen["version"], "x", "-1", "", "9" * 40):
        answer = client.post(action, {**seen, "version": odd}, follow=True)
        assert read(answer).one("div", "is-warn").one("p").text == (
            "Joe DOE was changed meanwhile: nothing has been put back yet. Check the latest changes first."
        )
        assert now(john).first_name == "Joe"
    fresh = read(answer).one("form", action=action)
    client.post(action, {**seen, "version": fresh.one("input", name="version")["value"]})
    assert now(john).first_name == "John"


def test_putting_back_is_a_change_like_any_other(client, john, entries, typed):
    """D-92: it stands in the history itself, and can be put back again."""
    address = f"/customers/{john.pk}/edit/"
    client.post(address, typed(address, first_name="Jack"))
    client.post(buttons(client, john)["Put back First name: John"][0], {"field": "first_name"})
    assert entries(john)[0].fields == {"First name": ("Jack", "John")}
    assert "Put back First name: Jack" in buttons(client, john)


def test_what_stands_there_anyway_is_not_offered_to_be_put_back(client, john):
    """D-92: a button does something."""
    services.edit_customer(john, {"phone": "2", "note": "Rings"}, by=Actor.command())
    services.edit_customer(now(john), {"phone": "1"}, by=Actor.command())
    assert list(buttons(client, john)) == ["Put back Phone: 2", "Put back Note: not set"]


def test_a_flag_a_day_a_title_and_an_agent_can_be_put_back(client, john, typed, mr, support):
    """D-92: every kind of field."""
    address = f"/customers/{john.pk}/edit/"
    client.post(
        address, typed(address, active=None, birthday="1970-01-15", title=mr.pk, sales_agent=support.pk)
    )
    client.post(
        address,
        typed(
            address,
            active="on",
            birthday_day="",
            birthday_month="",
            birthday_year="",
            title="",
            sales_agent="",
        ),
    )
    for said in ("Birthday: 15 Jan 1970", "Status: No", "Gender: Male", "Sales agent: Support"):
        action, field = buttons(client, john)[f"Put back {said}"]
        client.post(action, {"field": field})
    after = now(john)
    assert (after.birthday, after.active, after.title, after.sales_agent) == (
        dt.date(1970, 1, 15),
        False,
        mr,
        support,
    )


def test_an_address_that_somebody_else_has_by_now_cannot_be_put_back(client, john, typed, customer):
    """Decision 4: rules of the section hold here too, told in words."""
    address = f"/customers/{john.pk}/edit/"
    client.post(address, typed(address, email="jack@prestashop.com"))
    other = customer(first_name="Eve", email="pub@prestashop.com")
    action, _field = buttons(client, john)["Put back E-mail address: pub@prestashop.com"]
    page = read(client.post(action, {"field": "email"}, follow=True))
    assert f"Eve DOE (ID {other.pk}) already has an account with the address" in page.one("div", "toast").text
    assert now(john).email == "jack@prestashop.com"


def test_a_default_group_the_customer_left_cannot_be_put_back(client, john, group):
    """Facts 1.2: the default group is one of the memberships."""
    wholesale = group("Wholesale")
    services.edit_customer(john, {"groups": [wholesale], "default_group": wholesale}, by=Actor.command())
    action, field = buttons(client, john)["Put back Default group: Default"]
    page = read(client.post(action, {"field": field}, follow=True))
    assert "Tick the default group “Default” among the groups too." in page.one("div", "toast").text
    assert now(john).default_group == wholesale


@pytest.mark.parametrize("field", ["title", "default_group"])
def test_what_was_deleted_meanwhile_cannot_be_put_back(client, john, group, title, field, entries):
    """Issue 2: a clear message, never a 500; nothing half-written. The history still tells its number."""
    from backoffice.records import changes
    from groups.services import delete_group

    doctor, wholesale = title("Dr"), group("Wholesale")
    services.edit_customer(
        john,
        {"title": doctor, "groups": [john.default_group, wholesale], "default_group": wholesale},
        by=Actor.command(),
    )
    services.edit_customer(
        now(john), {"title": None, "default_group": john.default_group}, by=Actor.command()
    )
    label = {"title": "Gender", "default_group": "Default group"}[field]
    action = next(
        address
        for said, (address, name) in buttons(client, john).items()
        if said.startswith(f"Put back {label}: D") or ("Wholesale" in said and name == field)
    )
    changes.delete(Title.objects.get(pk=doctor.pk), by=Actor.command())
    delete_group(wholesale, by=Actor.command())
    assert any("deleted" in told[0] for one in entries(john) for told in one.fields.values())
    before = now(john).version
    answer = client.post(action, {"field": field}, follow=True)
    assert answer.status_code == 200
    assert "deleted" in read(answer).one("div", "toast").text
    assert now(john).version == before


@pytest.mark.parametrize(
    "field",
    ["", "password", "id", "deleted", "created_email", "country", "search_text", "history_user", "<script>"],
)
def test_only_a_field_of_the_form_can_be_put_back(client, john, field):
    """G26, G30: nothing else is reached by the name in the body."""
    services.edit_customer(john, {"phone": "2"}, by=Actor.command())
    entry = john.history.earliest().history_id
    answer = client.post(f"/customers/{john.pk}/history/{entry}/put-back/", {"field": field})
    assert answer.status_code == 404


def test_a_row_of_another_customers_history_cannot_be_put_into_this_one(client, john, customer):
    """G14: ownership of the row is checked, not only its number."""
    eve = customer(first_name="Eve", email="eve@shop.example")
    entry = eve.history.latest().history_id
    answer = client.post(f"/customers/{john.pk}/history/{entry}/put-back/", {"field": "email"})
    assert answer.status_code == 404
    assert now(john).email == "pub@prestashop.com"


@pytest.mark.parametrize("entry", ["0", "987654", "9" * 30])
def test_a_row_that_is_not_there_is_not_found(client, john, entry):
    """Issue 2, bad input."""
    assert (
        client.post(f"/customers/{john.pk}/history/{entry}/put-back/", {"field": "phone"}).status_code == 404
    )


def test_who_may_not_change_people_sees_no_button_and_cannot_put_back(client_of, viewer, john, client):
    """Decisions, rights."""
    services.edit_customer(john, {"phone": "2"}, by=Actor.command())
    signed_in = client_of(viewer)
    assert buttons(signed_in, john) == {}
    action, field = buttons(client, john)["Put back Phone: 1"]
    assert signed_in.post(action, {"field": field}).status_code == 403
    assert signed_in.get(f"/customers/{john.pk}/history/").status_code == 200


def test_many_changes_come_in_pages_of_fifty(client, john, entries):
    """D-4: each block paged."""
    for number in range(60):
        services.edit_customer(now(john), {"phone": str(number + 100)}, by=Actor.command())
    first, second = lines(client, john), lines(client, john, "?page=2")
    assert (len(first), first[0], first[-1]) == (50, "Phone: 158 → 159", "Phone: 109 → 110")
    assert len(second) == 12
    assert second[-3:] == ["Phone: 1 → 100", "Groups: Default added", "Added"]
    page = read(client.get(f"/customers/{john.pk}/history/?page=2"))
    assert page.one("a", rel="prev")["href"] == "?page=1"
    assert entries(john, "?page=3") == []
    for odd in ("0", "-1", "x", "9" * 30, "", "<script>"):
        assert client.get(f"/customers/{john.pk}/history/?page={odd}").status_code == 200


def test_fifty_changes_cost_no_query_each(client, john, group, django_assert_max_num_queries):
    """D-99: one for each kind of history (their own, groups, tags, custom fields, notes), whatever stands in it."""
    wholesale = group("Wholesale")
    people = Customer.objects.filter(pk=john.pk)
    for _ in range(12):
        services.add_to_group(people, by=Actor.command(), choice=Choice(str(wholesale.pk)))
        services.remove_from_group(people, by=Actor.command(), choice=Choice(str(wholesale.pk)))
    client.get(f"/customers/{john.pk}/history/")  # what the process remembers: the rights of the roles
    with django_assert_max_num_queries(16):
        client.get(f"/customers/{john.pk}/history/")


def test_history_never_holds_a_password(client, john, typed):
    """G26, decision 28: no hash, and not even the fact in a column."""
    address = f"/customers/{john.pk}/edit/"
    client.post(address, typed(address, password="a new one"))
    assert "password" not in {one.name for one in john.history.model.tracked_fields}
    assert "md5$" not in client.get(f"/customers/{john.pk}/history/").content.decode()


def test_the_history_of_who_was_removed_can_still_be_read_by_who_may_delete(
    client, john, owner, client_of, support
):
    """Decision 19, D-93: history outlives the customer; nothing can be put back into what is not there."""
    services.edit_customer(john, {"phone": "2"}, by=Actor.command())
    services.remove_customer(john, by=Actor(staff=owner, door=Door.PAGE))
    answer = client.get(f"/customers/{john.pk}/history/")
    page = read(answer)
    assert answer.status_code == 200
    assert page.one("h1").text == "History of John DOE"
    lines = [line.text for line in page.all(css="change")]
    assert (lines[0], lines.count("Phone: 1 → 2"), lines[-1]) == ("Deleted", 1, "Added")
    assert page.all("a", href=f"/customers/{john.pk}/") == []
    assert buttons(client, john) == {}
    assert client.get(f"/customers/{john.pk}/").status_code == 404
    assert client_of(support).get(f"/customers/{john.pk}/history/").status_code == 404
    assert client.get(f"/customers/{john.pk + 1}/history/").status_code == 404


def test_what_the_settings_require_is_not_put_back_empty(client, john, typed):
    """D11, decision 40: required fields are obeyed by every door that writes."""
    address = f"/customers/{john.pk}/edit/"
    client.post(address, typed(address, birthday="1970-01-15"))
    require(CUSTOMERS, ["birthday"], by=Actor.command())
    action, field = buttons(client, john)["Put back Birthday: not set"]
    page = read(client.post(action, {"field": field}, follow=True))
    assert page.all("div", "toast")[-1].one("p").text == (
        "The settings of this shop require this field: it cannot be put back empty."
    )
    assert now(john).birthday == dt.date(1970, 1, 15)

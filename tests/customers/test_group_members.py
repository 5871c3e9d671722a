"""Adding and removing members on the group's page: by search, and by a pasted list told line by line (points 6, 11)."""

import pytest

from backoffice.models import Job
from backoffice.records.actors import Actor
from customers import services
from customers.models import Membership
from tests.reading import read


@pytest.fixture
def members(wholesale):
    return lambda: sorted(
        Membership.objects.filter(group=wholesale).values_list("customer__first_name", flat=True)
    )


@pytest.fixture
def posted(client, wholesale):
    def posted(**data):
        return client.post(f"/groups/{wholesale.pk}/members/", {"act": "add", "do": "check", **data})

    return posted


def told(answer) -> list[tuple[str, str, str]]:
    """Each line as the page tells it: what was pasted, what is said of it, who is meant."""
    rows = read(answer).one("tbody").all("tr")
    return [tuple(cell.text for cell in row.all("td"))[1:] for row in rows]


def ticked(answer) -> list[str]:
    return [one["value"] for one in read(answer).all("input", name="chosen") if one.has("checked")]


def test_one_customer_is_added_and_removed_by_search(customer, posted, members, wholesale, counted_right):
    customer(first_name="Ada", email="ada@shop.example")
    customer(first_name="Bob")
    posted(customer_search="ada@shop.example")
    assert members() == ["Ada"]
    posted(act="remove", customer_search="ada@shop.example")
    assert members() == []
    counted_right()


def test_nobody_chosen_and_a_day_that_is_over_are_told_at_once(posted, members):
    errors = posted(until="2001-01-01").context["form"].errors
    assert errors == {
        "until": ["This day is over."],
        "__all__": ["Choose a customer, or paste addresses."],
    }
    assert members() == []


def test_a_pasted_list_is_told_line_by_line_before_anything_is_done(
    customer, posted, members, wholesale, default_group
):
    """Bad input: doubles, strangers, who is in it already, what is no address; nothing is done yet."""
    ada = customer(first_name="Ada", email="ada@shop.example")
    bob = customer(first_name="Bob", email="bob@shop.example", groups=[default_group, wholesale])
    hidden = customer(first_name="Hugo", email="hugo@shop.example")
    services.hide_customer(hidden, by=Actor.command())
    answer = posted(
        emails="ADA@shop.example\r\n\r\nBob Byron <bob@shop.example>\nada@shop.example; stranger@shop.example"
        "\nhugo@shop.example\nno address"
    )
    assert told(answer) == [
        ("ADA@shop.example", "Found", f"Ada DOE Account · ID {ada.pk}"),
        ("Bob Byron <bob@shop.example>", "Already in the group", f"Bob DOE Account · ID {bob.pk}"),
        ("ada@shop.example", "The same as line 1", ""),
        ("stranger@shop.example", "No customer found", ""),
        ("hugo@shop.example", "No customer found", ""),
        ("no address", "Not an e-mail address", ""),
    ]
    assert read(answer).one("p", role="status").text == "1 found · 3 not found · 1 double · 1 unchanged"
    assert (members(), ticked(answer)) == (["Bob"], [str(ada.pk)])


def test_exactly_those_ticked_are_added_and_can_be_taken_back(customer, posted, members, client):
    people = [
        customer(first_name=name, email=f"{name.lower()}@shop.example") for name in ("Ada", "Bob", "Cem")
    ]
    text = "\n".join(one.email for one in people)
    assert ticked(posted(emails=text)) == [str(one.pk) for one in people]
    posted(emails=text, do="carry_out", chosen=[people[0].pk, people[2].pk, 999, "x"])
    assert members() == ["Ada", "Cem"]
    client.post(f"/jobs/{Job.objects.get().pk}/undo/")
    assert members() == []


def test_guests_are_told_apart_from_the_account_of_the_same_address(customer, posted, client):
    """Point 11: the account is meant; where there are only guests, somebody has to say which."""
    customer(first_name="Gus", email="ada@shop.example", guest=True)
    ada = customer(first_name="Ada", email="ada@shop.example")
    customer(first_name="Ida", email="two@shop.example", guest=True)
    customer(first_name="Ina", email="two@shop.example", guest=True)
    answer = posted(emails="ada@shop.example\ntwo@shop.example")
    lines = told(answer)
    assert [line[1] for line in lines] == ["Several with this address: choose"] * 2
    assert lines[0][2].startswith("Ada DOE Account")
    assert "Gus DOE Guest" in lines[0][2]
    assert ticked(answer) == [str(ada.pk)]
    # The picker tells them apart too, and asks.
    page = read(posted(customer_search="ada@shop.example"))
    assert "Several customers found" in page.text
    assert [one.text.endswith("· Guest") for one in page.one("div", "picker-found").all("label")] == [
        False,
        True,
    ]


def numbered(answer) -> list[tuple[str, str]]:
    """Each line's number, and what is said of it."""
    rows = read(answer).one("tbody").all("tr")
    return [(row.all("td")[0].text, row.all("td")[2].text) for row in rows]


def test_lines_have_the_numbers_of_what_was_pasted(customer, posted):
    """Issue 9, what was left, 4: empty lines were not counted, and two addresses of a line were two lines."""
    customer(email="ada@shop.example")
    answer = posted(emails="\r\nada@shop.example, x@shop.example\r\n\r\nnobody\r\nada@shop.example")
    assert numbered(answer) == [
        ("2", "Found"),
        ("2", "No customer found"),
        ("4", "Not an e-mail address"),
        ("5", "The same as line 2"),
    ]


@pytest.mark.parametrize(
    "fault", [{"until": "2020-01-01"}, {"customer_search": "nobody at all"}, {"chosen": []}]
)
def test_ticks_stay_as_they_were_made_after_a_fault(customer, posted, fault):
    """Issue 9, what was left, 4: the list was gone after a wrong day, and ticked anew after no tick."""
    ada, bob = (customer(email=f"{name}@shop.example") for name in ("ada", "bob"))
    text = "ada@shop.example\nbob@shop.example"
    assert ticked(posted(emails=text)) == [str(ada.pk), str(bob.pk)]
    answer = posted(emails=text, do="carry_out", **{"chosen": [bob.pk], **fault})
    assert answer.status_code == 200
    assert ticked(answer) == ([] if "chosen" in fault else [str(bob.pk)])


def test_nobody_is_asked_to_choose_where_one_is_left(customer, posted, wholesale, default_group):
    """Issue 9, what was left, 4: one of two guests is in the group, so that there is nothing to choose."""
    customer(email="two@shop.example", guest=True, groups=[default_group, wholesale])
    left = customer(email="two@shop.example", guest=True)
    answer = posted(emails="two@shop.example")
    assert (numbered(answer), ticked(answer)) == ([("1", "Found")], [str(left.pk)])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose a customer, or paste addresses."),
        ({"customer_search": "nobody"}, "No customer found for “nobody”."),
        (
            {"emails": "\n".join(f"a{n}@b.example" for n in range(2_001))},
            "At most 2,000 addresses at once, please.",
        ),
        ({"emails": "a@b.example", "until": "2020-01-01"}, "This day is over."),
        ({"emails": "a@b.example", "act": "explode"}, "explode"),
        ({"emails": "stranger@b.example", "do": "carry_out"}, "Tick somebody, please."),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_happens(posted, members, customer, data, said):
    customer()
    answer = posted(**data)
    assert answer.status_code == 200
    assert said in read(answer).text
    assert members() == []


def test_those_ticked_leave_and_whose_only_group_it_is_stays(
    customer, posted, members, wholesale, default_group
):
    ada = customer(first_name="Ada", email="ada@shop.example", groups=[default_group, wholesale])
    only = customer(first_name="Only", email="only@shop.example", groups=[wholesale])
    text = "ada@shop.example\nonly@shop.example\nstranger@shop.example"
    posted(emails=text, act="remove", do="carry_out", chosen=[ada.pk, only.pk])
    assert members() == ["Only"]

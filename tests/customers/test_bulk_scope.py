"""Whom a bulk action is for travels in the form and is bound (D1, D2, D3, decision 41)."""

import pytest

from customers.models import Customer
from tests.reading import read


def test_the_answer_is_for_those_whom_the_question_named_or_it_asks_again(
    do, answered, said, crowd, customer
):
    """D2, decision 41: two people named Quorum were asked about; three more came before the answer."""
    two = [customer(last_name="Quorum") for _ in range(2)]
    question = do("delete", [], "last_name=quorum", all_matching="1")
    assert read(question).one("h1").text == "How do you want to delete 2 customers?"
    three = [customer(last_name="Quorum") for _ in range(3)]
    again = answered(question, "delete", way="again")
    assert read(again).one("h1").text == "How do you want to delete 5 customers?"
    assert "2 matched before, 5 do now. Nothing has been done yet." in read(again).one("main").text
    assert Customer.objects.filter(pk__in=[one.pk for one in two + three]).count() == 5
    assert said(answered(again, "delete", way="again")) == "5 deleted."


def test_an_answer_to_no_question_asks_first(do, customer):
    """Decision 41: whoever posts “sure” for all that match without a question has not been told a number."""
    customer()
    assert do("disable", [], all_matching="1", sure="1").status_code == 200
    assert do("delete", [], all_matching="1", way="again").status_code == 200
    assert Customer.objects.filter(active=True).count() == 1


def test_a_question_is_answered_by_who_was_asked_and_once(do, answered, client_of, owner, hire, customer):
    """Decision 41, G14: the kept list of one reader is nobody else's, and used up by its answer."""
    made = customer()
    question = do("disable", [], all_matching="1")
    manager = client_of(hire("manager"))
    assert answered(question, "disable", sure="1", by=manager).status_code == 200
    assert Customer.objects.get(pk=made.pk).active is True
    assert answered(question, "disable", sure="1").status_code == 302
    assert answered(question, "disable", sure="1").status_code == 200


def test_a_scope_of_any_length_travels_whole(do, crowd):
    """D1: a list whose address is longer than a browser's Referer is deleted from as it was shown."""
    query = "x=" + "A" * 4_100 + "&first_name=ada"
    assert read(do("delete", [], query, all_matching="1")).one("h1").text == (
        "How do you want to delete 30 customers?"
    )
    form = read(do("delete", [], query, all_matching="1")).one("form", "form")
    assert form.one("input", name="scope")["value"].endswith("first_name=ada")


@pytest.mark.parametrize("query", ["age_min=abc", "active=maybe", "registered_after=31/02/2026"])
@pytest.mark.parametrize("name", ["disable", "delete"])
def test_a_filter_that_cannot_be_read_never_makes_all_that_match_everybody(
    do, client, said, crowd, name, query
):
    """D-87: the list tells the fault and shows all; nobody meant all of them."""
    page = read(client.get(f"/customers/?{query}"))
    assert "that match" not in page.one("div", "selection-bar").text
    answer = do(name, crowd[:1], query, all_matching="1", way="never")
    assert said(answer).startswith("A filter cannot be read.")
    assert Customer.objects.here().filter(active=True).count() == 60


@pytest.mark.parametrize("name", ["disable", "delete"])
def test_a_scope_that_got_lost_is_refused_and_nothing_is_taken_from_where_one_came_from(
    client, said, crowd, name
):
    """D1: “all that match” without the list it was said of never means everybody, whatever the Referer says."""
    for headers in ({}, {"referer": "http://testserver/customers/?first_name=ada"}):
        answer = client.post(
            f"/customers/actions/{name}/", {"all_matching": "1", "way": "again", "sure": "1"}, headers=headers
        )
        assert said(answer) == (
            "It is not clear which rows were meant. Open the list again and select them there."
        )
    assert Customer.objects.filter(active=True).count() == 60

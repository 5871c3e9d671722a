"""What was done to many at once can be taken back with a click (design.md: every message offers Undo)."""

import datetime as dt

import pytest
import time_machine

from backoffice.lists.undo import Undo, offered
from backoffice.records.actors import Actor
from customers import services
from customers.models import Customer
from tests.reading import read


@pytest.fixture
def offer(client):
    """The form in the toast on the page that an answer leads to; None where nothing is offered."""

    def offer(answer):
        forms = [
            form
            for form in read(client.get(answer["Location"])).all("form")
            if form.get("action") == "/undo/"
        ]
        return forms[0].one("button")["value"] if forms else None

    return offer


@pytest.fixture
def act(client):
    """`act("enable", [3, 4], "active=true")` posts a bulk action of the list with that query."""
    return lambda name, people, query="", **data: client.post(
        f"/customers/actions/{name}/?{query}", {"selected": [one.pk for one in people], **data}
    )


def undo(client, key, **how):
    return client.post("/undo/", {"offer": key}, **how)


@pytest.mark.parametrize(
    ("name", "field", "value", "word"),
    [
        ("enable", "active", True, "1 customer may not log in any more."),
        ("disable", "active", False, "1 customer may log in again."),
        ("newsletter_on", "newsletter", True, "Newsletter switched off for 1 customer."),
        ("newsletter_off", "newsletter", False, "Newsletter switched on for 1 customer."),
    ],
)
def test_only_who_was_changed_is_changed_back(act, client, offer, customer, name, field, value, word):
    """S1.9: of two who were ticked, one was so already and stays so."""
    already, other = customer(**{field: value}), customer(**{field: not value})
    answer = undo(client, offer(act(name, [already, other], "sort=age")))
    assert answer["Location"] == "/customers/?sort=age"
    assert getattr(Customer.objects.get(pk=already.pk), field) is value
    assert getattr(Customer.objects.get(pk=other.pk), field) is not value
    assert read(client.get(answer["Location"])).one("div", "toast").one("p").text == f"Undone: {word}"


def test_groups_and_tags_are_taken_back(act, client, offer, customer, group, tag, counted_right):
    """D-41: hundreds put into the wrong group by one click come out by the next; who was in it before stays."""
    wholesale, problem = group("Wholesale"), tag("PROBLEM")
    inside, outside = customer(groups=[wholesale], tags=[problem]), customer()
    undo(client, offer(act("add_to_group", [inside, outside], choice_add_to_group=wholesale.pk)))
    assert list(wholesale.customers.all()) == [inside]
    undo(client, offer(act("tag", [inside, outside], choice_tag=problem.pk)))
    assert list(problem.customers.all()) == [inside]
    undo(client, offer(act("untag", [inside, outside], choice_untag=problem.pk)))
    assert list(problem.customers.all()) == [inside]
    counted_right()


def test_who_left_a_group_that_was_not_their_default_comes_back(act, client, offer, customer, group):
    """D-41: as they were, so it is offered."""
    wholesale = group("Wholesale")
    made = customer(groups=[customer().default_group, wholesale])
    key = offer(act("remove_from_group", [made], choice_remove_from_group=wholesale.pk))
    assert not wholesale.customers.exists()
    undo(client, key)
    assert list(wholesale.customers.all()) == [made]


def test_who_left_their_default_group_has_it_as_default_again(
    act, client, offer, customer, group, counted_right
):
    """Facts 7.7: leaving moved the default of one of two; both come back as they were."""
    wholesale, loyal = group("Wholesale"), group("Loyalty")
    made = customer(groups=[wholesale, loyal], default_group=wholesale)
    other = customer(groups=[wholesale, loyal], default_group=loyal)
    key = offer(act("remove_from_group", [made, other], choice_remove_from_group=wholesale.pk))
    assert Customer.objects.get(pk=made.pk).default_group == loyal
    answer = undo(client, key)
    assert read(client.get(answer["Location"])).one("div", "toast").one("p").text == (
        "Undone: 2 customers are back in Wholesale."
    )
    assert set(wholesale.customers.all()) == {made, other}
    assert [Customer.objects.get(pk=one.pk).default_group for one in (made, other)] == [wholesale, loyal]
    assert made.history.latest().default_group_id == wholesale.pk
    counted_right()


def test_what_changed_nobody_has_nothing_to_undo(act, offer, customer):
    assert offer(act("enable", [customer()])) is None


def test_the_hidden_are_brought_back(act, client, offer, customer, counted_right):
    """Decision 19: from the list or from one customer's question; deletion for good has no way back."""
    one, other, third, fourth = [customer() for _ in range(4)]
    undo(client, offer(act("delete", [one, other], way="never")))
    undo(client, offer(client.post(f"/customers/{third.pk}/delete/", {"way": "never"})))
    assert set(Customer.objects.here()) == {one, other, third, fourth}
    assert offer(client.post(f"/customers/{fourth.pk}/delete/", {"way": "again"})) is None
    counted_right()


def test_work_on_the_deleted_changes_nobody_and_so_has_nothing_to_undo(act, offer, customer):
    """Decision 43: the hidden are read-only; only hiding itself is taken back, in the list where they are then."""
    made = customer(newsletter=False)
    services.hide_customer(made, by=Actor.command())
    assert offer(act("newsletter_on", [made], "deleted=only")) is None
    assert Customer.objects.get(pk=made.pk).newsletter is False


@pytest.mark.filterwarnings("error::django.core.cache.CacheKeyWarning")
def test_an_offer_is_for_its_reader_and_their_rights_of_now(
    act, client, client_of, offer, owner, hire, customer
):
    """G14: somebody else's offer, a made-up one, or one whose right was lost in between."""
    made = customer(active=False)
    key = offer(act("enable", [made]))
    for text in (key + "x", "", "\u0661" * 32, "0" * 32, "\n" * 32, "x" * 5_000):
        page = undo(client, text, follow=True)
        assert "can no longer be undone" in read(page).one("div", "toast").text
    undo(client_of(hire("manager")), key)
    assert Customer.objects.get(pk=made.pk).active is True
    owner.role = "viewer"
    owner.save()
    assert undo(client_of(owner), key).status_code == 403
    assert Customer.objects.get(pk=made.pk).active is True


def test_an_offer_is_taken_once_and_never_again(act, client, offer, customer):
    """Code finding C19.1: pressed a second time, after somebody has enabled them again, it takes nothing back."""
    made = customer(active=False)
    key = offer(act("enable", [made]))
    undo(client, key)
    assert Customer.objects.get(pk=made.pk).active is False
    act("enable", [made])
    *_earlier, said = read(undo(client, key, follow=True)).all("div", "toast")
    assert Customer.objects.get(pk=made.pk).active is True
    assert "can no longer be undone" in said.text


@pytest.mark.parametrize(("seconds", "back"), [(3_600, True), (3_601, False)])
def test_an_offer_holds_for_an_hour(act, client, offer, customer, seconds, back):
    """Issue 2: long enough for a second thought; later the records may stand for something else."""
    made, asked = customer(active=False), dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
    with time_machine.travel(asked, tick=False):
        key = offer(act("enable", [made]))
    with time_machine.travel(asked + dt.timedelta(seconds=seconds), tick=False):
        undo(client, key)
    assert Customer.objects.get(pk=made.pk).active is not back


def test_any_number_is_taken_back(act, client, offer, owner, customer, rf, group):
    """D-87: a click that changed thousands is taken back by one that is as short."""
    made = customer(newsletter=False)
    request = rf.get("/")
    request.user = owner
    many = Undo(section="customers", action="disable", ids=[*range(10**9, 10**9 + 40_000), made.pk])
    undo(client, offered(request, many))
    assert Customer.objects.get(pk=made.pk).active is False


def test_who_is_hidden_meanwhile_or_has_the_default_already_is_left_as_they_are(customer, group):
    """Decision 43: of three who had lost their default group, one gets it back."""
    wholesale, loyal = group("Wholesale"), group("Loyalty")
    back, has_it, hidden = [
        customer(groups=[wholesale, loyal], default_group=default) for default in (loyal, wholesale, loyal)
    ]
    services.hide_customer(hidden, by=Actor.command())
    before = {one.pk: Customer.objects.get(pk=one.pk) for one in (back, has_it, hidden)}
    services.back_in_group(
        Customer.objects.none(), by=Actor.command(), choice=str(wholesale.pk), remembered=list(before)
    )
    after = {key: Customer.objects.get(pk=key) for key in before}
    assert [after[key].default_group for key in before] == [wholesale, wholesale, loyal]
    assert [after[key].version - before[key].version for key in before] == [1, 0, 0]

"""What was done to many at once can be taken back, for thirty days and by its own page (D4, decision 42)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from backoffice.jobs.upkeep import prune_jobs
from backoffice.models import Job, JobBlock
from backoffice.records.actors import Actor
from backoffice.sections import Choice
from customers import services
from customers.models import Consent, Customer
from tests.reading import read


@pytest.fixture
def act(client):
    """`act("enable", [3, 4], "active=true")` posts a bulk action of the list with that query."""
    return lambda name, people, query="", **data: client.post(
        f"/customers/actions/{name}/?{query}", {"selected": [one.pk for one in people], **data}
    )


@pytest.fixture
def offer(client):
    """The address that the toast's Undo posts to, on the page an answer leads to; None where it offers none."""

    def offer(answer):
        forms = read(client.get(answer["Location"])).all("div", "toast")[-1].all("form")
        return forms[0]["action"] if forms else None

    return offer


@pytest.fixture
def toast(client):
    """The latest words of the page that an answer leads to."""
    return lambda answer: read(client.get(answer["Location"])).all("div", "toast")[-1].one("p").text


@pytest.mark.parametrize(
    ("name", "field", "value", "word"),
    [
        ("enable", "active", True, "1 customer may not log in any more."),
        ("disable", "active", False, "1 customer may log in again."),
        ("newsletter_on", "newsletter", True, "Newsletter switched off for 1 customer."),
        (
            "newsletter_off",
            "newsletter",
            False,
            "Newsletter switched on for 1 customer.",
        ),
    ],
)
def test_only_who_was_changed_is_changed_back(act, client, offer, toast, customer, name, field, value, word):
    """S1.9: of two who were ticked, one was so already and stays so."""
    already, other = customer(**{field: value}), customer(**{field: not value})
    answer = client.post(offer(act(name, [already, other], "sort=age", choice="by phone")))
    assert answer["Location"] == "/customers/?sort=age"
    assert getattr(Customer.objects.get(pk=already.pk), field) is value
    assert getattr(Customer.objects.get(pk=other.pk), field) is not value
    assert toast(answer) == f"Undone: {word}"


def test_groups_and_tags_are_taken_back(act, client, offer, customer, group, tag, counted_right):
    """D-41: hundreds put into the wrong group by one click come out by the next; who was in it before stays."""
    wholesale, problem = group("Wholesale"), tag("PROBLEM")
    inside, outside = customer(groups=[wholesale], tags=[problem]), customer()
    client.post(offer(act("add_to_group", [inside, outside], choice_add_to_group=wholesale.pk)))
    assert list(wholesale.customers.all()) == [inside]
    client.post(offer(act("tag", [inside, outside], choice_tag=problem.pk)))
    assert list(problem.customers.all()) == [inside]
    client.post(offer(act("untag", [inside, outside], choice_untag=problem.pk)))
    assert list(problem.customers.all()) == [inside]
    counted_right()


def test_who_left_their_default_group_has_it_as_default_again(
    act, client, offer, toast, customer, group, counted_right
):
    """Facts 7.7: leaving moved the default of one of two; both come back as they were."""
    wholesale, loyal = group("Wholesale"), group("Loyalty")
    made = customer(groups=[wholesale, loyal], default_group=wholesale)
    other = customer(groups=[wholesale, loyal], default_group=loyal)
    address = offer(act("remove_from_group", [made, other], choice_remove_from_group=wholesale.pk))
    assert Customer.objects.get(pk=made.pk).default_group == loyal
    assert toast(client.post(address)) == "Undone: 2 customers added back to Wholesale."
    assert set(wholesale.customers.all()) == {made, other}
    assert [Customer.objects.get(pk=one.pk).default_group for one in (made, other)] == [wholesale, loyal]
    assert made.history.latest().default_group_id == wholesale.pk
    counted_right()


def test_what_changed_nobody_has_nothing_to_undo(act, offer, customer):
    assert offer(act("enable", [customer()])) is None


def test_the_hidden_are_brought_back(act, client, offer, customer, counted_right):
    """Decision 19: from the list or from one customer's question; deletion for good has no way back."""
    one, other, third, fourth = [customer() for _ in range(4)]
    client.post(offer(act("delete", [one, other], way="never")))
    client.post(offer(client.post(f"/customers/{third.pk}/delete/", {"way": "never"})))
    assert set(Customer.objects.here()) == {one, other, third, fourth}
    assert offer(client.post(f"/customers/{fourth.pk}/delete/", {"way": "again"})) is None
    counted_right()


def test_work_on_the_deleted_changes_nobody_and_so_has_nothing_to_undo(act, offer, customer):
    """Decision 43: the hidden are read-only; only hiding itself is taken back, in the list where they are then."""
    made = customer(newsletter=False)
    services.hide_customer(made, by=Actor.command())
    assert offer(act("newsletter_on", [made], "deleted=only", choice="by phone")) is None
    assert Customer.objects.get(pk=made.pk).newsletter is False


class TestWhatWasChangedSince:
    """Decision 42: it restores what the act changed, leaves what somebody changed since, and lists it."""

    def test_who_was_switched_meanwhile_is_named_beforehand_and_left_alone(
        self, act, client, offer, customer
    ):
        ada, bob, eve = [customer(first_name=name, last_name="Doe") for name in ("Ada", "Bob", "Eve")]
        address = offer(act("disable", [ada, bob, eve]))
        # Bob is enabled by a colleague; Eve too, and disabled once more: that was their decision.
        act("enable", [bob, eve])
        act("disable", [eve])
        page = read(client.get(address))
        assert page.one("h1").text == "Undo: Disable"
        assert [one.text for one in page.one("ul", "names").all("a")] == [str(bob), str(eve)]
        left = read(client.post(address, follow=True))
        assert [one.text for one in left.one("ul", "names").all("a")] == [str(bob), str(eve)]
        assert {one.first_name: one.active for one in Customer.objects.all()} == {
            "Ada": True,
            "Bob": True,
            "Eve": False,
        }

    def test_another_field_changed_since_is_no_hindrance(self, act, client, offer, customer, owner):
        """Their new name stays, and they may log in again."""
        made = customer(first_name="Ada")
        address = offer(act("disable", [made]))
        services.write_note(Customer.objects.get(pk=made.pk), "Calls back on Monday", by=Actor.command())
        client.post(address)
        after = Customer.objects.get(pk=made.pk)
        assert (after.active, after.note) == (True, "Calls back on Monday")

    def test_two_acts_are_taken_back_one_after_the_other(self, act, client, offer, customer, tag):
        made, problem = customer(), tag("PROBLEM")
        first = offer(act("disable", [made]))
        second = offer(act("tag", [made], choice_tag=problem.pk))
        client.post(second)
        client.post(first)
        assert Customer.objects.get(pk=made.pk).active is True
        assert not problem.customers.exists()

    def test_who_came_to_the_group_again_since_stays_in_it(self, act, client, offer, customer, group):
        made, wholesale = customer(), group("Wholesale")
        address = offer(act("add_to_group", [made], choice_add_to_group=wholesale.pk))
        act("remove_from_group", [made], choice_remove_from_group=wholesale.pk)
        act("add_to_group", [made], choice_add_to_group=wholesale.pk)
        client.post(address)
        assert list(wholesale.customers.all()) == [made]

    def test_who_was_deleted_since_is_told_as_gone(self, act, client, offer, customer):
        made, other = customer(), customer()
        address = offer(act("disable", [made, other]))
        services.remove_customer(made, by=Actor.command())
        page = read(client.post(address, follow=True))
        assert [one.text for one in page.one("ul", "names").all("li")] == [f"number {made.pk}, deleted"]
        assert Customer.objects.get(pk=other.pk).active is True


class TestWhereItIsOffered:
    """D4: beside the event, as long as it can be taken back, not only in a message that goes away."""

    def test_on_the_home_page_and_in_the_activity(self, act, client, customer):
        act("disable", [customer()])
        address = f"/jobs/{Job.objects.get().pk}/undo/"
        for page in ("/", "/activity/"):
            assert address in [one["href"] for one in read(client.get(page)).one("main").all("a")]
        client.post(address)
        for page in ("/", "/activity/"):
            assert address not in [one["href"] for one in read(client.get(page)).one("main").all("a")]

    def test_the_latest_has_an_address_of_its_own(self, act, client, customer, tag):
        """Decision 42: the key `u` leads there."""
        made, problem = customer(), tag("PROBLEM")
        act("disable", [made])
        act("tag", [made], choice_tag=problem.pk)
        first, second = Job.objects.order_by("pk")
        assert client.get("/undo/")["Location"] == f"/jobs/{second.pk}/undo/"
        client.post(f"/jobs/{second.pk}/undo/")
        assert client.get("/undo/")["Location"] == f"/jobs/{first.pk}/undo/"
        client.post(f"/jobs/{first.pk}/undo/")
        assert (
            "There is nothing to undo."
            in read(client.get("/undo/", follow=True)).all("div", "toast")[-1].text
        )

    def test_for_thirty_days(self, act, client, customer):
        """Decision 50: then whom it was about is forgotten, and after ninety days the rest."""
        made = customer()
        act("disable", [made], "last_name=doe")
        job = Job.objects.get()
        Job.objects.update(finished_at=timezone.now() - timedelta(days=29, hours=23))
        assert client.get("/undo/")["Location"] == f"/jobs/{job.pk}/undo/"
        Job.objects.update(finished_at=timezone.now() - timedelta(days=30, seconds=1))
        page = client.post(f"/jobs/{job.pk}/undo/", follow=True)
        assert "can no longer be undone" in read(page).all("div", "toast")[-1].text
        assert Customer.objects.get(pk=made.pk).active is False
        prune_jobs()
        assert not JobBlock.objects.exists()
        assert Job.objects.get().query == ""
        Job.objects.update(created_at=timezone.now() - timedelta(days=90, seconds=1))
        prune_jobs()
        assert not Job.objects.exists()


class TestWhoMayTakeItBack:
    """Decision 42, G14: who did it and who has the right, by the rights of now; once."""

    def test_somebody_else_with_the_right_may(self, act, client_of, hire, customer):
        made = customer(active=False)
        act("enable", [made])
        client_of(hire("support")).post(f"/jobs/{Job.objects.get().pk}/undo/")
        assert Customer.objects.get(pk=made.pk).active is False

    @pytest.mark.parametrize("role", ["marketing", "viewer"])
    def test_who_has_not_the_right_may_not(self, act, client_of, hire, customer, role):
        made = customer(active=False)
        act("enable", [made])
        person = client_of(hire(role))
        for method in (person.get, person.post):
            assert method(f"/jobs/{Job.objects.get().pk}/undo/").status_code == 403
        assert Customer.objects.get(pk=made.pk).active is True

    def test_who_lost_the_right_meanwhile_may_not(self, act, client_of, owner, customer):
        made = customer(active=False)
        act("enable", [made])
        owner.role = "viewer"
        owner.save()
        assert client_of(owner).post(f"/jobs/{Job.objects.get().pk}/undo/").status_code == 403
        assert Customer.objects.get(pk=made.pk).active is True

    def test_it_is_taken_back_once(self, act, client, customer):
        """Code finding C19.1: pressed a second time, after somebody has enabled them again, it takes nothing back."""
        made = customer(active=False)
        act("enable", [made])
        address = f"/jobs/{Job.objects.get().pk}/undo/"
        client.post(address)
        assert Customer.objects.get(pk=made.pk).active is False
        act("enable", [made])
        *_earlier, said = read(client.post(address, follow=True)).all("div", "toast")
        assert Customer.objects.get(pk=made.pk).active is True
        assert "can no longer be undone" in said.text

    @pytest.mark.parametrize(
        "address", ["/jobs/999/undo/", "/jobs/99999999999999999999/undo/", "/jobs/x/undo/"]
    )
    def test_what_is_not_there_is_404(self, client, address):
        assert client.get(address).status_code == 404

    def test_a_question_that_was_not_answered_is_nothing_to_undo(self, client, customer):
        customer()
        client.post("/customers/actions/disable/", {"all_matching": "1", "scope": ""})
        job = Job.objects.get()
        assert job.state == Job.State.ASKED
        assert client.get(f"/jobs/{job.pk}/").status_code == 404
        assert "can no longer be undone" in read(client.post(f"/jobs/{job.pk}/undo/", follow=True)).text


def test_who_is_hidden_meanwhile_or_has_the_default_already_is_left_as_they_are(customer, group):
    """Decision 43: of three who had lost their default group, one gets it back."""
    wholesale, loyal = group("Wholesale"), group("Loyalty")
    back, has_it, hidden = [
        customer(groups=[wholesale, loyal], default_group=default) for default in (loyal, wholesale, loyal)
    ]
    services.hide_customer(hidden, by=Actor.command())
    before = {one.pk: Customer.objects.get(pk=one.pk) for one in (back, has_it, hidden)}
    chosen = Choice(str(wholesale.pk), "Wholesale", list(before))
    services.back_in_group(Customer.objects.none(), by=Actor.command(), choice=chosen)
    after = {key: Customer.objects.get(pk=key) for key in before}
    assert [after[key].default_group for key in before] == [wholesale, wholesale, loyal]
    assert [after[key].version - before[key].version for key in before] == [1, 0, 0]


class TestASwitchFlippedLast:
    """The key for Undo takes back what somebody did last, a switch too, and says what that was."""

    def flip(self, client, made, field, value, **headers):
        client.post(f"/customers/{made.pk}/toggle/{field}/", {"value": value}, headers=headers)

    def test_it_is_offered_before_an_older_change_of_many(self, act, client, customer):
        made, other = customer(first_name="Ada", last_name="Byron"), customer()
        act("disable", [other])
        self.flip(client, made, "newsletter", "true")
        page = read(client.get("/undo/", headers={"referer": "http://testserver/customers/?sort=age"}))
        assert page.one("h1").text == "Undo: Newsletter"
        form = page.one("main").one("form")
        assert form.one("p", "strong").text == "Newsletter switched on for Ada Byron."
        assert "Undo restores what this changed in 1 record." in form.text
        assert form.one("button").text == "Undo"
        sent = {one["name"]: one["value"] for one in form.all("input", type="hidden")}
        answer = client.post(form["action"], sent)
        assert answer["Location"] == "/customers/?sort=age"
        assert not Customer.objects.get(pk=made.pk).newsletter
        assert client.get("/undo/")["Location"] == f"/jobs/{Job.objects.get().pk}/undo/"

    def test_a_later_change_of_many_comes_first(self, act, client, customer):
        made = customer()
        self.flip(client, made, "active", "false")
        act("newsletter_on", [made], choice="by phone")
        job = Job.objects.get()
        assert client.get("/undo/")["Location"] == f"/jobs/{job.pk}/undo/"
        client.post(f"/jobs/{job.pk}/undo/")
        assert read(client.get("/undo/")).one("h1").text == "Undo: Status"

    @pytest.mark.parametrize("by_somebody_else", [True, False])
    def test_what_was_turned_back_already_is_not_offered(
        self, client, client_of, manager, customer, by_somebody_else
    ):
        made = customer()
        self.flip(client, made, "newsletter", "true")
        self.flip(client_of(manager) if by_somebody_else else client, made, "newsletter", "false")
        assert client.get("/undo/")["Location"] == "/"

    def test_who_lost_the_right_meanwhile_is_not_offered_it(self, client, owner, customer):
        self.flip(client, customer(), "newsletter", "true")
        owner.role = "viewer"
        owner.save()
        assert client.get("/undo/")["Location"] == "/"

    def test_nobody_else_is_offered_it(self, client, client_of, manager, customer):
        self.flip(client, customer(), "newsletter", "true")
        assert client_of(manager).get("/undo/")["Location"] == "/"


@pytest.mark.parametrize(("people", "said"), [(1, "in 1 record."), (2, "in 2 records.")])
def test_the_page_says_in_how_many_it_restores_what(act, client, customer, people, said):
    """It said "in 1 records"."""
    act("disable", [customer() for _each in range(people)])
    page = read(client.get(f"/jobs/{Job.objects.get().pk}/undo/")).one("main").text
    assert f"Undo restores what this changed {said} Anything changed since stays as it is." in page


def test_once_it_is_undone_the_page_says_so_and_offers_it_no_more(act, client, customer):
    """Its title said "Undo: Disable" still."""
    act("disable", [customer()])
    address = f"/jobs/{Job.objects.get().pk}/undo/"
    assert read(client.get(address)).one("h1").text == "Undo: Disable"
    client.post(address)
    page = read(client.get(address))
    assert page.one("title").text.startswith("Undone: Disable")
    assert page.one("h1").text == "Undone: Disable"
    assert "This has been undone." in page.one("main").text
    assert page.one("main").one("form").all("button") == []


def test_after_thirty_days_the_page_promises_no_undo(act, client, customer):
    act("disable", [customer()])
    Job.objects.update(finished_at=timezone.now() - timedelta(days=31))
    assert read(client.get(f"/jobs/{Job.objects.get().pk}/undo/")).one("h1").text == "Disable"


def test_the_activity_tells_an_undo_as_one(act, client, customer):
    """Two lines stood there, "Newsletter on" and "Newsletter off", as if somebody had thought better of it twice;
    each consent ledger has the two lines that it must: given, and taken back."""
    made = customer()
    act("newsletter_on", [made], choice="by phone")
    client.post(f"/jobs/{Job.objects.get().pk}/undo/")
    said = [one.text for one in read(client.get("/activity/")).one("main").all("li")]
    assert "Owner undid “Newsletter on: By phone” on 1 row of Customers." in said[0]
    assert "Owner: “Newsletter on: By phone” on 1 row of Customers." in said[1]
    ledger = Consent.objects.filter(customer=made).order_by("pk")
    assert list(ledger.values_list("kind", "given", "ground")) == [
        ("newsletter", True, "by phone"),
        ("newsletter", False, "put back"),
    ]

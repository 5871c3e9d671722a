"""What concerns many is done by the worker in blocks, and can be looked at, cancelled and taken back (issue 7, 4)."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from backoffice.jobs import running
from backoffice.lists import bulk
from backoffice.lists.page import ListPage
from backoffice.models import Event, Job
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.sections import section_named
from backoffice.views.event_sentences import tell
from customers.models import Customer
from groups.models import Group
from tests.reading import read


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Three people are many here, and two of them a block."""
    monkeypatch.setattr(running, "BLOCK", 2)
    monkeypatch.setattr(running, "AT_ONCE", 2)
    monkeypatch.setattr(running, "SHORTEST_REST", 0)


@pytest.fixture
def crowd(customer):
    return [customer() for _ in range(5)]


@pytest.fixture
def disable(client, crowd):
    """Disables all five, as the list does; the answer of the page."""
    return lambda: client.post(
        "/customers/actions/disable/", {"selected": [one.pk for one in crowd]}, follow=True
    )


def work():
    call_command("worker", once=True)


def disabled() -> int:
    return Customer.objects.filter(active=False).count()


@pytest.mark.django_db(transaction=True)
class TestOfTheWorker:
    def test_nothing_is_done_in_the_request_and_everything_by_the_worker(self, disable, client, crowd):
        strip = read(disable()).one("div", "job-line")
        assert (disabled(), strip.one("a").text) == (0, "Disable")
        assert "waiting for a worker" in strip.text
        job = Job.objects.get()
        assert (job.state, job.total, job.blocks.count()) == ("waiting", 5, 3)
        work()
        job.refresh_from_db()
        assert (disabled(), job.state, job.done, job.changed) == (5, "done", 5, 5)
        assert [tell(event) for event in Event.objects.filter(kind="bulk_change")] == [
            "Owner: “Disable” on 5 rows of Customers."
        ]
        page = read(client.get("/groups/")).one("div", "job-line")
        assert page.one("span").text == "5 customers may not log in any more."
        client.post(f"/jobs/{job.pk}/dismiss/")
        assert read(client.get("/groups/")).all("div", "job-line") == []

    def test_a_killed_worker_leaves_whole_blocks_and_the_next_one_goes_on(self, disable, crowd, monkeypatch):
        """Issue 7, 4: nobody is done twice."""
        disable()
        kind, done = running._kinds["bulk"], []

        def killed(job, block, *, by):
            if len(done) == 1:
                raise SystemExit
            kind.run(job, block, by=by)
            done.append(block.pk)

        monkeypatch.setitem(running._kinds, "bulk", running.JobKind(run=killed, finished=kind.finished))
        with pytest.raises(SystemExit):
            running.carry_out(Job.objects.get().pk)
        assert (disabled(), Job.objects.get().state, Job.objects.get().done) == (2, "running", 2)
        monkeypatch.setitem(running._kinds, "bulk", kind)
        running.carry_out(Job.objects.get().pk)
        assert (disabled(), Job.objects.get().changed) == (5, 5)
        assert [one.history.count() for one in crowd] == [2] * 5

    def test_it_is_cancelled_between_two_blocks_and_what_is_done_can_be_taken_back(
        self, disable, client, crowd, monkeypatch
    ):
        disable()
        job, kind = Job.objects.get(), running._kinds["bulk"]

        def cancelled_meanwhile(job, block, *, by):
            kind.run(job, block, by=by)
            client.post(f"/jobs/{job.pk}/cancel/")

        monkeypatch.setitem(
            running._kinds, "bulk", running.JobKind(run=cancelled_meanwhile, finished=kind.finished)
        )
        work()
        job.refresh_from_db()
        assert (job.state, disabled()) == ("cancelled", 2)
        page = read(client.get(f"/jobs/{job.pk}/"))
        assert "Canceled." in page.one("main").text
        assert "2 customers may not log in any more." in page.one("main").text
        client.post(f"/jobs/{job.pk}/undo/")
        assert disabled() == 0

    def test_one_that_nobody_has_begun_is_cancelled_at_once(self, disable, client):
        disable()
        job = Job.objects.get()
        client.post(f"/jobs/{job.pk}/cancel/")
        job.refresh_from_db()
        assert (job.state, disabled()) == ("cancelled", 0)
        work()
        assert disabled() == 0

    def test_a_large_change_is_taken_back_by_the_worker_too(self, disable, client):
        disable()
        work()
        client.post(f"/jobs/{Job.objects.get().pk}/undo/")
        assert disabled() == 5
        work()
        assert disabled() == 0

    def test_who_may_do_it_no_more_has_it_done_no_more(self, disable, owner):
        """G16: rights are those of the moment."""
        disable()
        owner.role = "viewer"
        owner.save()
        work()
        job = Job.objects.get()
        assert (job.state, disabled()) == ("failed", 0)
        assert job.fault == "The person who started this is no longer allowed to do it."

    def test_a_group_that_is_gone_meanwhile_ends_it_with_a_sentence(self, client, crowd, group):
        wholesale = group("Wholesale")
        client.post(
            "/customers/actions/add_to_group/",
            {"selected": [one.pk for one in crowd], "choice_add_to_group": wholesale.pk},
        )
        Group.objects.filter(pk=wholesale.pk).delete()
        work()
        job = Job.objects.get()
        assert (job.state, job.changed, job.fault) == ("failed", 0, "Choose one of the list, please.")

    def test_an_error_of_the_program_ends_it_and_is_said(self, disable, client, monkeypatch):
        disable()

        def broken(job, block, *, by):
            raise ValueError("a secret of the program")

        monkeypatch.setitem(
            running._kinds, "bulk", running.JobKind(run=broken, finished=lambda job, *, by: None)
        )
        work()
        said = read(client.get(f"/jobs/{Job.objects.get().pk}/")).one("main").text
        assert "It stopped because of a program error." in said
        assert "secret" not in said
        assert DBTaskResult.objects.get(task_path=running.run_job.module_path).status == "FAILED"


def test_between_two_blocks_the_worker_rests_as_long_as_the_last_one_took(disable, monkeypatch):
    """Issue 7, 4: a change of a hundred thousand leaves half of the time to those who look at lists meanwhile."""
    disable()
    rests, now, took = [], [0.0], iter([0.3, 1.5, 0.01])

    def slow(job, block, *, by):
        now[0] += next(took)

    monkeypatch.setitem(running._kinds, "bulk", running.JobKind(run=slow, finished=lambda job, *, by: None))
    monkeypatch.setattr(running, "SHORTEST_REST", 0.05)
    monkeypatch.setattr(running.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(running.time, "sleep", rests.append)
    running.run_job.call(Job.objects.get().pk)
    assert rests == pytest.approx([0.3, 1.5, 0.05])


def test_its_page_is_its_own_and_that_of_who_sees_the_activity(
    client, client_of, hire, disable, owner, manager
):
    """Nobody else's work is looked into or cancelled."""
    disable()
    job = Job.objects.get()
    assert client.get(f"/jobs/{job.pk}/").status_code == 200
    assert client_of(manager).get(f"/jobs/{job.pk}/").status_code == 200
    assert client_of(manager).post(f"/jobs/{job.pk}/cancel/").status_code == 403
    for person in (client_of(hire("support")), client_of(hire("viewer"))):
        assert person.get(f"/jobs/{job.pk}/").status_code == 404
        assert person.post(f"/jobs/{job.pk}/cancel/").status_code == 404
    job.refresh_from_db()
    assert job.state == "waiting"


def test_a_small_change_is_whole_or_not_at_all(client, customer, monkeypatch):
    """Killed in the middle of a request, nothing of it stays."""
    people = [customer(), customer()]

    def broken(job, block, *, by):
        Customer.objects.filter(pk__in=block.ids).update(active=False)
        raise SystemExit

    monkeypatch.setitem(running._kinds, "bulk", running.JobKind(run=broken, finished=lambda job, *, by: None))
    with pytest.raises(SystemExit):
        client.post("/customers/actions/disable/", {"selected": [one.pk for one in people]})
    assert disabled() == 0


@pytest.mark.django_db(transaction=True)
def test_what_the_worker_says_of_it_is_in_the_language_of_who_asked(disable, owner):
    """Design: every refusal in the reader's language; a worker has none of its own."""
    owner.language = "fr"
    owner.save()
    disable()
    owner.role = "viewer"
    owner.save()
    work()
    assert Job.objects.get().fault == "La personne qui l’a lancé n’en a plus le droit."


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_every_worker_died_is_ended_and_says_so(disable, client):
    """A progress that nobody works on any more is not watched for ever."""
    disable()
    job = Job.objects.get()
    assert running.end_lost_jobs() == "0 lost jobs ended"
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert running.end_lost_jobs() == "0 lost jobs ended"
    DBTaskResult.objects.update(status="FAILED")
    assert running.end_lost_jobs() == "1 lost jobs ended"
    job.refresh_from_db()
    assert (job.state, disabled()) == ("failed", 0)
    assert "It stopped because of a program error." in read(client.get(f"/jobs/{job.pk}/")).one("main").text


def test_a_question_answered_in_two_windows_is_carried_out_once_and_as_the_first_one_said(owner, customer):
    """D14: only who was first is told so; the second one's way never gets mixed into the first one's."""
    people = [customer(), customer()]
    page = ListPage(section_named("customers"), QueryDict("first_name=john"), owner)
    by = Actor(staff=owner, door="page")
    asked = bulk.asked_for(page, "delete", QueryDict("all_matching=1&scope=first_name=john"))
    job = bulk.store_question(asked, by=by)
    answer = f"all_matching=1&scope=first_name%3Djohn&job={job.pk}&way="
    first, second = [bulk.asked_for(page, "delete", QueryDict(answer + way)) for way in ("never", "again")]
    assert bulk.carry_out(first, by=by).changed == 2
    with pytest.raises(NotAllowed, match="from another window"):
        bulk.carry_out(second, by=by)
    assert Customer.objects.filter(pk__in=[one.pk for one in people], deleted=True).count() == 2


def test_an_undo_that_failed_before_it_did_anything_can_be_tried_again(client, customer, monkeypatch):
    """Decision 42: for thirty days, whatever happened on the way."""
    made = customer()
    client.post("/customers/actions/disable/", {"selected": [made.pk]})
    job, kind = Job.objects.get(), running._kinds["undo"]

    def refused(job, block, *, by):
        raise NotAllowed("Not now.")

    monkeypatch.setitem(running._kinds, "undo", running.JobKind(run=refused, finished=kind.finished))
    client.post(f"/jobs/{job.pk}/undo/")
    assert disabled() == 1
    monkeypatch.setitem(running._kinds, "undo", kind)
    client.post(f"/jobs/{job.pk}/undo/")
    assert disabled() == 0


@pytest.mark.django_db
def test_a_job_that_a_command_does_itself_is_lost_only_when_it_stands_still(time_at):
    """Issue 9, what was left, 2: the rules by command are a job without a turn, and run for more than a minute."""
    began = timezone.now() - timedelta(minutes=5)
    facts = {"kind": "bulk", "section": "customers", "action": "follow_rule", "created_at": began}
    job = Job.objects.create(**facts, door="command", state=Job.State.RUNNING, started_at=began)
    assert running.end_lost_jobs() == "0 lost jobs ended"
    Job.objects.filter(pk=job.pk).update(started_at=began - timedelta(minutes=6))
    assert running.end_lost_jobs() == "1 lost jobs ended"

"""A large bulk change in the hands of a worker that is a process of its own."""

from backoffice.jobs import running
from backoffice.models import Job
from customers.models import Customer


def test_a_worker_does_it_and_takes_it_back(client_of, owner, customer, start_worker, monkeypatch):
    """Issue 7, 4: the worker has imported no page, and no system check did so for it."""
    monkeypatch.setattr(running, "AT_ONCE", 2)
    people = [customer().pk for _ in range(5)]
    client, disabled = client_of(owner), Customer.objects.filter(active=False)
    client.post("/customers/actions/disable/", {"selected": people})
    assert not disabled.exists()
    assert start_worker("--once", "--skip-checks").wait(timeout=60) == 0
    assert (disabled.count(), Job.objects.get().state) == (5, "done")
    client.post(f"/jobs/{Job.objects.get().pk}/undo/")
    assert disabled.count() == 5
    assert start_worker("--once", "--skip-checks").wait(timeout=60) == 0
    assert not disabled.exists()

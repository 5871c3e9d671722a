"""Requests at random, to every URL, by everybody: none is answered with an error of the server (issue 7, G1).

Of each answer it is asked besides whether reading wrote anything, whether markup came back as markup, whether it leads
to another host, and whether an error says what is wrong.

A sitting is some requests of one browser, which sees what it did before; what it did is undone at its end. So every
sitting stands by itself, and a fault is told with what repeats it:

    RANDOM_REQUESTS=100000 pytest tests/at_random -s       # so many in all, instead of some hundred of each role
    RANDOM_REQUESTS_SEED=2 …                               # others than usual
    RANDOM_REQUESTS_SITTING=17 … -k owner                  # this sitting alone

`-s` shows how many were answered how.
"""

import logging
import os
from random import Random

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client

from backoffice.access.roles import Role
from backoffice.jobs import running
from backoffice.lists import downloads, paging
from backoffice.models import Job, Kept
from backoffice.records.actors import Actor
from backoffice.staff.models import StaffMember
from backoffice.tables import lookups
from customers.models import Customer
from customers.services import hide_customer
from tests.people import PASSWORD
from tests.test_every_url import EVERY_URL
from tests.trade import ONE_OF_EACH

from .checking import Writes, faults
from .finding import Found
from .places import Places
from .sitting import Sitting
from .values import MARK

NOBODY = "nobody"
VISITORS = [NOBODY, *Role.values]
USUAL = 2_400
A_SITTING = 12
SEED = os.environ.get("RANDOM_REQUESTS_SEED", "1")


@pytest.fixture(autouse=True)
def quiet():
    """What is refused by the thousand is not logged; an error of the server is told with its request."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(before)


@pytest.fixture(autouse=True)
def small_jobs(monkeypatch):
    """Three people are many here, and two of them a block."""
    monkeypatch.setattr(running, "BLOCK", 2)
    monkeypatch.setattr(running, "AT_ONCE", 2)


@pytest.fixture
def staff(hire) -> dict[str, StaffMember]:
    """One of each role; one who is disabled, and one who has no password yet."""
    hire("viewer", email="gone@example.com", is_active=False)
    waiting = hire("support", email="waiting@example.com")
    waiting.set_unusable_password()
    waiting.save()
    return {role: hire(role) for role in Role.values}


@pytest.fixture
def places(staff, one_of, customer, client_of) -> Places:
    """A shop with a record of everything, one customer hidden, two changes of many done; no name is safe to print."""
    made = {slug: [one_of(slug)] for slug in ONE_OF_EACH}
    everywhere = {"tags": made["tags"], "groups": made["groups"]}
    made["customers"] += [customer(**everywhere) for _number in range(6)]
    hide_customer(made["customers"][1], by=Actor.command())
    for (one,) in (made["tags"], made["groups"], made["titles"]):
        type(one).objects.filter(pk=one.pk).update(name=MARK)
    Customer.objects.filter(pk=made["customers"][2].pk).update(company=MARK, last_name=MARK)
    owner = client_of(staff["owner"])
    for action in ("newsletter_on", "disable"):
        owner.post(f"/customers/actions/{action}/", {"selected": [one.pk for one in made["customers"][:2]]})
    histories = [
        one.history.values_list("history_id", flat=True)
        for (one, *_) in made.values()
        if isinstance(one, Kept)
    ]
    return Places(
        {
            **{slug: [one.pk for one in records] for slug, records in made.items()},
            "entry": sorted({entry for entries in histories for entry in entries}),
            "staff": sorted(StaffMember.objects.values_list("pk", flat=True)),
            "jobs": sorted(Job.objects.values_list("pk", flat=True)),
        }
    )


def browser_of(visitor: str, staff: dict[str, StaffMember], random: Random) -> Client:
    """A browser of that role, or of nobody; some have just typed their password again, some need the forms' tokens."""
    client = Client(enforce_csrf_checks=random.random() < 0.1)
    if visitor != NOBODY:
        client.force_login(staff[visitor])
        if random.random() < 0.5:
            client.post("/reauthenticate/", {"password": PASSWORD})
    client.raise_request_exception = False
    return client


def nothing_remembered() -> None:
    """As at the beginning of a test: what a sitting did was undone behind the back of what remembers it."""
    lookups.forget()
    paging.forget()
    downloads.forget()
    mail.outbox.clear()


def work() -> None:
    """The worker has its turn."""
    for key in list(Job.objects.filter(state=Job.State.WAITING).values_list("pk", flat=True)):
        running.carry_out(key)


def sit(number: int, visitor: str, staff: dict[str, StaffMember], places: Places, found: Found) -> None:
    """One sitting; it begins at the URL whose turn it is: all of them together begin at each."""
    random, turn = Random(f"{SEED} {visitor} {number}"), number * len(VISITORS) + VISITORS.index(visitor)
    nothing_remembered()
    with transaction.atomic():
        client, sitting = browser_of(visitor, staff, random), Sitting(random, places)
        for place in range(A_SITTING):
            request = sitting.next(EVERY_URL[turn % len(EVERY_URL)] if place == 0 else None)
            writes = Writes()
            with connection.execute_wrapper(writes):
                answer = request.send(client)
            name = f"RANDOM_REQUESTS_SEED={SEED} RANDOM_REQUESTS_SITTING={number} -k {visitor}"
            found.add(name, place, request, answer, faults(request, answer, writes.tables))
            sitting.seen(request, answer)
            if random.random() < 0.02:
                work()
        transaction.set_rollback(True)


@pytest.mark.parametrize("visitor", VISITORS)
def test_no_request_of_anybody_is_an_error_of_the_server(visitor, staff, places):
    """Issue 7, "Must show": 100,000 requests at random, 0 × 500."""
    only = os.environ.get("RANDOM_REQUESTS_SITTING")
    number = int(os.environ.get("RANDOM_REQUESTS", USUAL))
    sittings = [int(only)] if only else range(max(1, number // len(VISITORS) // A_SITTING))
    found = Found()
    for one in sittings:
        sit(one, visitor, staff, places, found)
    print(f"\n{visitor}: {found.statuses.total():,} requests, {dict(sorted(found.statuses.items()))}")
    assert not found.faults, found.told()

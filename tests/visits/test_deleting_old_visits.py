"""`manage.py delete_old_visits`: connections are thrown away by age, and first one may look (issue 10, point 10)."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from backoffice.models import Counter
from backoffice.records.actors import Actor, Door
from backoffice.records.recounting import recount_all
from customers import services
from customers.models import CustomerFigures, PageView, Visit
from customers.services import retention

DAY = dt.timedelta(days=1)


@pytest.fixture
def ada(customer):
    """She came 40 and 10 days ago."""
    ada, shop = customer(), Actor(staff=None, door=Door.SHOP)
    for days in (40, 10):
        arrival = services.Arrival(visitor=f"b{days}", page="/cables", customer=ada)
        services.view_page(arrival, by=shop, at=timezone.now() - days * DAY)
    return ada


def run(capsys, *options: str) -> str:
    call_command("delete_old_visits", *options)
    return capsys.readouterr().out


def test_a_dry_run_says_what_would_go_and_deletes_nothing(capsys, ada):
    told = run(capsys, "--days", "30", "--dry-run")
    assert told.startswith("1 connection from before ")
    assert told.endswith("; 1 would stay. Nothing was deleted.\n")
    assert Visit.objects.count() == 2


@pytest.mark.parametrize(
    ("days", "left", "told"),
    [("50", 2, "0 connections from"), ("30", 1, "1 connection from"), ("5", 0, "2 connections from")],
)
def test_what_is_older_goes_and_the_last_visit_stays_known(capsys, ada, days, left, told):
    """Decision 55: a stored figure survives the rows it came from."""
    last = CustomerFigures.objects.get(pk=ada.pk).last_visit_at
    assert run(capsys, "--days", days).startswith(told)
    assert (Visit.objects.count(), PageView.objects.count()) == (left, left)
    assert Counter.of("customers.visit").value == left
    assert CustomerFigures.objects.get(pk=ada.pk).last_visit_at == last
    assert list(recount_all(mend=False)) == []


def test_many_go_in_batches(capsys, ada, monkeypatch):
    monkeypatch.setattr(retention, "BLOCK", 1)
    assert run(capsys, "--days", "1").startswith("2 connections from before ")
    assert Visit.objects.count() == 0


@pytest.mark.parametrize("days", ["0", "-3", "40000", "abc"])
def test_a_number_of_days_that_makes_no_sense_is_refused(db, days):
    with pytest.raises(CommandError, match="a whole number of days from 1 to 36500, not “"):
        call_command("delete_old_visits", f"--days={days}")

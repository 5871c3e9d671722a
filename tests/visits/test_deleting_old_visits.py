"""`manage.py delete_old_visits`: connections are thrown away by age, and first one may look (issue 10, point 10)."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.models import Counter
from backoffice.records.actors import Actor, Door
from backoffice.records.recounting import recount_all
from customers import services
from customers.models import CustomerFigures, PageView, Visit, Visitor
from customers.services import retention
from customers.services.figures import open_figures

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


def test_a_file_that_knows_an_older_visit_takes_the_last_one_away_from_nobody(capsys, ada):
    """Decision 55: the file that had been imported before set it back by a year once the visit itself had gone."""
    came, now = CustomerFigures.objects.get(pk=ada.pk).last_visit_at, timezone.now()
    run(capsys, "--days", "5")
    for stated, last in ((now - 400 * DAY, came), (now - 2 * DAY, now - 2 * DAY), (came, now - 2 * DAY)):
        open_figures(ada.pk, last_visit_at=stated)
        assert CustomerFigures.objects.get(pk=ada.pk).last_visit_at == last
        assert list(recount_all(mend=False)) == []


def test_browsers_go_in_batches_and_none_that_comes_back_meanwhile(capsys, ada, monkeypatch):
    """Decision 55: all of thirteen months ago went in one statement."""
    monkeypatch.setattr(retention, "BLOCK", 1)
    with CaptureQueriesContext(connection) as asked:
        run(capsys, "--days", "5")
    gone = [one["sql"] for one in asked if one["sql"].startswith('DELETE FROM "customers_visitor"')]
    assert (len(gone), Visitor.objects.count()) == (2, 0)
    assert all('"seen_at" <' in one for one in gone)


@pytest.mark.parametrize("days", ["0", "-3", "40000", "abc"])
def test_a_number_of_days_that_makes_no_sense_is_refused(db, days):
    with pytest.raises(CommandError, match="a whole number of days from 1 to 36500, not “"):
        call_command("delete_old_visits", f"--days={days}")

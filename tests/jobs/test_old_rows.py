"""What grows without end goes by age, by the worker and by a command that says beforehand what would go."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from backoffice.models import Event
from backoffice.records import old_events
from backoffice.records.old_events import forget_old_events
from backoffice.registries import ageing, schedule

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def activity() -> None:
    """Lines of 800, 740, 40 and 1 days ago."""
    for days in (800, 740, 40, 1):
        Event.objects.create(kind="sign_in", target=f"{days} days", at=timezone.now() - days * DAY)


def left() -> list[str]:
    return list(Event.objects.order_by("at").values_list("target", flat=True))


def test_the_activity_goes_back_two_years(activity, settings):
    """Decision 50; a setting."""
    assert forget_old_events() == "2 lines of the activity deleted"
    assert left() == ["40 days", "1 days"]
    settings.EVENT_DAYS = 35
    assert forget_old_events() == "1 lines of the activity deleted"


def test_many_lines_go_in_blocks(activity, monkeypatch):
    monkeypatch.setattr(old_events, "BLOCK", 1)
    assert forget_old_events() == "2 lines of the activity deleted"


def test_a_setting_that_would_cover_a_trace_leaves_a_month(activity, settings):
    """S18: the Activity is only added to; who may change settings rubs nothing out."""
    settings.EVENT_DAYS = 0
    forget_old_events()
    assert left() == ["1 days"]


def test_the_command_says_beforehand_what_would_go_and_how_old(activity, capsys):
    call_command("delete_old_rows", "--dry-run")
    told = capsys.readouterr().out.splitlines()
    assert "2 lines of the activity older than 731 days (EVENT_DAYS) would be deleted." in told
    assert told[-1] == "Nothing was deleted."
    assert len(left()) == 4
    call_command("delete_old_rows")
    assert "2 lines of the activity deleted." in capsys.readouterr().out.splitlines()
    assert len(left()) == 2


def test_all_that_decisions_50_and_55_name_goes_daily_by_its_setting(settings):
    assert {entry.setting: getattr(settings, entry.setting) for entry in ageing} == {
        "JOB_DAYS": 90,
        "UNDO_DAYS": 30,
        "EVENT_DAYS": 731,
        "VISIT_DAYS": 396,
        "PAGE_VIEW_DAYS": 92,
        "MAIL_DAYS": 731,
        "CART_EVENT_DAYS": 396,
    }
    daily = {entry.function for entry in schedule if entry.every == 24 * 3600}
    assert {entry.function for entry in ageing} <= daily

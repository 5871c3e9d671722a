"""The ways of looking at tasks: one's own, all that are open, all, and the calendar (S3.36)."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from backoffice.screen.links import link

CALENDAR = "calendar"
OPEN = {"status": "open"}
DUE_FIRST = {"sort": "due_on"}


def mine_open(staff) -> dict[str, str]:
    """What the list of one's own tasks is asked for."""
    return {"assignee": str(staff.pk), **OPEN}


def tabs_of(staff, shown: dict[str, str] | str) -> list[dict]:
    """The tabs for this person; `shown` are the filters in force, or CALENDAR."""
    lists = (
        (_("My tasks"), mine_open(staff)),
        (_("All open"), OPEN),
        (_("All tasks"), {}),
    )
    return [
        *(_tab(title, link("tasks_list") + _query(asked), shown == asked) for title, asked in lists),
        _tab(_("Calendar"), link("tasks_calendar"), shown == CALENDAR),
    ]


def tabs(page) -> list[dict]:
    """The tabs over the list."""
    filters = page.filterset.filters
    return tabs_of(
        page.staff, {name: page.params.get(name) for name in page.filterset.given() if name in filters}
    )


def _query(asked: dict[str, str]) -> str:
    """What is due first comes first, where it is still to be done."""
    return "?" + urlencode({**asked, **DUE_FIRST}) if asked else ""


def _tab(title: str, url: str, current: bool) -> dict:
    return {"title": title, "url": url, "current": current}

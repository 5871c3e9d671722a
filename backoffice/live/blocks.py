"""The blocks of a page that follow, and how the page asks for them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest

from ..sections import Panel, Related, Section, with_added_panels
from .versions import VERSIONS, packed

# Seconds from one question of a page to its next (static/js/live.js).
EVERY = 2.0


def following(panels: Iterable[Panel | Related]) -> list[Panel]:
    """Those of these blocks that follow."""
    return [one for one in panels if isinstance(one, Panel) and one.version]


def following_on(section: Section) -> list[Panel]:
    """The blocks of a record's page that follow, its heading and those of apps above included."""
    return following((_heading_of(section), *with_added_panels(section, section.page.panels)))


def _heading_of(section: Section) -> Panel:
    """What stands over the page as one block; what it tells is read aloud where the other blocks tell it."""

    def content(record: Model, staff) -> dict[str, Any]:
        told = section.page.heading(record, staff) if section.page.heading else {}
        return {"page_title": str(record), **told, "news": None}

    return Panel(
        name="heading",
        title=section.titles.one,
        template="backoffice/live/heading.html",
        content=content,
        side="head",
        version=section.page.version,
    )


def seen_by(panels: Iterable[Panel], staff) -> list[Panel]:
    """Those that this person may see."""
    return [one for one in panels if not one.right or staff.has_perm(one.right)]


def asking(
    request: HttpRequest,
    url: str,
    versions: Mapping[str, str],
    news: Mapping[str, str] | None = None,
    *,
    back: str = "",
) -> dict[str, Any]:
    """What the template of a page needs to follow: the address to ask, which knows how the page was asked for, from
    which list (`back`), and what it shows; and what is read of each block to who does not see it."""
    params = request.GET.copy()
    if back:
        params["back"] = back
    params[VERSIONS] = packed(versions)
    return {"url": f"{url}?{params.urlencode()}", "news": news or {}, "streams": settings.LIVE_STREAM}

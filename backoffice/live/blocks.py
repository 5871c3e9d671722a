"""The blocks of a page that follow, and how the page asks for them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ..sections import Panel, Related, Section, with_added_panels
from .versions import VERSIONS, packed

# Seconds from one question of a page to its next (static/js/live.js).
EVERY = 2.0


def following(panels: Iterable[Panel | Related]) -> list[Panel]:
    """Those of these blocks that follow."""
    return [one for one in panels if isinstance(one, Panel) and one.version]


def following_on(section: Section) -> list[Panel]:
    """The blocks of a record's page that follow, those of apps above included."""
    return following(with_added_panels(section, section.page.panels))


def seen_by(panels: Iterable[Panel], staff) -> list[Panel]:
    """Those that this person may see."""
    return [one for one in panels if not one.right or staff.has_perm(one.right)]


def asking(
    request: HttpRequest, url: str, versions: Mapping[str, str], said: str = "", *, back: str = ""
) -> dict[str, Any]:
    """What the template of a page needs to follow: the address to ask, which knows how the page was asked for, from
    which list (`back`), and what it shows; and what is read to who does not see it."""
    params = request.GET.copy()
    if back:
        params["back"] = back
    params[VERSIONS] = packed(versions)
    return {"url": f"{url}?{params.urlencode()}", "said": said, "streams": settings.LIVE_STREAM}

"""Views that an open page asks by itself, again and again: what is special about them.

They keep no sign-in from running out (S14), and what a role may is remembered for some seconds (RightsMiddleware).
Where nothing changed, that is all the answer, and it costs as little as can be (FollowMiddleware).
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol, TypeVar

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve

from ..access.rights import HasRights, rule_of
from ..database.limits import PAGE, limited
from ..staff.recalled import recall_person

View = TypeVar("View", bound=Callable)
SESSION_KEY = re.compile(r"[a-z0-9]{8,40}")


class Unchanged(Protocol):
    """Whether a page that was asked for like this shows what it would show now to somebody who may ask for it."""

    def __call__(self, staff: HasRights, asked: QueryDict, **at: int) -> bool: ...


def polled(unchanged: Unchanged) -> Callable[[View], View]:
    """Nobody pressed anything to ask for this; `unchanged` says without more ado whether there is anything to tell."""

    def mark(view: View) -> View:
        view.is_polled, view.unchanged = True, unchanged  # type: ignore[attr-defined]
        return view

    return mark


def is_unchanged(request: HttpRequest) -> bool:
    """Whether a page asks that follows, for somebody who may, and shows what there is.

    False also where anything is out of the ordinary: the way that all requests go finds out what.
    """
    asks = (
        request.method == "GET" and request.path_info.endswith("/live/") and "HX-Request" in request.headers
    )
    return asks and shows_what_there_is(request)


def shows_what_there_is(request: HttpRequest) -> bool:
    """Whether the page that asks by this address shows what there is, to somebody who may see it."""
    session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not SESSION_KEY.fullmatch(session_key or ""):
        return False
    try:
        return _is_unchanged(resolved(request.path_info, settings.ROOT_URLCONF), session_key, request.GET)
    except (Resolver404, Error):
        return False


@limited(PAGE)
def _is_unchanged(match: ResolverMatch, session_key: str, asked: QueryDict) -> bool:
    unchanged, rule = getattr(match.func, "unchanged", None), rule_of(match.func, match)
    if unchanged is None or rule is None:
        return False
    person = recall_person(session_key)
    return person is not None and rule.admits(person) and unchanged(person, asked, **match.kwargs)


resolved = lru_cache(maxsize=2_000)(resolve)

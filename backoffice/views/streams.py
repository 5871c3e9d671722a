"""Lines that pages which follow hold open (LIVE_STREAM): each says once that there is something to ask for, and ends.

What there is the page asks for as ever, so rights, blocks and words are in one place. One thread of a process looks
for all its lines four times a second; whoever is signed out or switched off has something to ask for, too.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import structlog
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import HttpRequest

from ..live.memory import SECONDS
from .polled import shows_what_there_is

log = structlog.get_logger(__name__)
# A line ends after so many seconds, before a proxy cuts it; the page opens another one.
LONGEST = 25
MOST = 1_000
TYPE = b"text/event-stream"
_AGAIN = b"retry: 1000\n\n"
_TOLD = b"data: changed\n\n"
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="streams")
_watched: dict[asyncio.Future, HttpRequest] = {}
_looking: asyncio.Task | None = None


def asks_for_stream(scope: dict[str, Any]) -> bool:
    """Whether a page asks to be told."""
    headers = scope.get("headers", ())
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and scope["path"].endswith("/live/")
        and (b"accept", TYPE) in [(name.lower(), value) for name, value in headers]
    )


async def stream(scope, receive, send) -> None:
    """Hold the line until there is something to tell, the page is gone or the time is over; 503 for one too many."""
    busy = len(_watched) >= MOST
    headers = [(b"content-type", TYPE), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": 503 if busy else 200, "headers": headers})
    if not busy:
        await send({"type": "http.response.body", "body": _AGAIN, "more_body": True})
        told, gone = _watch(ASGIRequest(scope, BytesIO())), asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait((told, gone), timeout=LONGEST, return_when=asyncio.FIRST_COMPLETED)
            if told.done():
                await send({"type": "http.response.body", "body": _TOLD, "more_body": True})
        finally:
            _watched.pop(told, None)
            gone.cancel()
    await send({"type": "http.response.body", "body": b""})


async def _gone(receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _watch(request: HttpRequest) -> asyncio.Future:
    global _looking
    told = asyncio.get_running_loop().create_future()
    _watched[told] = request
    if _looking is None or _looking.done():
        _looking = asyncio.create_task(_look())
    return told


async def _look() -> None:
    """Tell whom there is something to tell, while anybody holds a line."""
    while _watched:
        lines = list(_watched.items())
        asked = [request for _told, request in lines]
        changed = await asyncio.get_running_loop().run_in_executor(_thread, _look_once, asked)
        for (told, _request), has_changed in zip(lines, changed, strict=True):
            if has_changed and not told.done():
                told.set_result(None)
                _watched.pop(told, None)
        await asyncio.sleep(SECONDS)


def _look_once(asked: list[HttpRequest]) -> list[bool]:
    close_old_connections()
    try:
        return have_news(asked)
    finally:
        close_old_connections()


def have_news(asked: list[HttpRequest]) -> list[bool]:
    """For each of these pages whether there is anything to ask for; one that breaks asks, too, and is told why."""
    return [_has_news(one) for one in asked]


def _has_news(request: HttpRequest) -> bool:
    try:
        return not shows_what_there_is(request)
    except Exception:
        log.exception("stream_failed")
        return True

"""Lines that pages hold open where LIVE_STREAM is on (issue 10, 5): what is told, to whom, and when they end."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from asgiref.testing import ApplicationCommunicator
from django.contrib.sessions.models import Session
from django.core.handlers.asgi import ASGIRequest

from backoffice.asgi import application
from backoffice.live import memory
from backoffice.views import streams


def line_for(address, cookie="", accept=streams.TYPE):
    """How an ASGI server puts the request of a page that would hold a line."""
    path, _, query = address.partition("?")
    headers = [(b"host", b"testserver"), (b"accept", accept), (b"cookie", cookie.encode())]
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": headers,
        "client": ("127.0.0.1", 50_000),
    }


async def told(line, seconds=5):
    """Status and text of the whole answer."""
    await line.send_input({"type": "http.request"})
    start = await line.receive_output(seconds)
    text = b""
    while True:
        part = await line.receive_output(seconds)
        text += part["body"]
        if not part.get("more_body"):
            return start["status"], text.decode()


def answer_of(steps):
    """What the coroutine returns; in a thread of its own, since an open browser holds the loop of this one."""
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(asyncio.run, steps).result()


@pytest.fixture
def news(monkeypatch):
    """`news.clear()`: there is nothing to tell; an address in it has news."""
    addresses = set()
    monkeypatch.setattr(streams, "shows_what_there_is", lambda request: request.path_info not in addresses)
    return addresses


def test_a_line_says_once_that_there_is_news_and_ends(news):
    async def hold():
        held, other = (ApplicationCommunicator(application, line_for(f"/carts/{pk}/live/")) for pk in (1, 2))
        await other.send_input({"type": "http.request"})
        asyncio.get_running_loop().call_later(0.3, news.add, "/carts/1/live/")
        began = time.monotonic()
        found = await told(held)
        waited = time.monotonic() - began
        silent = len(streams._watched)
        await other.send_input({"type": "http.disconnect"})
        await other.wait()
        return found, waited, silent, len(streams._watched)

    found, waited, silent, left = answer_of(hold())
    assert found == (200, "retry: 1000\n\ndata: changed\n\n")
    assert 0.3 <= waited < 3
    assert (silent, left) == (1, 0)


def test_a_line_without_news_ends_before_a_proxy_cuts_it(news, monkeypatch):
    monkeypatch.setattr(streams, "LONGEST", 0.2)
    line = ApplicationCommunicator(application, line_for("/carts/1/live/"))
    assert answer_of(told(line)) == (200, "retry: 1000\n\n")
    assert streams.LONGEST < 30
    assert streams._watched == {}


def test_one_line_too_many_is_refused(news, monkeypatch):
    """The page asks every two seconds instead."""
    monkeypatch.setattr(streams, "MOST", 0)
    line = ApplicationCommunicator(application, line_for("/carts/1/live/"))
    assert answer_of(told(line)) == (503, "")


def test_all_else_is_answered_as_by_the_other_entry():
    for accept in (b"text/html", streams.TYPE):
        found = answer_of(told(ApplicationCommunicator(application, line_for("/alive/", accept=accept))))
        assert found[0] == 200


def test_the_server_may_start_and_stop():
    async def steps():
        server = ApplicationCommunicator(application, {"type": "lifespan"})
        said = []
        for step in ("startup", "shutdown"):
            await server.send_input({"type": f"lifespan.{step}"})
            said.append((await server.receive_output())["type"])
        await server.wait()
        return said

    assert answer_of(steps()) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_a_page_whose_question_breaks_disturbs_no_other(monkeypatch):
    """It asks by itself and gets the answer of ever; the others go on being told of theirs."""

    def shows(request):
        if request.path_info == "/broken/live/":
            raise RuntimeError("broken")
        return True

    monkeypatch.setattr(streams, "shows_what_there_is", shows)
    pages = [ASGIRequest(line_for(f"/{name}/live/"), BytesIO()) for name in ("broken", "carts")]
    assert streams.have_news(pages) == [True, False]


class TestWhoIsTold:
    """G34, S14: the line says nothing of what there is; who may not ask any more is told to ask, and learns it so."""

    @pytest.fixture
    def asked(self, client_of, owner, customer, asked_by):
        client = client_of(owner)
        address = asked_by(client.get(f"/customers/{customer().pk}/"))
        return ASGIRequest(line_for(address, f"sessionid={client.cookies['sessionid'].value}"), BytesIO())

    def test_nothing_while_the_page_shows_what_there_is(self, asked):
        assert streams.have_news([asked]) == [False]

    def test_to_ask_when_the_session_has_ended(self, asked):
        Session.objects.all().delete()
        memory.forget()
        assert streams.have_news([asked]) == [True]

    def test_to_ask_when_somebody_was_switched_off(self, asked, owner):
        type(owner).objects.filter(pk=owner.pk).update(is_active=False)
        memory.forget()
        assert streams.have_news([asked]) == [True]

    @pytest.mark.parametrize("cookie", ["", "sessionid=nobody", "sessionid=" + 40 * "a"])
    def test_a_stranger_to_ask_at_once(self, asked, cookie):
        stranger = ASGIRequest(line_for(asked.get_full_path(), cookie), BytesIO())
        assert streams.have_news([stranger, asked]) == [True, False]


@pytest.mark.parametrize("is_on", [True, False])
def test_a_page_holds_a_line_only_where_the_setting_says_so(settings, client_of, owner, customer, is_on):
    settings.LIVE_STREAM = is_on
    page = client_of(owner).get(f"/customers/{customer().pk}/")
    assert ("data-streams" in page.text) is is_on

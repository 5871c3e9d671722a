"""Fixtures: pages in a real Chromium, signed in or not, whose complaints fail the test, and the accessibility check."""

import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, Page, sync_playwright

from dev import find_chromium

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
SETTLED = "Promise.allSettled(document.getAnimations().map((one) => one.finished))"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
MILLISECONDS_TO_APPEAR = 10_000


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that asks for a browser, so that `-m browser` needs no list."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for each test process. Without one the test is skipped, and fails where CI is set."""
    path = find_chromium(os.environ)
    if path is None:
        without = pytest.fail if os.environ.get("CI") else pytest.skip
        without("no Chromium: sudo apt-get install chromium libatomic1, or set CHROMIUM to a browser's path")
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Console:
    """What the pages of one test complained about: script errors, broken policy, dialogs, requests to other hosts."""

    def __init__(self, own_address: str) -> None:
        self.own_address = own_address
        self.complaints: list[str] = []
        self.foreseen: list[str] = []

    def foresee(self, text: str) -> None:
        """A complaint that contains this text belongs to the test, such as "status of 404" where a page is missing."""
        self.foreseen.append(text)

    def watch(self, page: Page) -> None:
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("dialog", self._dismiss)
        page.on("request", lambda request: self._look_at(request.url))

    def _dismiss(self, dialog) -> None:
        if dialog.type != "beforeunload":
            self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _look_at(self, url: str) -> None:
        if not url.startswith((self.own_address, "data:", "blob:", "about:")):
            self.complaints.append(f"request to another host: {url}")

    def unforeseen(self) -> list[str]:
        return [text for text in self.complaints if not any(part in text for part in self.foreseen)]


@pytest.fixture
def console(live_server) -> Iterator[Console]:
    """The complaints of this test's pages; at its end none may be left that it did not foresee."""
    console = Console(live_server.url)
    yield console
    assert console.unforeseen() == []


@pytest.fixture
def answering(live_server) -> Iterator[dict[int, str]]:
    """The path that each thread of the live server is answering; streams of events are left out, they do not end."""
    paths = {}

    def begin(sender, environ=None, **_):
        if issubclass(sender, WSGIHandler) and "event-stream" not in environ.get("HTTP_ACCEPT", ""):
            paths[threading.get_ident()] = environ["PATH_INFO"]

    def end(sender, **_):
        paths.pop(threading.get_ident(), None)

    request_started.connect(begin)
    request_finished.connect(end)
    yield paths
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture
def new_page(chromium, live_server, console, answering) -> Iterator[Callable[..., Page]]:
    """`new_page(width=375, theme="dark")`: a page with cookies of its own; addresses start at `/`."""
    cache.clear()  # what earlier tests did counts towards no throttle of this one
    contexts = []

    def new_page(
        *,
        width: int = 1440,
        height: int = 900,
        theme: str = "light",
        language: str = "en",
        scripts: bool = True,
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            locale=language,
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        contexts.append(context)
        context.set_default_timeout(MILLISECONDS_TO_APPEAR)
        page = context.new_page()
        console.watch(page)
        return page

    yield new_page
    for context in contexts:
        context.close()
    # A change still at work would meet the database being emptied, and its rows the next test.
    give_up = time.monotonic() + MILLISECONDS_TO_APPEAR / 1000
    while answering and time.monotonic() < give_up:
        time.sleep(0.01)
    assert not answering


@pytest.fixture
def page(new_page) -> Page:
    """A page of nobody in particular."""
    return new_page()


@pytest.fixture
def signed_in_page(new_page, live_server, client_of) -> Callable[..., Page]:
    """`signed_in_page(owner, width=375)`: a page of a member of staff, who need not type a password."""

    def signed_in_page(staff, **look) -> Page:
        page = new_page(**look)
        session = client_of(staff).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        return page

    return signed_in_page


def _only(kind: str, names: list[str]) -> dict:
    return {"runOnly": {"type": kind, "values": names}, "resultTypes": ["violations"]}


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)` gives what breaks WCAG 2.2 A and AA on the page as it stands, a line each; nothing is the aim.

    What has to do with colours is looked at in the other theme, too.
    """

    def axe(page: Page) -> list[str]:
        own, other = ("dark", "light") if page.evaluate(IS_DARK) else ("light", "dark")
        # What is still fading has not its colours yet.
        page.evaluate(SETTLED)
        found = Axe().run(page, options=_only("tag", WCAG)).response["violations"]
        page.emulate_media(color_scheme=other)
        page.evaluate(SETTLED)
        found += page.evaluate("(options) => axe.run(options)", _only("rule", COLOURS))["violations"]
        page.emulate_media(color_scheme=own)
        return [
            f"{violation['id']}: {node['html'][:200]} ({node.get('failureSummary', '')})"
            for violation in found
            for node in violation["nodes"]
        ]

    return axe

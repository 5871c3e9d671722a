"""Every URL × every role × every method (decisions.md, Rights; G14–G16, G20, G28, G30).

The URLs come from the resolver, the expected answers from the table in rights_table.py, which is written by hand: it
cannot agree with a wrong rule. A new URL without a line there fails here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, partial

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.urls.resolvers import RegexPattern
from django.utils import timezone

from backoffice import urls
from backoffice.access.rights import LIBRARY_RULES, Rule
from backoffice.access.roles import Role
from backoffice.access.scopes import Scope
from backoffice.records.actors import Actor
from backoffice.sections import all_sections, explanations_of, section_named
from backoffice.staff.api_tokens.services import create_token
from backoffice.staff.models import StaffMember
from customers.models import Customer
from customers.services import hide_customer
from tests.reading import List
from tests.rights_table import ADMITTED, NOBODY, line_of

pytestmark = pytest.mark.alike

READING = ("GET", "HEAD", "OPTIONS")
OTHER_METHODS = ("PUT", "PATCH", "DELETE")
API = "/api/"
# What a page may write although it is only read: its session, the throttle's counts, the line that says who exported.
MAY_BE_WRITTEN = ("django_session", "cache_entries", "backoffice_event")
WRITING = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
SECRETS = ("md5$", "argon2$", "pbkdf2_sha256$", "scrypt$")


@dataclass(frozen=True)
class Url:
    """One URL pattern: its whole route, its name and its rule."""

    route: str
    name: str
    rule: Rule | None
    pattern: URLPattern


def every_url() -> list[Url]:
    def walk(patterns, before, spaces):
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                space = [pattern.namespace] if pattern.namespace else []
                yield from walk(pattern.url_patterns, route, spaces + space)
            else:
                name = ":".join([*spaces, pattern.name or ""])
                rule = getattr(pattern.callback, "rule", None) or LIBRARY_RULES.get(name)
                yield Url(route, name, rule, pattern)

    return list(walk(get_resolver().url_patterns, "/", []))


def each_of(some: list[Url]):
    return pytest.mark.parametrize("url", some, ids=[url.name or url.route for url in some])


# The API opens to tokens: tests/api/test_door.py says to which, and here that nothing else opens it.
OF_PAGES, OF_API = [], []
for _url in every_url():
    (OF_API if _url.rule and _url.rule.by_token else OF_PAGES).append(_url)
EVERY_URL = [*OF_PAGES, *OF_API]
each_url = each_of(OF_PAGES)
each_url_of_api = each_of(OF_API)
OPEN = {line for line, admitted in ADMITTED.items() if NOBODY in admitted}
each_open_url = each_of([url for url in OF_PAGES if url.name in OPEN])
each_closed_url = each_of([url for url in OF_PAGES if url.name not in OPEN])


# A pattern whose parts nobody could guess: an address for it, by name.
BY_NAME = {"account_reset_password_from_key": "/password/reset/key/1-abc/"}
CHOICES = re.compile(r"\(\?P<\w+>((?:\w+\|)*\w+)\)")


@dataclass(frozen=True)
class Address:
    """An address that a URL matches, and its lines in the table: of asking for it, and of sending something to it."""

    path: str
    asked: str
    sent: str

    def admits(self, role: str, method: str) -> bool:
        """Whether the table lets this role in; who may do something may ask for it too."""
        return role in ADMITTED[self.asked] and (method != "POST" or role in ADMITTED[self.sent])


def addresses_of(url: Url, records: Mapping[str, int]) -> list[Address]:
    """Addresses that the pattern matches: one, or as many as it names values, switches and actions."""
    slug, _, page = url.name.partition("_")
    section, see = section_named(slug), f"{slug}: see"
    pk = records.get(url.route.split("/")[1].removeprefix("^"), 1)
    route = url.route.replace("<int:pk>", str(pk))
    if "<int:entry>" in route:
        route = route.replace("<int:entry>", str(records["entry"]))
    if section and page == "action":
        return [
            Address(route.replace("<slug:name>", name), see, f"{slug}: action {name}")
            for name in actions_of(section)
        ]
    if section and page == "explained":
        names = [one.name for one in explanations_of(section)]
        return [Address(route.replace("<slug:name>", name), see, see) for name in names]
    if isinstance(url.pattern.pattern, RegexPattern):
        paths = paths_of(BY_NAME.get(url.name, route), pk)
    else:
        paths = [re.sub(r"<(?:\w+:)?\w+>", "1", route)]
    if section and page == "toggle":
        return [Address(path, see, f"{slug}: switch {path.split('/')[-2]}") for path in paths]
    return [Address(path, line_of(url.name), line_of(url.name)) for path in paths]


def paths_of(route: str, pk: int) -> list[str]:
    """The addresses of a regular expression: one for each of the values it names."""
    route = route.replace("^", "").replace("$", "").replace(r"(?P<pk>[0-9]{1,19})", str(pk))
    named = CHOICES.search(route)
    return [route.replace(named.group(), value) for value in named.group(1).split("|")] if named else [route]


def actions_of(section) -> list[str]:
    """The names of what a section's list can do to many."""
    return [action.name for action in section.actions] + (["delete"] if section.delete_ways else [])


class Records(Mapping):
    """Numbers of records by what they are of; each is made when it is first asked for."""

    def __init__(self, makers: dict[str, Callable[[], Model]]) -> None:
        self.makers = {kind: cache(make) for kind, make in makers.items()}

    def __getitem__(self, kind: str) -> int:
        return self.makers[kind]().pk

    def __iter__(self) -> Iterator[str]:
        return iter(self.makers)

    def __len__(self) -> int:
        return len(self.makers)


@pytest.fixture
def records(one_of, hire) -> Records:
    """A record of each section, by slug; a person for the staff pages; a history entry."""
    made = {section.slug: cache(partial(one_of, section.slug)) for section in all_sections()}
    return Records(
        {
            **made,
            "entry": lambda: made["customers"]().history.first(),
            "staff": lambda: hire("viewer", email="somebody@example.com"),
            "api-tokens": lambda: create_token("Till", Scope.values, by=Actor.command())[0],
        }
    )


@pytest.fixture(autouse=True)
def no_throttle(settings):
    """Thousands of sign-in attempts are made here."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


def ask(client: Client, method: str, address: str, **said):
    """One request whose changes are undone; returns the answer and the names of the tables written to."""
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        answer = client.generic(method, address, content_type="application/x-www-form-urlencoded", **said)
        if answer.streaming:
            list(answer.streaming_content)
        transaction.set_rollback(True)
    written = {found.group(1) for query in queries if (found := WRITING.match(query["sql"]))}
    return answer, written - set(MAY_BE_WRITTEN)


def goes_to_sign_in(answer) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/login/")


@each_url
def test_it_has_a_rule(url):
    """G28: closed unless opened; a URL that nobody thought about fails the build."""
    assert url.rule is not None


@pytest.fixture(scope="module")
def lines_in_use() -> set[str]:
    """The lines of the table that the product's addresses ask for."""
    numbers = {"entry": 1}
    return {
        line
        for url in OF_PAGES
        for address in addresses_of(url, numbers)
        for line in (address.asked, address.sent)
    }


def test_every_url_switch_and_action_stands_in_the_table(lines_in_use):
    """Code finding C18: who may is written by hand for each, from decisions.md, before it can be tested."""
    assert lines_in_use - ADMITTED.keys() == set()


def test_every_line_of_the_table_is_somewhere_in_the_product(lines_in_use):
    """A right that nothing asks for any more is taken out of the table."""
    assert ADMITTED.keys() - lines_in_use == {"customers: see the hidden", "addresses: see the hidden"}


def test_the_open_ones_are_known():
    """Decision 31, G18: no further URL answers to nobody in particular."""
    assert {url.name for url in EVERY_URL if url.rule and url.rule.open} == OPEN


def test_rules_name_rights_that_exist(roles):
    from django.contrib.auth.models import Permission

    stored = Permission.objects.values_list("content_type__app_label", "codename")
    known = {f"{app}.{codename}" for app, codename in stored}
    asked = {right for url in EVERY_URL if url.rule for right in url.rule.rights}
    assert asked - known == set()


def test_no_rule_is_left_over():
    assert set(LIBRARY_RULES) - {url.name for url in EVERY_URL} == set()


def test_a_url_without_a_rule_lets_nobody_in(owner, client_of, monkeypatch):
    """G28."""
    from django.http import HttpResponse
    from django.urls import clear_url_caches

    forgotten = path("forgotten/", lambda request: HttpResponse("secret"), name="forgotten")
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, forgotten])
    clear_url_caches()
    assert client_of(owner).get("/forgotten/").status_code == 403
    assert Client().get("/forgotten/").status_code == 403
    monkeypatch.undo()
    clear_url_caches()


@each_closed_url
def test_nobody_in_particular_is_led_to_sign_in(url, records):
    """Decisions, Rights: anonymous 302, API 401; before anything else, and nothing is written."""
    for address in addresses_of(url, records):
        for method in (*READING, "POST", *OTHER_METHODS):
            answer, written = ask(Client(), method, address.path)
            assert goes_to_sign_in(answer), (method, address, answer.status_code)
            assert written == set(), (method, address)


@each_url_of_api
def test_the_api_opens_to_no_cookie(url, owner, client_of):
    """Decisions, Rights: API 401; G10: also for who is signed in as staff. Nothing is written."""
    path = re.sub(r"<(?:\w+:)?\w+>", "1", url.route)
    assert path.startswith(API)
    for client in (Client(), client_of(owner)):
        for method in (*READING, "POST", *OTHER_METHODS):
            answer, written = ask(client, method, path)
            may_be_read = client.cookies and url.name == "api_description"
            refused = (405, 200) if may_be_read else (401, 405) if url.name == "api_description" else (401,)
            assert answer.status_code in refused, (method, path)
            assert written == set(), (method, path)


@each_open_url
def test_open_pages_answer_anybody_and_read_only_when_asked_to(url, records):
    for address in addresses_of(url, records):
        for method in (*READING, "POST", *OTHER_METHODS):
            answer, written = ask(Client(), method, address.path)
            assert answer.status_code in (200, 302, 400, 404, 405), (method, address, answer.status_code)
            if method != "POST":
                assert written == set(), (method, address)
            if method in OTHER_METHODS:
                assert answer.status_code == 405, (method, address)


@each_url
def test_each_role_gets_what_the_table_says(url, records, hire, client_of):
    """Decisions, Rights: without the right 403; with it never 403, never sign-in; reading never writes."""
    people = [hire(role) for role in Role.values]
    for address in addresses_of(url, records):
        for person in people:
            signed_in = client_of(person).cookies
            for method in (*READING, "POST", *OTHER_METHODS):
                client = Client()
                client.cookies = deepcopy(signed_in)
                answer, written = ask(client, method, address.path)
                told = (method, address, person.role, answer.status_code)
                check(answer, written, address, method, person.role, told)


def check(answer, written, address: Address, method: str, role: str, told: tuple):
    """What somebody of that role may be answered."""
    if method != "POST":
        assert written == set(), told
    if not address.admits(role, method):
        assert answer.status_code == 403, told
        assert written == set(), told
    elif method in OTHER_METHODS:
        assert answer.status_code == 405, told
    else:
        assert answer.status_code in (200, 204, 302, 400, 404, 405, 409, 422), told
        assert address.asked == "account_logout" or not goes_to_sign_in(answer), told


@pytest.mark.parametrize("role", Role.values)
def test_who_is_hidden_is_there_for_those_of_the_table_only(role, records, hire, client_of):
    """Decision 19, Rights: for everybody else their page is not there, and no list knows of them."""
    hidden = Customer.objects.get(pk=records["customers"])
    hide_customer(hidden, by=Actor.command())
    client = client_of(hire(role))
    sees = role in ADMITTED["customers: see the hidden"]
    page = client.get(f"/customers/{hidden.pk}/")
    listed = List(client.get("/customers/?deleted=only")).ids
    others = list(Customer.objects.here().order_by("-pk").values_list("pk", flat=True))
    assert (page.status_code, listed) == ((200, [hidden.pk]) if sees else (404, others))


@pytest.mark.parametrize("role", Role.values)
def test_a_retired_address_is_there_for_those_of_the_table_only(role, records, hire, client_of):
    """Facts 6.6, decision 19: it left lists and choices; who may delete finds it, to bring it back."""
    key = records["addresses"]
    section_named("addresses").model.objects.filter(pk=key).update(deleted=True, deleted_at=timezone.now())
    client = client_of(hire(role))
    sees = role in ADMITTED["addresses: see the hidden"]
    page = client.get(f"/addresses/{key}/")
    listed = List(client.get("/addresses/?deleted=only")).ids
    assert (page.status_code, listed) == ((200, [key]) if sees else (404, []))


@each_url
def test_nothing_is_changed_without_a_token(url, records, owner):
    """G10, G11: every change is a POST with a token."""
    for address in addresses_of(url, records):
        client = Client(enforce_csrf_checks=True)
        client.force_login(owner)
        answer, written = ask(client, "POST", address.path)
        assert (answer.status_code, written) == (403, set()), address


@each_url
def test_no_page_shows_a_secret(url, records, owner, client_of):
    """G26: no password, no session, no key of anybody's on any page."""
    client = client_of(owner)
    session = client.cookies["sessionid"].value
    hashes = list(StaffMember.objects.values_list("password", flat=True))
    for address in addresses_of(url, dict(records)):
        answer = client.get(address.path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        shown = body.decode(errors="replace")
        for secret in (*SECRETS, *hashes, session):
            assert secret not in shown, address

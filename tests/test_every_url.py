"""Every URL × every role × every method (decisions.md, Rights; G14–G16, G20, G28, G30).

The URLs come from the resolver, the expected answers from each URL's rule: a new URL without a rule fails here.
"""

import re
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.urls.resolvers import RegexPattern

from backoffice import urls
from backoffice.access.rights import LIBRARY_RULES, Rule
from backoffice.access.roles import Role
from backoffice.records.actors import Actor
from backoffice.sections import all_sections, section_named
from backoffice.staff.models import StaffMember
from customers.services.people import add_customer
from groups.models import Group

READING = ("GET", "HEAD", "OPTIONS")
OTHER_METHODS = ("PUT", "PATCH", "DELETE")
API = "/api/"
# Who may ask without being signed in (decision 31).
OPEN = {
    "health",
    "account_login",
    "account_logout",  # somebody may stop before the second factor
    "account_signup",  # answers 404
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
}
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


EVERY_URL = every_url()
each_url = each_of(EVERY_URL)
each_open_url = each_of([url for url in EVERY_URL if url.rule and url.rule.open])
each_closed_url = each_of([url for url in EVERY_URL if not (url.rule and url.rule.open)])


# Patterns by regular expression say nothing about their values: one address for each, by name.
BY_EXPRESSION = {
    "customers_consent": [f"/customers/{{pk}}/consents/{kind}/" for kind in ("newsletter", "partner_offers")],
    "account_reset_password_from_key": ["/password/reset/key/1-abc/"],
    "customers_toggle": [
        f"/customers/{{pk}}/toggle/{field}/" for field in ("active", "newsletter", "partner_offers")
    ],
}
# Rights that a view asks for beyond its rule, when something is sent to it.
FINER = {
    "/toggle/active/": "customers.change_customer",
    "/toggle/newsletter/": "customers.consent_customer",
    "/toggle/partner_offers/": "customers.consent_customer",
}


def addresses_of(url: Url, records: dict) -> list[tuple[str, str]]:
    """Addresses that the pattern matches, each with the right asked for beyond the rule ("" when there is none)."""
    slug = url.route.split("/")[1].removeprefix("^")
    pk = records.get(slug, 1)
    if isinstance(url.pattern.pattern, RegexPattern):
        routes = [route.format(pk=pk) for route in BY_EXPRESSION[url.name]]
    else:
        route = url.route.replace("<int:pk>", str(pk)).replace("<int:entry>", str(records["entry"]))
        section = section_named(slug)
        if url.name.endswith("_action") and section:
            return [(route.replace("<slug:name>", action.name), action.right) for action in section.actions]
        routes = [re.sub(r"<(?:\w+:)?\w+>", "1", route)]
    return [
        (found, next((right for end, right in FINER.items() if found.endswith(end)), "")) for found in routes
    ]


@pytest.fixture
def records(hire) -> dict:
    """The number of one record of each section, by slug; a person for the staff pages; a history entry."""
    group = Group.objects.first()
    customer = add_customer(
        {
            "last_name": "DOE",
            "first_name": "John",
            "email": "pub@example.com",
            "password": "0123456789",
            "groups": [group],
            "default_group": group,
        },
        by=Actor.command(),
    )
    found = {
        section.slug: one.pk for section in all_sections() if (one := section.rows().order_by("pk").first())
    }
    return {
        **found,
        "customers": customer.pk,
        "entry": customer.history.first().pk,
        "staff": hire("viewer", email="somebody@example.com").pk,
    }


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
    for address, _finer in addresses_of(url, records):
        for method in (*READING, "POST", *OTHER_METHODS):
            answer, written = ask(Client(), method, address)
            if address.startswith(API):
                assert answer.status_code == 401, (method, address)
            else:
                assert goes_to_sign_in(answer), (method, address, answer.status_code)
            assert written == set(), (method, address)


@each_open_url
def test_open_pages_answer_anybody_and_read_only_when_asked_to(url, records):
    for address, _finer in addresses_of(url, records):
        for method in (*READING, "POST", *OTHER_METHODS):
            answer, written = ask(Client(), method, address)
            assert answer.status_code in (200, 302, 400, 404, 405), (method, address, answer.status_code)
            if method != "POST":
                assert written == set(), (method, address)
            if method in OTHER_METHODS:
                assert answer.status_code == 405, (method, address)


@each_url
def test_each_role_gets_what_its_rights_say(url, records, hire, client_of):
    """Decisions, Rights: without the right 403; with it never 403, never sign-in; reading never writes."""
    people = [hire(role) for role in Role.values]
    for address, finer in addresses_of(url, records):
        for person in people:
            signed_in = client_of(person).cookies
            for method in (*READING, "POST", *OTHER_METHODS):
                client = Client()
                client.cookies = deepcopy(signed_in)
                answer, written = ask(client, method, address)
                check(answer, written, url, person, finer, (method, address, person.role, answer.status_code))


def check(answer, written, url, person, finer, told):
    """What a signed-in person may be answered."""
    method, address, *_rest = told
    if method != "POST":
        assert written == set(), told
    if not url.rule.admits(person) or (method == "POST" and finer and not person.has_perm(finer)):
        assert answer.status_code == 403, told
        assert written == set(), told
    elif method in OTHER_METHODS and not address.startswith(API):
        assert answer.status_code == 405, told
    else:
        assert answer.status_code in (200, 204, 302, 400, 404, 405, 409, 422), told
        assert url.name == "account_logout" or not goes_to_sign_in(answer), told


@each_url
def test_nothing_is_changed_without_a_token(url, records, owner):
    """G10, G11: every change is a POST with a token."""
    for address, _finer in addresses_of(url, records):
        if address.startswith(API):
            continue  # signs in by a token of its own, never by a cookie
        client = Client(enforce_csrf_checks=True)
        client.force_login(owner)
        answer, written = ask(client, "POST", address)
        assert (answer.status_code, written) == (403, set()), address


@each_url
def test_no_page_shows_a_secret(url, records, owner, client_of):
    """G26: no password, no session, no key of anybody's on any page."""
    client = client_of(owner)
    session = client.cookies["sessionid"].value
    hashes = list(StaffMember.objects.values_list("password", flat=True))
    for address, _finer in addresses_of(url, records):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        shown = body.decode(errors="replace")
        for secret in (*SECRETS, *hashes, session):
            assert secret not in shown, address

"""What people see when something goes wrong (issue 2, deliverable 2; G27), and what is refused before it does harm."""

import re

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.urls import path

from backoffice import urls
from backoffice.access.rights import open_to_all
from backoffice.staff.backends import RoleBackend
from backoffice.views import errors
from tests.reading import read

pytestmark = pytest.mark.alike

SECRET_TEXT = "row of jane.doe@example.com is broken"
ERROR_ID = re.compile(r"<code>([0-9a-f]{8})</code>")


@open_to_all
def broken(request):
    raise {"500": DatabaseError, "503": OperationalError, "400": RequestDataTooBig}[request.GET["how"]](
        SECRET_TEXT
    )


@pytest.fixture
def broken_page(monkeypatch, settings):
    """`/broken/?how=500`: a page that fails in a chosen way."""
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("broken/", broken, name="broken")])
    from django.urls import clear_url_caches

    clear_url_caches()
    yield "/broken/"
    clear_url_caches()


@pytest.fixture
def nobody():
    """A browser of somebody who is not signed in; a failure is an answer here, not an exception."""
    return Client(raise_request_exception=False)


# None of these tests has a database: the pages must do without one.
@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/no/such/page/", 404, "Page not found"),
        ("/health/?%00", 400, "This request cannot be read"),
        ("/broken/?how=400", 400, "This request cannot be read"),
        ("/broken/?how=500", 500, "Something went wrong"),
        ("/broken/?how=503", 503, "The shop&#x27;s database cannot be reached"),
    ],
)
def test_a_failure_is_a_sentence_and_an_id_and_needs_no_database(
    broken_page, nobody, address, status, title, caplog
):
    """G27: the details are in the log only, under the id that the page shows."""
    answer = nobody.get(address)
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in answer.text
    error_id = ERROR_ID.search(answer.text).group(1)
    assert error_id in str([record.msg for record in caplog.records])
    for inside in (SECRET_TEXT, "jane.doe", "Traceback", "Error:", "broken("):
        assert inside not in answer.text
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["fr", "pl", "ro", "en"])
def test_it_speaks_the_readers_language(nobody, language):
    by_browser = nobody.get("/no/such/page/", headers={"Accept-Language": f"{language}-XX, de;q=0.5"})
    assert by_browser["Content-Language"] == language
    assert f'<html lang="{language}"' in by_browser.text
    nobody.cookies["django_language"] = language
    assert f'<html lang="{language}"' in nobody.get("/no/such/page/").text


def test_it_keeps_the_readers_theme(nobody):
    nobody.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in nobody.get("/no/such/page/").text
    nobody.cookies["theme"] = '"><script>'
    assert 'data-theme="auto"' in nobody.get("/no/such/page/").text


def test_a_fragment_gets_a_fragment(broken_page, nobody):
    answer = nobody.get("/broken/?how=500", headers={"HX-Request": "true"})
    assert answer.status_code == 500
    assert "<html" not in answer.text
    assert 'role="alert"' in answer.text


def test_json_gets_json(broken_page, nobody):
    answer = nobody.get("/broken/?how=500", headers={"Accept": "application/json"})
    assert answer.status_code == 500
    assert set(answer.json()) == {"detail", "error_id"}


def test_a_template_that_is_broken_too_leaves_the_sentence(broken_page, nobody, monkeypatch):
    def refuse(*said):
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(errors, "render_to_string", refuse)
    answer = nobody.get("/broken/?how=500")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text


def test_without_a_database_everybody_gets_503_and_health_says_so(client_of, owner, monkeypatch):
    """Decision 31."""
    signed_in = client_of(owner)
    signed_in.raise_request_exception = False
    assert signed_in.get("/health/").json()["status"] == "ok"

    def refuse(*args, **said):
        raise OperationalError("connection refused")

    with monkeypatch.context() as without:
        without.setattr(BaseDatabaseWrapper, "cursor", refuse)
        for address in ("/", "/activity/", "/profile/"):
            answer = signed_in.get(address)
            assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        health = Client().get("/health/")
        assert (health.status_code, health.json()) == (503, {"status": "no database"})
        assert Client().get("/no/such/page/").status_code == 404


def test_without_a_database_health_says_so_to_who_is_signed_in_too(client_of, owner, monkeypatch):
    """Decision 31: the session is asked for before the page itself."""
    signed_in = client_of(owner)
    signed_in.raise_request_exception = False

    def refuse(*args, **said):
        raise OperationalError("connection refused")

    with monkeypatch.context() as without:
        without.setattr(BaseDatabaseWrapper, "cursor", refuse)
        health = signed_in.get("/health/")
        assert (health.status_code, health.json()) == (503, {"status": "no database"})


ONLY_SENT_TO = [
    "/jobs/1/cancel/",
    "/profile/theme/",
    "/customers/1/toggle/active/",
    "/customers/actions/disable/",
]


@pytest.mark.parametrize("address", ONLY_SENT_TO)
def test_what_is_no_page_says_so_in_the_readers_language(owner, client_of, address):
    """G10 keeps these from being followed as links: the answer is still a page with a way back."""
    answer = client_of(owner).get(address, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "<h1>This address cannot be opened directly</h1>" in answer.text
    assert 'href="/"' in answer.text
    assert ERROR_ID.search(answer.text)


def test_a_method_that_no_page_takes_is_refused_in_words(owner, client_of):
    answer = client_of(owner).put("/profile/", "{}", content_type="text/plain")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert "<h1>This address cannot be opened directly</h1>" in answer.text


def test_a_method_that_is_not_taken_answers_fragments_and_json_in_kind(owner, client_of):
    fragment = client_of(owner).get("/jobs/1/cancel/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment["Allow"]) == (405, "POST")
    assert 'role="alert"' in fragment.text
    assert "<html" not in fragment.text
    said = client_of(owner).get("/jobs/1/cancel/", headers={"Accept": "application/json"})
    assert (said.status_code, said["Allow"], set(said.json())) == (405, "POST", {"detail", "error_id"})


def test_health_says_how_long_no_worker_was_seen(client, db):
    from backoffice.jobs.heartbeat import beat

    assert client.get("/health/").json() == {"status": "ok", "worker_seconds": None}
    beat("w1")
    assert client.get("/health/").json()["worker_seconds"] <= 2


NUL = "a\0b"


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/activity/?kind=%00"),
        lambda client: client.get("/activity/?%00=1"),
        lambda client: client.get("/password/reset/key/1-a%00b/"),
        lambda client: client.post("/profile/", {"name": NUL}),
        lambda client: client.post("/profile/", {NUL: "1"}),
        lambda client: client.post("/login/", {"login": NUL, "password": NUL}),
        lambda client: client.post("/login/", "login=%00", content_type="application/x-www-form-urlencoded"),
    ],
)
def test_a_nul_byte_is_refused_anywhere(owner, client_of, ask):
    """PostgreSQL cannot store it; never a 500."""
    assert ask(client_of(owner)).status_code == 400


@pytest.mark.parametrize("signed_in", [True, False])
def test_what_is_too_large_or_malformed_is_refused(owner, client_of, signed_in):
    client = client_of(owner) if signed_in else Client()
    form = "application/x-www-form-urlencoded"
    assert client.post("/login/", "login=" + "x" * 6_000_000, content_type=form).status_code == 413
    assert client.post("/login/", "a=1&" * 6_000, content_type=form).status_code == 400
    assert (
        client.post("/login/", b"no parts", content_type="multipart/form-data; boundary=").status_code == 400
    )
    assert client.post("/login/", b"\xff\xfe=\xff", content_type=form).status_code in (200, 302)


def test_a_form_without_its_token_is_refused_in_words(owner):
    """G10."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    answer = client.post("/profile/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "<h1>This form has expired</h1>" in answer.text
    assert "Open the page again</a>" not in answer.text
    owner.refresh_from_db()
    assert owner.theme == "auto"


@pytest.mark.parametrize(
    ("came_from", "offered"),
    [
        ("http://testserver/customers/add/?back=%2Fcustomers%2F", True),
        ("http://evil.example/customers/add/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_a_form_without_its_token_leads_back_to_the_page_it_came_from(owner, came_from, offered):
    """G10: nothing is done; the page opened anew has a fresh token. Nobody is led to another site."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    answer = client.post("/customers/add/", {"first_name": "Ada"}, headers={"Referer": came_from})
    assert answer.status_code == 403
    link = f'<a class="btn btn-primary" href="{came_from}" rel="noreferrer">Open the page again</a>'
    assert (link in answer.text) is offered


def test_without_the_right_the_page_says_so(support, client_of):
    answer = client_of(support).get("/staff/")
    assert answer.status_code == 403
    assert "<h1>You do not have permission to do this</h1>" in answer.text


def test_an_error_page_of_nobody_is_no_page_of_a_person(nobody, db):
    """It is drawn without menu, and without the ways that only who is signed in may go."""
    page = read(nobody.get("/no/such/page/"))
    assert page.all("nav", "rail") == []
    assert [link.text for link in page.one("main").one("div", "panel").all("a")] == ["To the home page"]


LOST = [
    ("get", "/customers/999999/", 404, "Page not found"),
    ("get", "/customers/999999/edit/?back=https://evil.example/", 404, "Page not found"),
    ("get", "/jobs/1/cancel/", 405, "This address cannot be opened directly"),
    ("post", "/customers/1/toggle/newsletter/?value=maybe", 400, "This request cannot be read"),
    ("get", "/staff/", 403, "You do not have permission to do this"),
]


@pytest.mark.parametrize(("method", "address", "status", "title"), LOST)
def test_who_is_signed_in_keeps_the_frame_and_is_offered_ways_back(
    support, customer, client_of, method, address, status, title
):
    """U12: rail and bar by their rights, the page before, and the list of the section as it was."""
    address = address.replace("/1/toggle", f"/{customer().pk}/toggle")
    came_from = "http://testserver/customers/?first_name=john"
    answer = getattr(client_of(support), method)(address, headers={"Referer": came_from})
    page = read(answer)
    assert (answer.status_code, page.one("h1").text) == (status, title)
    rail = [link.text for link in page.one("nav", "rail").all("a", "rail-link")]
    assert "Customers" in rail
    assert "Staff" not in rail
    ways = [(link.text, link["href"]) for link in page.one("main").all("a", "btn")]
    to_list = [("Back to Customers", "/customers/?first_name=john")]
    if "back=" in address:
        to_list = [("Back to Customers", "/customers/")]
    assert ways == [
        ("Back", came_from),
        *(to_list if address.startswith("/customers/") else []),
        ("To the home page", "/"),
    ]
    assert ERROR_ID.search(answer.text)


def test_the_page_before_is_one_of_ours_and_another_one(owner, client_of):
    """U12, G20: nobody is led to another site, or in a circle."""
    for came_from in (
        "https://evil.example/customers/",
        "javascript:alert(1)",
        "http://testserver/no/such/page/",
    ):
        page = read(client_of(owner).get("/no/such/page/", headers={"Referer": came_from}))
        assert [link.text for link in page.one("main").all("a")] == ["To the home page"]


def test_a_list_that_one_may_not_see_is_not_offered(hire, client_of, monkeypatch):
    """U12: the way back is by rights too."""
    nothing = hire("viewer")
    monkeypatch.setattr(RoleBackend, "get_all_permissions", lambda self, person, obj=None: set())
    page = read(client_of(nothing).get("/customers/"))
    assert page.one("h1").text == "You do not have permission to do this"
    assert [link.text for link in page.one("main").all("a")] == ["To the home page"]
    # These ask for no right of their own: they show what one may see.
    links = [link.text for link in page.one("nav", "rail").all("a", "rail-link")]
    assert links == ["Shop now", "Maintenance"]


def test_a_fragment_and_json_get_no_frame(owner, client_of):
    """U12: as before, who asks for a part of a page gets a part of a page."""
    client = client_of(owner)
    assert "<html" not in client.get("/customers/999999/", headers={"HX-Request": "true"}).text
    as_json = client.get("/customers/999999/", headers={"Accept": "application/json"})
    assert (as_json.status_code, set(as_json.json())) == (404, {"detail", "error_id"})


def test_a_frame_that_fails_leaves_the_plain_page(owner, client_of, monkeypatch):
    """U12: an error page never fails itself, whatever the frame runs into."""

    def refuse(request):
        raise OperationalError(SECRET_TEXT)

    monkeypatch.setattr("backoffice.views.page_frame.rail_of", refuse)
    answer = client_of(owner).get("/customers/999999/")
    assert (answer.status_code, read(answer).one("h1").text) == (404, "Page not found")
    assert read(answer).all("nav", "rail") == []
    assert SECRET_TEXT not in answer.text


def test_a_failure_of_the_machine_asks_nobody_who_it_is(owner, client_of, broken_page):
    """U12, decision 31: 500 and 503 are plain pages for everybody."""
    client = client_of(owner)
    client.raise_request_exception = False
    for how in ("500", "503"):
        assert read(client.get(f"{broken_page}?how={how}")).all("nav", "rail") == []

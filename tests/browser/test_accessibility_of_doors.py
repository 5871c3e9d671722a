"""The pages around the back office in a real browser: errors, forgotten passwords, the second factor (issue 2, 10).

What the resolver cannot list: they answer a failure, a link from a mail, or somebody who is half signed in.
"""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, OperationalError
from django.urls import clear_url_caches, path
from playwright.sync_api import Page

from backoffice import urls
from backoffice.access.rights import open_to_all
from backoffice.staff.invitations import password_path
from tests.people import PASSWORD
from tests.staff.test_second_factor import code_of

SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 375, "height": 812}}
FAULTS = {"400": RequestDataTooBig, "500": DatabaseError, "503": OperationalError}
LOOKS = pytest.mark.parametrize("look", SIZES.values(), ids=SIZES)


@open_to_all
def broken(request):
    raise FAULTS[request.GET["how"]]("broken on purpose")


@pytest.fixture
def broken_page(monkeypatch):
    """`/broken/?how=500`: a page that fails in a chosen way."""
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("broken/", broken)])
    clear_url_caches()
    yield "/broken/"
    clear_url_caches()


@pytest.fixture
def looking(axe) -> Callable[[Page], tuple[Callable[[str], None], list[str]]]:
    """`look, found = looking(page)`: `look("the form")` adds to `found` what is wrong on the page as it stands."""

    def looking(page: Page):
        found = []

        def look(at: str) -> None:
            page.locator("h1").wait_for()
            wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            faults = axe(page) + (["wider than the screen"] if page.evaluate(wide) else [])
            found.extend(f"{at}: {fault}" for fault in faults)

        return look, found

    return looking


def send(page: Page) -> None:
    """The main button of the page's form, and the answer to it."""
    with page.expect_navigation():
        page.locator("main form .btn-primary, main form .btn-danger.is-final").first.click()


@LOOKS
def test_error_pages_are_accessible(new_page, broken_page, roles, console, looking, look):
    """Deliverables 2 and 10: 400, 404, 500 and 503, for somebody who is not signed in."""
    console.foresee("Failed to load resource: the server responded with a status of")
    page = new_page(**look)
    look_at, found = looking(page)
    for address, status in (
        ("/no/such/page/", 404),
        *((f"{broken_page}?how={how}", int(how)) for how in FAULTS),
    ):
        assert page.goto(address).status == status
        look_at(address)
    assert found == []


@LOOKS
def test_what_a_role_may_not_open_is_accessible(signed_in_page, viewer, console, looking, look):
    """Deliverables 2 and 10: 403 and 405 for somebody who is signed in."""
    console.foresee("status of 40")
    page = signed_in_page(viewer, **look)
    look_at, found = looking(page)
    assert page.goto("/customers/add/").status == 403
    look_at("403")
    assert page.goto("/jobs/1/cancel/").status == 405
    look_at("405")
    assert found == []


@LOOKS
def test_a_forgotten_password_is_accessible_from_the_question_to_the_new_one(
    new_page, support, looking, look
):
    """Deliverable 10: also a link that was used already, and a password that is refused."""
    page = new_page(**look)
    look_at, found = looking(page)
    page.goto("/password/reset/")
    look_at("the question")
    page.locator("input[name=email]").fill(support.email)
    send(page)
    assert page.url.endswith("/password/reset/done/")
    look_at("the mail is on its way")
    link = password_path(support)
    page.goto(link)
    look_at("a new password")
    for password in ("short", "a-new-lavender-under-the-stairs"):
        page.locator("input[name=password1]").fill(password)
        page.locator("input[name=password2]").fill(password)
        send(page)
        look_at(f"after {password}")
    assert page.get_by_role("heading", level=1).inner_text() == "Shop now"
    page.context.clear_cookies()
    page.goto(link)
    look_at("a link that was used")
    assert found == []


@LOOKS
def test_the_second_factor_is_accessible_from_setting_up_to_signing_in(
    new_page, signed_in_page, support, looking, look
):
    """Deliverable 10: the app with a wrong and a right code, recovery codes, the question at the next sign-in."""
    page = signed_in_page(support, **look)
    look_at, found = looking(page)
    page.goto("/second-factor/totp/activate/")
    look_at("the password again")
    page.locator("input[name=password]").fill(PASSWORD)
    send(page)
    look_at("the app")
    for code in ("000000", None):
        page.locator("input[name=code]").fill(
            code or code_of(page.locator("#authenticator_secret").input_value())
        )
        send(page)
        look_at(f"the app after the code {code}")
    for address in ("", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "webauthn/"):
        page.goto(f"/second-factor/{address}")
        look_at(f"/second-factor/{address}")

    cache.clear()
    page = new_page(**look)
    look_at, found_later = looking(page)
    page.goto("/login/")
    page.get_by_label("E-mail address").fill(support.email)
    page.get_by_label("Password").fill(PASSWORD)
    send(page)
    assert "/second-factor/authenticate/" in page.url
    look_at("the second step")
    page.locator("input[name=code]").fill("000000")
    send(page)
    look_at("the second step, refused")
    assert found + found_later == []


@LOOKS
def test_passkeys_are_accessible_from_adding_to_removing(signed_in_page, support, looking, look):
    """Deliverable 10: the key itself is put into the shop, for a browser asks keys under a domain's name only."""
    page = signed_in_page(support, **look)
    look_at, found = looking(page)
    page.goto("/second-factor/webauthn/add/")
    page.locator("input[name=password]").fill(PASSWORD)
    send(page)
    look_at("adding a key")
    name = "The key with the long name that hangs beside the office door"
    Authenticator.objects.create(user=support, type="webauthn", data={"name": name, "credential": {}})
    for address in ("/second-factor/", "/second-factor/webauthn/"):
        page.goto(address)
        look_at(address)
    for name in ("Rename", "Remove"):
        page.goto("/second-factor/webauthn/")
        page.get_by_role("link", name=name).click()
        look_at(name)
    assert found == []

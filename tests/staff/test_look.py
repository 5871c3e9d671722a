"""The pages about staff in a real browser: accessible in both themes, passkeys, sign-in without scripts."""

import pytest

from backoffice.access.roles import Role
from backoffice.records.actors import Actor
from backoffice.staff import services
from tests.people import PASSWORD

pytestmark = pytest.mark.alike

OPEN = ["/login/", "/password/reset/", "/password/reset/done/", "/inactive/", "/no/such/page/"]
SIGNED_IN = [
    "/",
    "/help/",
    "/activity/",
    "/staff/",
    "/staff/invite/",
    "/profile/",
    "/password/",
    "/second-factor/",
    "/reauthenticate/",
]


def test_pages_without_sign_in_are_accessible(new_page, axe, console):
    console.foresee("status of 404")
    page = new_page()
    found = {}
    for address in OPEN:
        page.goto(address)
        found[address] = axe(page)
    assert found == {address: [] for address in OPEN}


@pytest.mark.parametrize("width", [1440, 375])
def test_pages_of_staff_are_accessible_and_fit(signed_in_page, axe, owner, width):
    waiting = services.invite("ada@example.com", "Ada Lovelace", Role.VIEWER, by=Actor.command())
    page = signed_in_page(owner, width=width)
    addresses = [*SIGNED_IN, f"/staff/{waiting.pk}/edit/"]
    found = {}
    for address in addresses:
        page.goto(address)
        too_wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        found[address] = axe(page) + (["wider than the screen"] if too_wide else [])
    assert found == {address: [] for address in addresses}


def test_errors_are_accessible_and_what_was_typed_stays(signed_in_page, axe, owner):
    page = signed_in_page(owner)
    page.goto("/reauthenticate/?next=/staff/invite/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("E-mail address").fill("owner@example.com")
    page.get_by_role("button", name="Invite").click()
    assert page.get_by_label("Name").input_value() == "Ada Lovelace"
    assert page.get_by_text("Somebody already signs in with this e-mail address.").first.is_visible()
    assert axe(page) == []


@pytest.mark.smoke
@pytest.mark.parametrize("scripts", [True, False])
def test_signing_in_and_out_works_with_and_without_scripts(new_page, owner, scripts):
    page = new_page(scripts=scripts)
    page.goto("/activity/")
    page.get_by_label("E-mail address").fill(owner.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/activity/")
    assert page.get_by_text("Owner signed in.").first.is_visible()
    page.locator("summary[aria-label='Signed in as Owner']").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/login/")


def test_a_passkey_is_added_and_opens_the_door(new_page, owner, live_server, console):
    """Decision 37: passkeys need a name, localhost here; the policy allows the library's own scripts."""
    console.foresee("request to another host")
    here = live_server.url.replace("127.0.0.1", "localhost")
    page = new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{here}/login/?next=/second-factor/webauthn/add/")
    page.get_by_label("E-mail address").fill(owner.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("textbox", name="Name").fill("My laptop")
    page.locator("#id_passwordless").check()
    page.get_by_role("button", name="Add the key").click()
    page.wait_for_url("**/second-factor/recovery-codes/")
    page.goto(f"{here}/second-factor/webauthn/")
    assert page.get_by_role("cell", name="My laptop").is_visible()
    page.context.clear_cookies()
    page.goto(f"{here}/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{here}/")
    assert page.get_by_role("heading", name="Shop now").is_visible()

"""Every page there is, in a real browser: WCAG 2.2 A and AA in both themes, nothing wider than a phone (issue 2, 10).

The pages come from the resolver: a new one is looked at without a word here.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from backoffice.access.scopes import Scope
from backoffice.models import ColumnChoice
from backoffice.records.actors import Actor
from backoffice.sections import all_sections
from backoffice.staff.api_tokens.services import create_token
from customers import services
from tests.test_every_url import EVERY_URL, addresses_of

# Bars that stay while scrolling cover half a row on a low screen, which tells nothing about the page.
TALL = {"width": 1440, "height": 2600}
PHONE = {"width": 375, "height": 2600}
NOT_ASKED = ("/logout/", "/login/")
UNREADABLE = """<!doctype html><html lang="en"><title>Colours</title><main><h1>Colours</h1></main><style>
    :root { color-scheme: light dark; color: light-dark(%s); background: light-dark(white, black); }</style></html>"""


@pytest.fixture
def every_page(neverland, client_of, owner, no_list_is_empty) -> Callable[[], list[str]]:
    """`every_page()`: the addresses of the resolver that answer a signed-in owner's GET with a page."""

    def every_page() -> list[str]:
        wendy = neverland["Wendy"]
        services.edit_customer(wendy, {"company": "Neverland Ltd"}, by=Actor(staff=owner, door="page"))
        no_list_is_empty()
        records = {
            **{section.slug: section.rows().order_by("-pk").first().pk for section in all_sections()},
            "customers": wendy.pk,
            "staff": wendy.sales_agent_id,
            "api-tokens": create_token("Till", Scope.values, by=Actor(staff=owner, door="page"))[0].pk,
            "entry": wendy.history.latest().history_id,
        }
        addresses = dict.fromkeys(address.path for url in EVERY_URL for address in addresses_of(url, records))
        client = client_of(owner)
        return [one for one in addresses if not one.startswith(NOT_ASKED) and is_page(client.get(one))]

    return every_page


def is_page(answer) -> bool:
    shown = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
    whole = shown and b"<html" in answer.content  # what only a page that follows asks for is none itself
    return whole and not answer.headers.get("Content-Disposition")


def is_too_wide(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def said(found: dict[str, list[str]]) -> str:
    """Everything that is wrong, a line each, or an empty text."""
    return "\n".join(f"{address}: {fault}" for address, faults in found.items() for fault in faults)


def test_the_pages_are_those_of_all_sections(every_page):
    """The proof of the proof: list, forms, file, history, deletion and settings of each section are there."""
    pages = every_page()
    for section in all_sections():
        mine = [one for one in pages if one.startswith(f"/{section.slug}/")]
        asked = {"": True, "columns/": True, "add/": section.form, "edit/": section.form}
        asked |= {"history/": section.keeps_history, "delete/": section.delete_ways}
        for last in (one for one, is_there in asked.items() if is_there):
            assert any(one.endswith(f"/{last}") for one in mine), (section.slug, last)
    assert {
        "/",
        "/help/",
        "/activity/",
        "/staff/",
        "/staff/invite/",
        "/profile/",
        "/customers/options/",
    } <= set(pages)
    assert "/customers/required-fields/" in pages


def test_what_cannot_be_read_in_the_other_theme_is_found(new_page, axe):
    """The proof of the proof: a page is looked at in both themes, whichever it is in."""
    for theme in ("light", "dark"):
        page = new_page(theme=theme)
        for colour, faults in (("black, white", 0), ("black, #222", 1), ("#eee, white", 1)):
            page.set_content(UNREADABLE % colour)
            assert len(axe(page)) == faults, (theme, colour)


def test_every_page_is_accessible(signed_in_page, every_page, axe, owner):
    """Deliverable 10: zero violations on every page, both themes."""
    page = signed_in_page(owner, **TALL)
    found = {}
    for address in every_page():
        page.goto(address)
        found[address] = axe(page)
    assert said(found) == ""


# A small box is as large as the label or cell that a finger may press for it.
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((one) => one.checkVisibility({ opacityProperty: true }) && !one.closest(".skip, .visually-hidden"))
    .map((one) => [one, one, one.labels?.[0] ?? one.closest(".c-check")])
    .map(([one, ...areas]) => [one, ...areas.map((area) => area?.getBoundingClientRect())])
    .filter(([one, own, label]) => ![own, label].some((area) => area?.width >= 24 && area.height >= 24))
    .filter(([one, own]) => own.width > 0)
    .map(([one, { width, height }]) => `${one.outerHTML.slice(0, 120)} is ${width} by ${height}`)"""
OPEN_FOLDS = "document.querySelectorAll('details:not(.menu)').forEach((one) => { one.open = true; })"


def test_every_page_fits_a_phone_is_accessible_and_has_room_for_a_finger(
    signed_in_page, every_page, axe, owner
):
    """Deliverable 10: readable at 375 px, without scrolling sideways. WCAG 2.5.8, without its exception for links in a
    line: targets are 24 px each way, folds and filters open."""
    page = signed_in_page(owner, **PHONE)
    looked_at = (
        "/",
        "/customers/",
        "/customers/add/",
        "/customers/columns/",
        "/groups/",
        "/staff/",
        "/help/",
    )
    found = {}
    for address in every_page():
        page.goto(address)
        found[address] = ["wider than the screen"] if is_too_wide(page) else []
        if address in looked_at or address.endswith(("/history/", "/delete/")):
            found[address] += axe(page)
        page.evaluate(OPEN_FOLDS)
        page.evaluate("document.getElementById('show-filters')?.click()")
        found[address] += page.evaluate(SMALL_TARGETS)
    assert said(found) == ""


@pytest.mark.parametrize("size", [TALL, PHONE], ids=["desk", "phone"])
def test_what_only_happens_is_accessible_too(signed_in_page, neverland, console, axe, owner, size):
    """Deliverable 10: a form with errors, a conflict, an empty list, filters, a selection, a toast, menus, the keys."""
    console.foresee("status of 409")
    page = signed_in_page(owner, **size)
    found = {}

    def look(at: str) -> None:
        found[at] = axe(page) + (["wider than the screen"] if is_too_wide(page) else [])

    page.goto(f"/customers/{neverland['Wendy'].pk}/edit/")
    services.edit_customer(neverland["Wendy"], {"company": "Neverland Ltd"}, by=Actor.command())
    page.get_by_label("Company").fill("Darling Brothers")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="Somebody else has saved").wait_for()
    look("a conflict")

    page.goto("/customers/?first_name=nobody")
    look("an empty filtered list")
    page.goto("/customers/?first_name=wendy&age_min=x&newsletter=true&sort=-age")
    look("a filtered list")
    page.goto("/customers/")
    page.locator("tbody input[name=selected]").first.check()
    look("a selection")
    page.get_by_role("switch", name="Newsletter, Wendy Moira Darling").press("Space")
    page.locator(".toast").wait_for()
    look("a toast")
    page.locator("summary[aria-label='Actions for Wendy Moira Darling']").click()
    look("the menu of a row")
    page.goto("/customers/")
    page.keyboard.press("?")
    page.get_by_role("heading", name="Keyboard shortcuts").wait_for()
    look("the keys")
    page.goto("/customers/add/")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("[data-errors]").wait_for()
    look("a form with errors")
    assert said(found) == ""


# Scrolled to wherever it is, the column of actions lies over a part of some column: a matter of how wide letters are.
ON_A_COLUMN = """() => {
    const actions = document.querySelector(".list-wrap.is-wide .titles > .c-actions")?.getBoundingClientRect();
    const covered = [...document.querySelectorAll(".titles > :not(.c-actions)")]
        .map((one) => one.getBoundingClientRect())
        .find((one) => actions && one.left < actions.left && one.right > actions.left);
    return covered ? Math.ceil(covered.right - actions.left) : 0;
}"""


def test_a_wide_list_scrolls_in_itself_and_by_keys(signed_in_page, neverland, axe, owner):
    """Deliverable 6: staff may choose all columns; the page around them stays as wide as the screen."""
    for section in all_sections():
        ColumnChoice.objects.create(staff=owner, section=section.slug, columns=list(section.table.names()))
    page = signed_in_page(owner, **TALL)
    found = {}
    for section in all_sections():
        address = f"/{section.slug}/"
        page.set_viewport_size(TALL)
        page.goto(address)
        while covered := page.evaluate(ON_A_COLUMN):
            page.set_viewport_size({**TALL, "width": page.viewport_size["width"] + covered})
        found[address] = axe(page) + (["wider than the screen"] if is_too_wide(page) else [])
    assert said(found) == ""


def test_both_densities_and_all_languages_are_accessible(signed_in_page, neverland, hire, axe):
    """Deliverables 10 and 11: longer words and taller rows break nothing."""
    found = {}
    for language, density in (("fr", "comfortable"), ("pl", "compact"), ("ro", "comfortable")):
        manager = hire("owner", email=f"{language}@example.com", language=language, density=density)
        page = signed_in_page(manager, **TALL)
        for address in ("/customers/", f"/customers/{neverland['Wendy'].pk}/", "/customers/add/"):
            page.goto(address)
            found[f"{address} in {language}"] = axe(page) + (
                ["wider than the screen"] if is_too_wide(page) else []
            )
    assert said(found) == ""


def test_what_a_viewer_sees_is_accessible(signed_in_page, neverland, viewer, axe):
    """Decisions, Rights: marks stand where others have switches."""
    page = signed_in_page(viewer, **TALL)
    found = {}
    for address in ("/", "/customers/", f"/customers/{neverland['Wendy'].pk}/", "/groups/"):
        page.goto(address)
        found[address] = axe(page)
    assert said(found) == ""


def test_signing_in_is_accessible(new_page, roles, axe):
    """Deliverable 10: also with a wrong password."""
    page = new_page(**TALL)
    page.goto("/login/?next=/customers/&undone=yes")
    found = {"the form": axe(page)}
    page.get_by_label("E-mail address").fill("nobody@example.com")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator("[role=alert], .notice-bad, .errorlist").first.wait_for()
    found["refused"] = axe(page)
    assert said(found) == ""

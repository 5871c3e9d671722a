"""A shop full of attacks in a real browser: nothing runs, nothing is reported, no dialog opens (G1, G4).

The fixture `console` fails the test on a dialog, a script error, a broken policy or a request to another host.
"""

import pytest
from playwright.sync_api import expect

from backoffice.models import ColumnChoice
from backoffice.sections import all_sections


@pytest.fixture
def page(signed_in_page, owner, poisoned):
    """A page of an owner who looks at every column there is."""
    for section in all_sections():
        ColumnChoice.objects.create(staff=owner, section=section.slug, columns=list(section.table.names()))
    page = signed_in_page(owner, width=1440)
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective}`))"
    )
    return page


def test_nothing_of_a_poisoned_customer_runs_on_any_page(page, poisoned):
    """G1, G4: list, file, form, history, deletion, home, activity, groups, tags, titles, staff."""
    mine = f"/customers/{poisoned['customer'].pk}/"
    pages = [
        "/customers/",
        mine,
        f"{mine}edit/",
        f"{mine}history/",
        f"{mine}delete/",
        "/",
        "/activity/",
        "/staff/",
    ]
    for address in [*pages, *(f"/{section.slug}/" for section in all_sections())]:
        page.goto(address)
        assert page.locator("script:not([src])").count() == 0, address
        assert page.locator("main img, main [onerror]").count() == 0, address


def test_toasts_menus_and_filters_show_it_as_text(page, poisoned):
    """G1: what scripts of ours write into the page is text as well."""
    page.goto("/customers/")
    name = str(poisoned["customer"])
    assert "<script>" in name
    news = page.locator(".list tbody button.switch").nth(1)
    before = news.get_attribute("aria-checked")
    news.click()
    expect(news).not_to_have_attribute("aria-checked", before)
    expect(page.locator(".toast")).to_contain_text("<script>")
    page.locator("summary[aria-label^='Actions for']").first.click()
    page.get_by_label("First name", exact=True).fill('"><img src=x onerror=alert(1)>')
    page.wait_for_url("**first_name=*")
    expect(page.get_by_role("list", name="Active filters")).to_contain_text("onerror")
    assert page.locator("main img, main [onerror]").count() == 0

"""The rule of a group by hand: conditions added, the preview while typing, saved (issue 9, point 8)."""

import pytest
from playwright.sync_api import expect

from customers.models import Membership

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_a_rule_is_made_previewed_and_saved(opened, neverland, axe, scripts):
    """With scripts the preview follows the typing; without them it is shown before anything is saved."""
    group = Membership.objects.exclude(group=1).first().group
    page = opened(f"/groups/{group.pk}/", scripts=scripts)
    page.get_by_role("link", name="Set up a rule").click()
    page.get_by_label("Condition", exact=True).select_option("newsletter")
    page.get_by_role("button", name="Add a condition").click()
    expect(page.locator(".rule-condition")).to_have_count(1)
    page.get_by_label("Condition", exact=True).select_option("total_spent")
    page.get_by_role("button", name="Add a condition").click()
    expect(page.locator(".rule-condition")).to_have_count(2)
    page.get_by_role("button", name="Remove the condition “Newsletter”").click()
    expect(page.locator(".rule-condition")).to_have_count(1)
    page.get_by_role("textbox", name="Sales").fill("0")
    if scripts:
        expect(page.locator(".rule-way").first).to_contain_text("2 would join")
        assert axe(page) == []
    else:
        page.get_by_role("button", name="Save and apply").click()
        expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
        expect(page.locator(".rule-way").first).to_contain_text("2 would join")
    page.get_by_role("button", name="Save and apply").click()
    expect(page.get_by_text("2 customers moved by the rule of Wholesale.")).to_be_visible()
    assert Membership.objects.filter(group=group, origin="rule").count() == 2
    if scripts:
        assert axe(page) == []


def test_the_pages_of_groups_hold_for_everybody(opened, neverland, axe):
    """At 1440 and 375 px nothing is wider than the screen, and nothing breaks WCAG."""
    wendy = neverland["Wendy"]
    group = Membership.objects.exclude(group=1).first().group
    for width in (1440, 375):
        for address in (
            f"/groups/{group.pk}/",
            "/groups/1/",
            f"/groups/{group.pk}/rule/",
            f"/groups/{group.pk}/members/",
            f"/groups/{group.pk}/category-discounts/",
            f"/customers/{wendy.pk}/groups/{group.pk}/",
        ):
            page = opened(address, width=width, height=812)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            assert axe(page) == [], address

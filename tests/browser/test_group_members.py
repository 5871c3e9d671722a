"""Members of a group by hand: a pasted list, ticked and added; a pin with an end date (issue 9, points 6 and 9)."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from customers.models import Membership
from groups.models import Group

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_a_pasted_list_is_looked_at_and_added_and_one_of_them_stays_until_a_day(
    opened, neverland, axe, scripts
):
    """What is said of each line comes first; one who is in it already, a double and a stranger are told apart."""
    wholesale, peter = Group.objects.get(name="Wholesale"), neverland["Peter"]
    page = opened(f"/groups/{wholesale.pk}/", scripts=scripts)
    page.get_by_role("link", name="Add or remove members").click()
    pasted = [
        peter.email,
        peter.email.upper(),
        neverland["Wendy"].email,
        "nobody@shop.example",
        "nana@shop.test",
    ]
    page.get_by_label("Several, by e-mail address").fill("\n".join(pasted))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("2 found")).to_contain_text("2 found · 1 not found · 1 double · 1 unchanged")
    rows = page.locator("tbody tr")
    expect(rows.nth(1)).to_contain_text("The same as line 1")
    expect(rows.nth(4)).to_contain_text("Guest")
    if scripts:
        assert axe(page) == []
    page.get_by_role("checkbox", name="Nana").uncheck()
    page.get_by_role("button", name="Add those ticked").click()
    expect(page.get_by_text("1 customer added to Wholesale.")).to_be_visible()
    assert set(wholesale.customers.values_list("first_name", flat=True)) == {"Wendy", "Peter"}

    page.get_by_role("row", name="Peter Pan").get_by_role("link", name="By hand").click()
    last = timezone.localdate() + dt.timedelta(days=30)
    page.get_by_label("Stays by hand until").fill(last.isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator("dl.facts")).to_contain_text(f"until {last.day} {last:%b} {last.year}")
    assert Membership.objects.get(customer=peter, group=wholesale).until == last
    if scripts:
        assert axe(page) == []

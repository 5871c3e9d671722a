"""Tasks by hand: the customer found while typing, done at a click on their page, the month by keys (S3.35)."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from customers.models import Task
from customers.services.task_feeds import feed_of

pytestmark = pytest.mark.browser


def test_a_customer_is_found_while_typing_and_chosen(opened, neverland, axe):
    """S3.35: two match, one is picked; nothing but the keyboard is needed."""
    page = opened("/tasks/add/")
    page.get_by_label("Task", exact=False).first.fill("Call back")
    search = page.get_by_placeholder("Name, e-mail or ID")
    search.press_sequentially("an")
    offered = page.get_by_role("radio")
    expect(offered.first).to_be_visible()
    search.fill("")
    search.press_sequentially("darling")
    expect(offered).to_have_count(1)
    expect(offered).to_be_checked()
    assert axe(page) == []
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Call back")
    made = Task.objects.get(title="Call back", assignee__name="Owner")
    assert made.customer == neverland["Wendy"]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_task_is_done_on_the_customers_page_and_one_stays_there(opened, neverland, scripts):
    """With scripts and without."""
    address = f"/customers/{neverland['Wendy'].pk}/"
    page = opened(address, scripts=scripts)
    switch = page.get_by_role("switch", name="Done, Call back")
    switch.click()
    expect(page.get_by_text("“Call back” is done.")).to_be_visible()
    expect(page.get_by_role("switch", name="Done, Call back")).to_have_attribute("aria-checked", "true")
    assert page.url.endswith(address)
    assert Task.objects.get(title="Call back").done


def test_the_month_is_a_table_on_the_desk_and_a_list_of_days_on_the_phone(opened, neverland, axe):
    """At 375 px only the days that have something, and today; nothing is wider than the phone."""
    address = "/tasks/calendar/?who=all"
    page = opened(address)
    expect(page.get_by_role("columnheader")).to_have_count(7)
    assert axe(page) == []
    page.get_by_role("link", name="Call back").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Call back")
    phone = opened(address, width=375, height=812)
    today = timezone.localdate()
    same_month = (today - dt.timedelta(days=1)).month == today.month
    expect(phone.locator(".day:visible")).to_have_count(1 + same_month)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 375
    assert axe(phone) == []


def test_the_calendar_link_is_made_shown_once_and_revoked(opened, neverland, owner, axe):
    page = opened("/tasks/calendar/")
    page.get_by_role("button", name="Create a link").click()
    expect(page.get_by_role("textbox", name="Your calendar link")).to_have_value(
        r := page.locator(".feed-link").input_value()
    )
    assert r.endswith(".ics")
    assert axe(page) == []
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("The calendar link is revoked.")).to_be_visible()
    assert feed_of(owner) is None


def test_every_colour_of_a_tag_can_be_read(opened, neverland, axe):
    """WCAG AA for each of the palette, in both themes."""
    page = opened("/tags/add/")
    expect(page.locator(".tag")).to_have_count(8)
    assert axe(page) == []

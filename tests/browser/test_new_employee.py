"""A new employee's first hour: adding a customer with every mistake, and reading John DOE's file (S0.19–S0.53).

Left out till there is something to see: the cart filling while the customer is on the site (S0.52), and the buttons
that lead from an order and a cart to pages of their own (S0.49, S0.83).
"""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from backoffice.demo.filling import fill
from backoffice.demo.shop import Shop
from backoffice.records.seeding import seed_all
from backoffice.staff.demo import hire_staff
from carts.models import OrderStatus
from customers import rules
from customers.models import Customer
from tests.people import PASSWORD

BORN = dt.date(1970, 1, 15)


@pytest.fixture
def employee(live_server, roles, new_page) -> Page:
    """The demo shop with John DOE alone, and a page on which nobody is signed in yet."""
    if not OrderStatus.objects.exists():
        seed_all()
    staff = [person.pk for person in hire_staff(PASSWORD)]
    zone = timezone.get_default_timezone()
    fill(
        Shop(
            seed=1,
            now=dt.datetime(2026, 11, 21, 14, 30),
            customers=0,
            currency="EUR",
            time_zone=zone,
            staff_ids=staff,
        )
    )
    return new_page()


def sign_in(page: Page) -> None:
    page.goto("/login/")
    page.get_by_label("E-mail address").fill("support@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()


def words(place: Locator) -> list[str]:
    """What stands there, without the blanks around it."""
    return [" ".join(text.split()) for text in place.all_inner_texts()]


def save(page: Page) -> None:
    """Enter in a field, as people save."""
    page.get_by_label("Last name").press("Enter")
    page.wait_for_load_state()


def faults(page: Page) -> dict[str, str]:
    """What the summary says, by the name of the field; it has the focus."""
    summary = page.locator("[data-errors]")
    expect(summary).to_be_focused()
    lines = [line.split(": ", 1) for line in words(summary.locator("li"))]
    return {name.strip(): said for name, said in lines}


def go_to(page: Page, field: str) -> None:
    """By its link in the summary, with the keys."""
    link = page.locator("[data-errors]").get_by_role("link", name=field, exact=True)
    link.focus()
    page.keyboard.press("Enter")


def test_adding_a_customer_as_a_new_employee(employee):
    """S0.19–S0.42: the form as the manual shows it, its refusals one after another, and the customer in the list."""
    page = employee
    sign_in(page)
    page.get_by_role("link", name="Customers", exact=True).first.click()
    page.get_by_role("link", name="Add New", exact=True).first.click()

    looks_as_in_the_manual(page)
    mistakes_are_told_and_mended(page)

    expect(page.locator("h1")).to_have_text("Augusta Lovelace")
    expect(page.locator(".toast")).to_contain_text("Augusta Lovelace added.")
    made = Customer.objects.get(email="augusta@shop.example")
    assert (made.birthday, made.active, made.newsletter, made.partner_offers) == (
        dt.date(1995, 2, 28),
        True,
        True,
        False,
    )
    assert (made.default_group.name, sorted(one.name for one in made.groups.all())) == (
        "Belges cools",
        ["Belges cools", "Default"],
    )

    page.get_by_role("link", name="Customers", exact=True).first.click()
    page.get_by_role("textbox", name="Last name").fill("lovelace")
    page.keyboard.press("Enter")
    row = page.locator(".list tbody tr")
    expect(row).to_have_count(1)
    row.locator("summary").click()
    row.get_by_role("link", name="View", exact=True).click()
    expect(page.locator("h1")).to_have_text("Augusta Lovelace")


def looks_as_in_the_manual(page: Page) -> None:
    """S0.20–S0.39."""
    form = page.locator("form.form")
    assert words(form.locator("fieldset.form-group > legend"))[0] == "Customer"
    labels = words(form.locator(".field > label, .field > fieldset > legend"))
    asked = (
        *("Gender", "Last name *", "First name *", "Password *", "E-mail address *", "Placeholder address"),
        *("Birthday", "Status", "Newsletter", "Source of consent", "Opt-in", "Source of consent"),
        *("Default group", "Groups *"),
    )
    assert labels[: len(asked)] == list(asked)
    assert words(form.locator("label:has([name=title])")) == ["Male", "Female", "Unknown"]
    expect(form.get_by_label("Unknown", exact=True)).to_be_checked()
    helps = words(form.locator(".field-help"))
    assert helps[0].startswith("5 characters min., only letters, numbers, or -_")
    source = "For example: signed form of 3 May, asked by phone, ticked at the till."
    assert [one for one in helps[2:9] if one != source] == [
        "Allow or disallow this customer to log in",
        "Customer will receive your newsletter via e-mail",
        "Customer will receive your ads via e-mail",
        "Apply non-cumulative rules (e.g., price, display method, reduction)",
        "Check all the box(es) of groups of which the customer is to be a member *",
    ]
    for part in ("Day", "Month", "Year"):
        box = form.get_by_label(part, exact=True)
        assert box.locator("option").first.inner_text() == "-"
        expect(box).to_have_value("")
    expect(form.get_by_label("Status")).to_be_checked()
    default = form.get_by_label("Default group")
    assert default.evaluate("(one) => one.selectedOptions[0].text") == "Default"
    table = form.locator(".check-table")
    assert words(table.locator("th"))[1:] == ["ID", "Group name"]
    rows = [words(row.locator("td"))[1:] for row in table.locator("tbody tr").all()]
    assert rows[0] == ["1", "Default"]
    assert "Belges cools" in [name for _id, name in rows]
    assert words(form.locator(".legend-line")) == ["* Required field"]
    expect(form.get_by_role("button", name="Save", exact=True)).to_be_visible()


def mistakes_are_told_and_mended(page: Page) -> None:
    """S0.23–S0.29, S0.37: everything wrong is told at once; what was mended is told no more, nothing typed is lost."""
    page.get_by_label("Last name").fill("Lovelace")
    page.keyboard.press("Tab")
    page.keyboard.type("Augusta")
    page.keyboard.press("Tab")
    page.keyboard.type("1234")
    page.get_by_label("E-mail address").fill("PUB@prestashop.com")
    for part, chosen in (("Day", "31"), ("Month", "February"), ("Year", "1995")):
        page.get_by_label(part, exact=True).select_option(label=chosen)
    page.get_by_label("Newsletter").press("Space")
    page.get_by_label("Default group").select_option(label="Belges cools")
    page.get_by_role("checkbox", name="Default", exact=True).press("Space")
    save(page)

    taken = "John DOE (ID 1) already has an account with the address pub@prestashop.com."
    assert faults(page) == {
        "Password": "At least 5 characters, please.",
        "E-mail address": taken,
        "Birthday": "There is no such day.",
        "Groups": "Tick at least one group.",
    }
    go_to(page, "Password")
    expect(page.get_by_label("Password")).to_be_focused()
    expect(page.get_by_label("Password")).to_have_value("")
    page.keyboard.type("12345")
    expect(page.locator(".password-strength > [aria-hidden]")).to_have_text("Weak")
    save(page)

    assert list(faults(page)) == ["E-mail address", "Birthday", "Groups"]
    page.get_by_label("Password").fill("12345")
    page.get_by_label("Day", exact=True).select_option("28")
    save(page)

    assert list(faults(page)) == ["E-mail address", "Groups"]
    page.get_by_label("Password").fill("12345")
    page.get_by_role("checkbox", name="Default", exact=True).press("Space")
    save(page)

    assert faults(page) == {
        "E-mail address": taken,
        "Default group": "Tick the default group “Belges cools” among the groups too.",
    }
    page.get_by_label("Password").fill("12345")
    page.get_by_role("checkbox", name="Belges cools").press("Space")
    save(page)

    assert faults(page) == {"E-mail address": taken}
    holder = page.locator("[data-errors]").get_by_role("link", name="John DOE (ID 1)")
    assert holder.get_attribute("href") == "/customers/1/"
    go_to(page, "E-mail address")
    expect(page.get_by_label("E-mail address")).to_be_focused()
    page.get_by_label("E-mail address").fill("augusta@shop.example")
    page.get_by_label("Password").fill("12345")
    expect(page.get_by_label("First name")).to_have_value("Augusta")
    expect(page.get_by_label("Newsletter")).to_be_checked()
    save(page)


def test_reading_the_file_of_a_customer_as_a_new_employee(employee):
    """S0.43–S0.53: each block of the manual, with the figures that the documents print."""
    page = employee
    sign_in(page)
    page.get_by_role("link", name="Customers", exact=True).first.click()
    row = page.locator(".list tbody tr", has_text="DOE")
    row.locator("summary").click()
    row.get_by_role("link", name="View", exact=True).click()
    expect(page.locator("h1")).to_have_text("John DOE")
    main = page.locator("main")
    expect(main).to_contain_text("ID: 000001")
    expect(main).to_contain_text("pub@prestashop.com")

    facts = dict(zip(words(main.locator("#identity dt")), words(main.locator("#identity dd")), strict=True))
    age = rules.age_on(timezone.localdate(), BORN)
    told = {
        "Gender": "Male",
        "Age": f"{age} (15 Jan 1970)",
        "Registration date": "9 Aug 2011 10:50:53",
        "Last visit": "9 Aug 2011 10:50:53",
        "Latest update": "9 Aug 2011 10:50:53",
    }
    assert told.items() <= facts.items()
    for flag in ("Status", "Newsletter", "Opt-in"):
        expect(page.get_by_role("switch", name=f"{flag}, John DOE")).to_have_attribute("aria-checked", "true")

    note = page.get_by_label("Add a private note")
    expect(note).to_have_value("")
    expect(main).to_contain_text("This note is shown to all staff, never to the customer.")
    assert block(page, "messages") == ("Messages (0)", "John DOE has never contacted you")
    assert block(page, "vouchers") == ("Vouchers (0)", "John DOE has no discount vouchers.")
    assert table(page, "groups")[0][:2] == ["1", "Default"]
    assert table(page, "orders") == [
        ["1", "9 Aug 2011 10:50", "2", "€622.99", "Cheque", "Awaiting cheque payment"]
    ]
    expect(main.locator("#orders")).to_contain_text("Valid orders")
    assert main.locator("#orders").inner_text().split("Valid orders")[1].split()[0] == "0"
    expect(main).to_contain_text("Sales")
    assert table(page, "carts") == [["000001", "9 Aug 2011 10:50", "€626.37", "My carrier", "Ordered"]]
    assert table(page, "addresses")[0][:5] == [
        "My Company",
        "John DOE",
        "14, Main street 2nd floor 75000 Paris, France",
        "France",
        "0102090405",
    ]
    visit = table(page, "visits")[0]
    assert visit[:2] == ["9 Aug 2011 10:50", "0"]
    assert visit[-1] == "prestashop.com 127.0.0.1"


def block(page: Page, name: str) -> tuple[str, str]:
    """The heading of a block with its count, and what it says."""
    panel = page.locator(f"#{name}")
    heading = " ".join(panel.locator("h2").inner_text().split())
    return heading, " ".join(panel.locator(".panel-body").inner_text().split())


def table(page: Page, name: str) -> list[list[str]]:
    """The rows of a block, cell by cell."""
    rows = page.locator(f"#{name} tbody tr").all()
    return [words(row.locator("td, th")) for row in rows]

"""The file of a customer: who they are, the private note, the groups, the latest changes (S0.42–S0.47, S1.43–S1.55)."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from backoffice.models import Option
from backoffice.records.actors import Actor
from backoffice.records.options import store
from backoffice.screen import formats
from customers import services
from customers.models import Customer
from customers.options import SECTION, CustomerOptions
from customers.services.figures import record_purchase
from tests.reading import explained, figures, read

PARIS = ZoneInfo("Europe/Paris")
JOHNS_DAY = dt.datetime(2011, 8, 9, 10, 50, 53, tzinfo=PARIS)


@pytest.fixture
def john(customer, mr):
    made = customer(
        title=mr,
        first_name="John",
        last_name="DOE",
        email="pub@prestashop.com",
        birthday=dt.date(1970, 1, 15),
        newsletter=True,
        registered_at=JOHNS_DAY,
        visited=JOHNS_DAY,
    )
    Customer.objects.filter(pk=made.pk).update(updated_at=JOHNS_DAY)
    return made


@pytest.fixture
def file(client):
    """`file(john)` reads the page of a customer."""
    return lambda customer: read(client.get(f"/customers/{customer.pk}/"))


def facts(page):
    """The facts of the first block, by their titles."""
    return figures(page.one("dl", "facts"))


def panel(page, name):
    return page.one("section", "panel", id=name)


def test_the_heading_is_first_name_then_last_name_with_address_and_number(file, john):
    """S1.44, S1.45: John DOE, under it the e-mail; ID : 000001, six digits at least."""
    page = file(john)
    assert page.one("h1").text == "John DOE"
    head = page.one("div", "file-head").text
    assert "pub@prestashop.com" in head
    assert f"{john.pk:06d}" in head


def test_a_long_number_stays_whole(file, john, default_group):
    """S1.45: 1 → 000001; 1234567 stays whole."""
    Customer.objects.bulk_create(
        [Customer(pk=1234567, first_name="A", last_name="B", email="a@b.pl", default_group=default_group)]
    )
    from customers.models import CustomerFigures, Membership

    Membership.objects.create(customer_id=1234567, group=default_group)
    CustomerFigures.objects.create(customer_id=1234567)
    assert "1234567" in file(Customer(pk=1234567)).one("div", "file-head").text


def test_the_first_block_tells_what_the_manual_tells(client_of, hire, john):
    """S0.43, S0.44, S1.46–S1.51, S4.64: title, age with birth date, registration, last visit, language, last update."""
    with time_machine.travel(JOHNS_DAY, tick=False):
        page = read(client_of(hire("viewer")).get(f"/customers/{john.pk}/"))
    assert facts(page) == {
        "Gender": "Male",
        "Age": "41 (15 Jan 1970)",
        "Registration date": "9 Aug 2011 10:50:53",
        "Last visit": "9 Aug 2011 10:50:53",
        "Language": "English",
        "Latest update": "9 Aug 2011 10:50:53",
    }
    flags = [one for one in page.one("form", "flags").children if one.tag == "span"]
    marks = [(flag.one("span", "switch")["aria-label"], flag.text) for flag in flags]
    assert marks == [("yes", "✓ Status Enabled"), ("yes", "✓ Newsletter"), ("no", "✕ Opt-in")]


def test_what_is_not_known_is_said_so(file, customer):
    """S1.47 never, S1.49 unknown, S0.22 unknown."""
    told = facts(file(customer()))
    assert (told["Last visit"], told["Age"], told["Gender"]) == ("Never", "Unknown", "Unknown")


def test_the_rest_is_told_where_there_is_any(file, customer, support, tag):
    """S3.31."""
    told = facts(file(customer(phone="+48 501", company="Acme", external_id="A-1")))
    assert (told["Phone"], told["Company"], told["External reference"]) == ("+48 501", "Acme", "A-1")


def test_orders_sales_agent_and_tags_stand_in_the_head_and_lead_to_others_like_them(
    file, customer, support, tag, group
):
    """U17, S3.22, S3.23, S3.29; issue 8, point 11: what one looks for first stands under the name."""
    angry, problem, wholesale = tag("ANGRY"), tag("PROBLEM"), group("Wholesale", discount="15.00")
    made = customer(
        sales_agent=support,
        tags=[problem, angry],
        spent="622.99",
        groups=[wholesale],
        birthday=timezone.localdate().replace(year=timezone.localdate().year - 30, day=1),
    )
    record_purchase(made.pk, placed_at=timezone.now(), value=Decimal(9), valid=False, outstanding=Decimal(9))
    head = file(made).one("div", "file-head")
    assert list(figures(head.one("dl", "glance")).items()) == [
        ("Orders", "2"),
        ("Sales", "€622.99"),
        ("Outstanding", "€9.00"),
        ("Carts", "0"),
        ("Default group", "Wholesale (15%)"),
        ("Age", "30"),
        ("Language", "English"),
        ("Sales agent", "Support"),
    ]
    here = f"/customers/{made.pk}/explained"
    assert explained(head.one("dl", "glance")) == {
        "Orders": f"{here}/orders/",
        "Sales": f"{here}/spent/",
        "Outstanding": f"{here}/outstanding/",
        "Carts": f"{here}/carts/",
        "Age": f"{here}/age/",
    }
    links = [(one.text, one["href"]) for one in head.all("a") if "explained" not in one["href"]][1:]
    assert links == [
        ("ANGRY", f"/customers/?tag={angry.pk}"),
        ("PROBLEM", f"/customers/?tag={problem.pk}"),
        ("Wholesale (15%)", f"/customers/?group={wholesale.pk}"),
        ("Support", f"/customers/?agent={support.pk}"),
    ]


def test_who_never_bought_has_no_orders_in_the_head(file, customer):
    """U17: nothing is said of an agent or tags that there are not."""
    head = file(customer()).one("div", "file-head")
    assert list(figures(head.one("dl", "glance")).items()) == [
        ("Orders", "0"),
        ("Sales", "€0.00"),
        ("Carts", "0"),
        ("Default group", "Default"),
        ("Language", "English"),
    ]
    assert head.all("a", "badge") == []


def test_company_data_and_risk_are_told_with_b2b_on(file, customer):
    """S4.53–S4.61: hidden when off; an odd company number is marked (V12)."""
    made = customer(siret="12345", risk="high")
    assert "Risk rating" not in facts(file(made))
    store(CustomerOptions(b2b=True), SECTION, by=Actor.command())
    told = facts(file(made))
    assert (told["Company number"], told["Risk rating"]) == ("12345 !", "High")


def test_the_account_is_enabled_or_inactive_in_those_two_words_beside_its_switch(file, customer):
    """S3.30; U17: said once, by the switch that changes it."""

    def said(made):
        page = file(made)
        badges = [one.text for one in page.one("div", "title-line").all("span", "badge")]
        return page.one("form", "flags").one("b", "state").text, badges

    assert said(customer()) == ("Enabled", [])
    assert said(customer(active=False)) == ("Inactive", [])
    assert said(customer(guest=True)) == ("Enabled", ["Guest"])


def test_groups_carry_their_count_and_stand_with_the_default_one_first(file, customer, group, default_group):
    """S0.47, S1.53, S1.55: "Groups (1)" with ID and name; facts 4.11."""
    one = panel(file(customer()), "groups")
    assert one.one("h2").text == "Groups (1)"
    assert [title.text for title in one.all("th")] == ["ID", "Name", "Default group", "Why", "Actions"]  # U16
    (cells,) = ([cell.text for cell in row.all("td")] for row in one.one("tbody").all("tr"))
    assert cells == ["1", "Default", "✓", f"By hand, {formats.day(timezone.localdate())}", ""]
    wholesale = group("Wholesale")
    several = panel(file(customer(groups=[default_group, wholesale], default_group=wholesale)), "groups")
    assert several.one("h2").text == "Groups (2)"
    assert [row.all("td")[1].text for row in several.one("tbody").all("tr")] == ["Wholesale", "Default"]


@pytest.mark.parametrize(
    ("role", "action"),
    [
        ("owner", ("Edit Default", "edit/")),
        ("marketing", ("Edit Default", "edit/")),
        ("viewer", ("View Default", "")),
    ],
)
def test_the_pencil_of_a_group_edits_it_for_who_may(client_of, hire, john, role, action):
    """U16, S1.55: the column Actions; the name leads to the group too."""
    person = hire(role, email=f"{role}2@example.com")
    row = panel(read(client_of(person).get(f"/customers/{john.pk}/")), "groups").one("tbody").one("tr")
    name, *_why, does = row.all("a")
    assert (name.text, name["href"]) == ("Default", "/groups/1/")
    assert (does["title"], does["href"]) == (action[0], f"/groups/1/{action[1]}")


def test_consents_are_told_with_their_source_the_latest_first(file, john, owner):
    """U17: the ledger stands on the file; moments that no document prints to the second are told to the minute."""
    by = Actor(staff=owner, door="page")
    with time_machine.travel(dt.datetime(2030, 3, 11, 9, 5, 7, tzinfo=PARIS), tick=False):
        services.edit_customer(john, {"newsletter": False}, by=by)
    with time_machine.travel(dt.datetime(2030, 3, 12, 9, 5, 7, tzinfo=PARIS), tick=False):
        services.state_ground(john, "newsletter", "Letter of 11 March", by=by)
    rows = panel(file(john), "consents").one("tbody").all("tr")
    assert [[cell.text for cell in row.children] for row in rows][:2] == [
        ["Newsletter", "✕", "Letter of 11 March", "12 Mar 2030 09:05 Owner · Back office page"],
        ["Newsletter", "✓ → ✕", "not stated", "11 Mar 2030 09:05 Owner · Back office page"],
    ]


def test_who_never_consented_has_an_empty_ledger(file, customer):
    """U17."""
    assert "No consent has been recorded." in panel(file(customer()), "consents").text


def test_a_private_note_is_written_on_the_file_and_read_by_all_staff(client, file, john, client_of, viewer):
    """S0.45, S1.52, S4.72: seen by all staff, never by the customer; plain text, lines kept (G3)."""
    before = panel(file(john), "note")
    assert "This note is shown to all staff, never to the customer." in before.text
    answer = client.post(f"/customers/{john.pk}/note/", {"note": "Rings twice\r\n<b>always</b>  "})
    assert answer["Location"] == f"/customers/{john.pk}/"
    assert Customer.objects.get(pk=john.pk).note == "Rings twice\n<b>always</b>"
    assert panel(file(john), "note").one("textarea").text == "Rings twice <b>always</b>"
    for_viewer = panel(read(client_of(viewer).get(f"/customers/{john.pk}/")), "note")
    assert for_viewer.all("textarea") == []
    assert "<b>always</b>" in for_viewer.text
    client.post(f"/customers/{john.pk}/note/", {"note": ""})
    assert Customer.objects.get(pk=john.pk).note == ""


def test_a_note_that_is_too_long_is_told_and_the_old_one_stays(client, john):
    """Issue 2, bad input: nothing half-written."""
    client.post(f"/customers/{john.pk}/note/", {"note": "old"})
    page = read(client.post(f"/customers/{john.pk}/note/", {"note": "x" * 65_001}, follow=True))
    assert "At most 65000 characters, please; this has 65001." in page.one("div", "toasts").text
    assert Customer.objects.get(pk=john.pk).note == "old"


@pytest.mark.parametrize(("role", "status"), [("support", 302), ("marketing", 302), ("viewer", 403)])
def test_who_may_write_notes(john, client_of, hire, role, status):
    """Decisions, rights: notes of support and marketing, none of a viewer."""
    page = read(client_of(hire(role)).get(f"/customers/{john.pk}/"))
    assert (panel(page, "note").all("textarea") != []) is (status == 302)
    person = client_of(hire(role, email="x@example.com"))
    assert person.post(f"/customers/{john.pk}/note/", {"note": "n"}).status_code == status


def test_the_latest_changes_lead_to_all_of_them(file, john, owner):
    """S0.44: date of the last update; deliverable 4."""
    services.edit_customer(john, {"phone": "2", "company": "Acme"}, by=Actor(staff=owner, door="page"))
    block = panel(file(john), "history")
    first = block.one("li", "act")
    assert [line.text for line in first.all("span", "change")] == [
        "Phone: not set → 2",
        "Company: not set → Acme",
    ]
    assert first.one("span", "by").text == "Owner"
    assert block.all("a")[-1]["href"] == f"/customers/{john.pk}/history/"


def test_the_latest_changes_set_the_colon_as_the_language_does(file, john, owner):
    """S1.45, "ID : 000001": in French a space goes before it."""
    services.edit_customer(john, {"company": "Acme"}, by=Actor(staff=owner, door="page"))
    owner.language = "fr"
    owner.save()
    assert panel(file(john), "history").one("span", "change").text == "Société : non renseigné → Acme"


def test_a_long_value_folds_in_the_latest_changes(file, john):
    """U14: one line a value; both values whole where it is opened."""
    services.edit_customer(john, {"note": "Rings twice. " * 20, "active": False}, by=Actor.command())
    note, status = panel(file(john), "history").all(css="change")[1::-1]
    assert (note.tag, status.text) == ("details", "Status: Yes → No")
    assert note.one("summary").text == "Note: Rings twice. Rings twice. Rings twice. Rings twice. Rings t…"
    assert [one.text for one in note.all("dd")] == ["not set", "Rings twice. " * 19 + "Rings twice."]


def test_a_value_is_put_back_on_the_file_itself(file, john, client, client_of, viewer):
    """U17: not only after "See all"; by who may change customers, and one comes back to the file."""
    services.edit_customer(john, {"phone": "2"}, by=Actor.command())
    form = panel(file(john), "history").one("form")
    assert form.one("button")["aria-label"] == "Put back Phone: not set"
    fields = {one["name"]: one["value"] for one in form.all("input") if one["name"] != "csrfmiddlewaretoken"}
    answer = client.post(form["action"], {**fields, "field": form.one("button")["value"]})
    assert (answer.status_code, answer["Location"]) == (302, f"/customers/{john.pk}/")
    john.refresh_from_db()
    assert john.phone == ""
    assert panel(read(client_of(viewer).get(f"/customers/{john.pk}/")), "history").all("form") == []


def test_edit_history_and_delete_are_one_click_away_by_right(file, john, client_of, viewer, support):
    """S2.4, S4.65, rights."""

    def links(page):
        return [one.text for one in page.one("div", "title-actions").all("a")]

    assert links(file(john)) == ["Edit", "Reset password", "History", "Delete"]
    assert links(read(client_of(support).get(f"/customers/{john.pk}/"))) == [
        "Edit",
        "Reset password",
        "History",
    ]
    assert links(read(client_of(viewer).get(f"/customers/{john.pk}/"))) == ["History"]


def test_a_pencil_stands_at_the_name_for_who_may_edit(file, john, client_of, viewer):
    """S4.65, U17."""

    def pencils(page):
        return [(one["title"], one["href"]) for one in page.one("div", "title-line").all("a", "title-pencil")]

    assert pencils(file(john)) == [("Edit John DOE", f"/customers/{john.pk}/edit/")]
    assert pencils(read(client_of(viewer).get(f"/customers/{john.pk}/"))) == []


def test_the_file_has_two_columns_of_blocks(file, john):
    """S4.63, S4.66–S4.78: left and right; on a small screen the left one's blocks come first."""
    columns = [
        [one["id"] for one in column.all("section", "panel")]
        for column in file(john).all("div", "file-column")
    ]
    assert columns == [
        ["identity", "orders", "carts", "purchases", "interests", "views", "history"],
        [
            *("note", "notes", "tasks", "messages", "mails", "consents", "visits", "vouchers", "groups"),
            "addresses",
        ],
    ]


def test_a_file_costs_few_queries_however_many_groups_tags_and_changes(
    client, customer, group, tag, django_assert_max_num_queries
):
    """D-4, D-99: budget per block, two for one with rows of another section."""
    made = customer(groups=[group(f"G{n}") for n in range(12)], tags=[tag(f"T{n}") for n in range(12)])
    for number in range(12):
        services.edit_customer(made, {"phone": str(number)}, by=Actor.command())
    with django_assert_max_num_queries(37):
        client.get(f"/customers/{made.pk}/")


@pytest.mark.parametrize("number", ["987654", "9" * 19, "9" * 30, "0"])
def test_a_customer_that_is_not_there_is_not_found(client, shop, number):
    """Issue 2, bad input."""
    for page in ("", "edit/", "history/", "delete/"):
        assert client.get(f"/customers/{number}/{page}").status_code == 404


def test_the_page_asks_as_often_with_companies_as_without(
    client_of, owner, customer, django_assert_max_num_queries
):
    """What is told of companies costs no query a fact; a page asks a fixed number of times."""
    made = customer(company="Analytical Engines", siret="123")
    Option.objects.create(section="customers", name="b2b", value=True)
    client, url = client_of(owner), f"/customers/{made.pk}/"
    client.get(url)
    with django_assert_max_num_queries(30):
        assert "Company number" in client.get(url).content.decode()

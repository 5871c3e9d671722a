"""The columns of the customers list: which, in what order, and what each shows."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from backoffice.models import ColumnChoice
from customers.models import Customer
from tests.reading import List, read

pytestmark = pytest.mark.alike

PARIS = ZoneInfo("Europe/Paris")
JOHNS_DAY = dt.datetime(2011, 8, 9, 10, 50, 53, tzinfo=PARIS)

CLASSIC = (
    "ID, Gender, Last name, First name, E-mail, Age, Enabled, News., Opt., Registration, Last visit".split(
        ", "
    )
)
MODERN = (
    "ID, Gender, First name, Last name, E-mail, Company, Sales, Enabled, News., Opt., Registration, Last visit"
).split(", ")
CRM = ["Customer", "Company", "Tags"]


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


@pytest.fixture
def look(client):
    """`look()` gives the customers list as the owner sees it; parameters by keyword."""
    return lambda **params: List(client.get("/customers/", params))


@pytest.fixture
def arrange(client):
    """`arrange(set="crm")` posts a choice of columns."""
    return lambda **data: client.post("/customers/columns/", data)


def test_the_classic_columns_come_first_and_last_name_stands_before_first_name(look, customer):
    """S1.8, S1.12; decisions 1 and 2: the default set and its English titles, without the check box and the actions."""
    customer()
    assert look().titles == CLASSIC


@pytest.mark.parametrize(("name", "titles"), [("classic", CLASSIC), ("modern", MODERN), ("crm", CRM)])
def test_a_ready_made_set_shows_its_columns_in_its_order(look, arrange, customer, name, titles):
    """S1.8, S4.19, S3.38–S3.40; decision 1."""
    customer()
    assert arrange(set=name).status_code == 302
    assert look().titles == titles


def test_a_short_title_is_told_in_full_where_columns_are_chosen_and_under_the_pointer(
    client, look, customer, client_of, hire
):
    """Decision 2: News. and Opt. are the titles of the list; where one chooses, they say what they mean."""
    customer()
    assert {cell.text: cell["title"] for cell in look().table.one("tr").all("th") if cell.has("title")} == {
        "News.": "Newsletter",
        "Opt.": "Opt-in (partner offers)",
    }

    def labels(one) -> list[str]:
        page = read(one.get("/customers/columns/"))
        return [label.text for label in page.one("ol", "columns-list").all("label")][6:10]

    assert labels(client) == [
        *("Enabled", "News. — Newsletter", "Opt. — Opt-in (partner offers)", "Registration")
    ]
    assert labels(client_of(hire("manager", language="pl")))[1] == "Newsletter"


def test_staff_tick_and_number_their_own_columns(look, arrange, customer):
    """Decision 1: staff choose and arrange columns; unknown names and numbers that are none are ignored."""
    customer()
    arrange(
        columns=["email", "id", "last_order_at", "password", "<script>"],
        order_email="2",
        order_id="x",
        order_last_order_at="1",
        order_password="0",
    )
    assert look().titles == ["ID", "Last order", "E-mail"]


def test_ticking_no_column_is_told_and_leaves_the_columns(look, arrange, customer, client):
    """Decision 1: a list without columns is of no use to anybody."""
    customer()
    arrange(set="crm")
    page = read(client.get(arrange(back="/customers/?sort=age")["Location"]))
    assert page.all("div", "toast")[-1].one("p").text == "Tick at least one column."
    assert look().titles == CRM


def test_columns_are_ones_own_and_never_touch_the_filters(look, arrange, customer, client_of, manager):
    """D-85: the layout is independent of filter and sort; the owner's choice is not the manager's."""
    customer(first_name="Ada")
    customer(first_name="Bob")
    answer = arrange(set="crm", back="/customers/?first_name=ada&sort=customer")
    assert answer["Location"] == "/customers/?first_name=ada&sort=customer"
    assert look(first_name="ada", sort="customer").cells()[0].startswith("DOE Ada")
    assert List(client_of(manager).get("/customers/")).titles == CLASSIC


def test_a_column_that_no_longer_exists_is_left_out_of_a_kept_choice(look, owner, customer):
    """A product that grew must not break what somebody chose last year."""
    customer()
    ColumnChoice.objects.create(staff=owner, section="customers", columns=["fax", "id"])
    assert look().titles == ["ID"]


@pytest.fixture
def john(customer, mr):
    """John DOE as the first seed shows him."""
    return customer(
        title=mr,
        first_name="John",
        last_name="DOE",
        email="pub@prestashop.com",
        birthday=dt.date(1970, 1, 15),
        newsletter=True,
        partner_offers=True,
        registered_at=JOHNS_DAY,
        visited=JOHNS_DAY,
    )


def test_john_does_row_reads_as_the_manual_prints_it(john, hire, client_of):
    """S1.10–S1.17: 1 · (icon) · DOE · John · pub@prestashop.com · 41 · ✓ · ✓ · ✓ · 09-08-2011 · 09-08-2011 10:50:53."""
    with time_machine.travel(JOHNS_DAY, tick=False):
        page = List(client_of(hire("owner", language="fr")).get("/customers/"))
    assert page.cells() == [
        str(john.pk),
        "Homme",
        "DOE",
        "John",
        "pub@prestashop.com",
        "41",
        "✓",
        "✓",
        "✓",
        "09-08-2011",
        "09-08-2011 10:50:53",
    ]


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "9 Aug 2011", "9 Aug 2011 10:50:53"),
        ("fr", "09-08-2011", "09-08-2011 10:50:53"),
        ("pl", "09.08.2011", "09.08.2011 10:50:53"),
        ("ro", "09.08.2011", "09.08.2011 10:50:53"),
    ],
)
def test_dates_read_as_the_readers_language_writes_them(john, hire, client_of, language, day, moment):
    """S1.16, S1.17; decision 14."""
    page = List(client_of(hire("owner", language=language)).get("/customers/"))
    assert page.cells()[-2:] == [day, moment]


def test_moments_are_told_in_the_shops_time_zone_in_summer_and_winter(look, customer):
    """Decision 12: Europe/Paris is two hours ahead of UTC in August and one in January."""
    customer(visited=dt.datetime(2011, 8, 9, 22, 30, 0, tzinfo=dt.UTC))
    customer(visited=dt.datetime(2012, 1, 9, 22, 30, 0, tzinfo=dt.UTC))
    page = look(sort="id")
    assert [page.cells(0)[-1], page.cells(1)[-1]] == ["10 Aug 2011 00:30:00", "9 Jan 2012 23:30:00"]


def test_gender_is_an_icon_with_a_name_and_no_title_is_no_icon(look, customer, mrs):
    """S1.11: an icon, not text; S0.22 Unknown."""
    customer(title=mrs)
    customer()
    page = look(sort="id")
    cell = page.lines[0].one("td", "c-title")
    assert cell.one("svg")["aria-label"] == "Female"
    assert page.lines[1].one("td", "c-title").text == "not known"


def test_the_three_marks_are_switches_that_say_on_and_off_without_colour(look, customer):
    """S0.11, S1.15, decision 9: ✓ and ✕, role and state, and a name that says whose switch it is."""
    customer(first_name="Ada", last_name="Byron", active=True, newsletter=False)
    line = look().lines[0]
    on, off = line.one("td", "c-active").one("button"), line.one("td", "c-newsletter").one("button")
    assert (on["role"], on["aria-checked"], on.text, on["aria-label"]) == (
        "switch",
        "true",
        "✓",
        "Enabled, Ada Byron",
    )
    assert (off["role"], off["aria-checked"], off.text, off["aria-label"]) == (
        "switch",
        "false",
        "✕",
        "Newsletter, Ada Byron",
    )


def test_an_address_is_whole_for_hover_and_screen_readers_and_marked_where_no_mail_arrives(look, customer):
    """S1.13, B9, decision 4: never cut in the page itself; special-use domains carry a mark."""
    long = "maria.antonina.wolfeschlegelsteinhausenberger@poczta.example.pl"
    customer(email=long)
    customer(email="walk-in@shop.test")
    page = look(sort="id")
    cell = page.lines[0].one("td", "c-email").one("span", "cut")
    assert (cell.text, cell["title"]) == (long, long)
    assert page.lines[0].all("span", "mark-warn") == []
    assert page.lines[1].one("span", "mark-warn")["title"] == "Mail can't be delivered here"


def test_what_is_not_known_is_an_empty_cell_that_says_so_to_a_screen_reader(look, arrange, customer):
    """U20: no "dash dash" fifty times a page, and no false date either."""
    customer(company="")
    line = look().lines[0]
    for name in ("title", "age", "last_visit_at"):
        cell = line.one("td", f"c-{name}")
        assert [one.text for one in cell.all("span")] == ["not known"]
        assert cell.one("span")["class"] == "visually-hidden"
    arrange(set="crm")
    assert look().cells()[1] == "not known"


def test_sales_are_money_of_the_shop_and_nothing_at_all_is_shown_as_nothing(look, arrange, customer):
    """S4.11, decision 17: total spent on valid orders, in the shop's currency."""
    arrange(set="modern")
    customer(spent="1191.20")
    customer()
    page = look(sort="id")
    assert (page.cells(0)[6], page.cells(1)[6]) == ("€1,191.20", "")


def test_the_crm_cell_holds_last_name_first_name_group_and_address(look, arrange, customer, group, tag):
    """S3.38: one cell "Customer"; S3.40 tags beside it, in order of the alphabet."""
    wholesale = group("Wholesale")
    tags = [tag("RECURRENT"), tag("PROBLEM")]
    arrange(set="crm")
    customer(
        first_name="Ada",
        last_name="Byron",
        email="ada@analytical.com",
        company="Engines Ltd",
        groups=[wholesale],
        tags=tags,
    )
    assert look().cells() == ["Byron Ada Wholesale ada@analytical.com", "Engines Ltd", "PROBLEM RECURRENT"]


def test_all_groups_of_a_customer_are_shown_the_default_one_first(
    look, arrange, customer, group, default_group
):
    """D-40: all groups, not only the default one."""
    wholesale, loyal = group("Wholesale"), group("Loyalty programme")
    arrange(columns=["groups", "default_group"], order_groups="1", order_default_group="2")
    customer(groups=[loyal, wholesale, default_group], default_group=wholesale)
    assert look().cells() == ["Wholesale, Default, Loyalty programme", "Wholesale"]


def test_every_row_begins_with_a_check_box_and_ends_with_its_actions(look, customer):
    """S1.9, S0.7, S3.41, S3.42, S4.18: select, edit, view, delete; the row itself leads to the file (S2.3)."""
    made = customer(first_name="Ada", last_name="Byron")
    page = look()
    assert page.table.one("tr").one("input")["aria-label"] == "Select all rows of this page"
    line = page.lines[0]
    assert line["data-href"] == f"/customers/{made.pk}/"
    assert line.one("input", name="selected")["aria-label"] == "Select Ada Byron"
    links = {link.text or link["aria-label"]: link["href"] for link in line.one("td", "c-actions").all("a")}
    assert links == {
        "Edit Ada Byron": f"/customers/{made.pk}/edit/",
        "View": f"/customers/{made.pk}/",
        "Edit": f"/customers/{made.pk}/edit/",
        "Delete": f"/customers/{made.pk}/delete/",
    }


def test_a_viewer_gets_marks_instead_of_switches_and_only_the_view_link(customer, viewer, client_of):
    """Decisions, rights: who may not act is offered nothing to act with."""
    customer()
    page = List(client_of(viewer).get("/customers/"))
    line = page.lines[0]
    assert line.all("button") == []
    assert page.table.all("input", type="checkbox") == page.table.all(css="c-check") == []
    assert [mark["aria-label"] for mark in line.all("span", "switch")] == ["yes", "no", "no"]
    assert [link.text for link in line.one("td", "c-actions").all("a")] == ["View"]
    assert [link.text for link in page.page.one("div", id="list-gear").all("a")] == [
        "Refresh the list",
        "Columns",
    ]
    assert page.page.all("span", id="list-export") == []


def test_marketing_may_switch_consents_but_not_the_account(customer, marketing, client_of):
    """Decisions, rights: marketing changes consents, groups and tags, not people."""
    customer()
    line = List(client_of(marketing).get("/customers/")).lines[0]
    assert line.one("td", "c-active").all("button") == []
    assert len(line.one("td", "c-newsletter").all("button")) == 1
    assert len(line.one("td", "c-partner_offers").all("button")) == 1


def test_a_filter_stands_under_every_title(look, arrange, customer):
    """S1.92, S3.45–S3.47: under each title, Sales too (U4 over S4.90); choice lists, From and To; the rest above."""
    customer()
    arrange(set="modern")
    page = look(more="open")
    row = page.table.all("tr")[1]
    under = [[one["name"] for one in cell.walk() if one.has("name")] for cell in row.all("td")[1:-1]]
    assert under == [
        ["id"],
        ["title"],
        ["first_name"],
        ["last_name"],
        ["email"],
        ["company"],
        ["spent_min", "spent_max"],
        ["active"],
        ["newsletter"],
        ["partner_offers"],
        ["registered_after", "registered_before"],
        ["last_visit_after", "last_visit_before"],
    ]
    above = [one["name"] for one in page.page.one("div", "extra-filters").walk() if one.has("name")]
    assert above[:5] == ["q", "account", "group", "tag", "deleted"]
    more = page.page.one("details", "more-filters")
    assert [one.text for one in more.all("legend")] == [
        *("Name", "Birthdays", "IP address", "By the rule of", "Kept out of", "Age", "Birthday", "Orders"),
        *("Default group", "Sales agent", "Last order", "Last update", "Phone", "Note"),
    ]
    assert above[5:] == [one["name"] for one in more.walk() if one.has("name")]


def test_the_quick_search_stands_above_every_set_of_columns_and_says_what_it_searches(
    look, arrange, customer
):
    """S3.43, S3.44: on top of the page, the box is called Customer."""
    customer()
    for name in ("classic", "modern", "crm"):
        arrange(set=name)
        label = look().page.one("div", "extra-filters").one("label")
        box = label.one("input", name="q")
        assert (label.text, box["placeholder"]) == ("Customer", "Name, e-mail, company, phone or ID")


def test_the_list_offers_add_export_columns_required_fields_and_options(look, customer):
    """S1.4, S4.24–S4.26, S0.16, S0.12, decision 10: everything stays at hand, the main action beside the title."""
    customer()
    page = look(newsletter="false").page
    assert page.one("a", "btn-primary").text == "Add New"
    gear = {link.text: link["href"] for link in page.one("div", id="list-gear").all("a")}
    assert gear["Refresh the list"] == "/customers/?newsletter=false"
    assert gear["Export"] == "/customers/export/?newsletter=false"
    assert gear["Export for Excel"] == "/customers/export/?newsletter=false&bom=1"
    assert gear["Export all columns"] == "/customers/export/?newsletter=false&columns=all"
    assert page.one("span", id="list-export").one("a")["href"] == gear["Export"]
    assert gear["Set required fields for this section"].startswith("/customers/required-fields/?back=")
    assert gear["Options"] == "/customers/options/?back=%2Fcustomers%2F%3Fnewsletter%3Dfalse"
    foot = page.one("div", "list-foot")
    assert foot.one("h2").text == "Customers options"
    assert foot.all("a")[-1].text == "Set required fields for this section"
    assert page.one("div", "list-below").one("button").text == "Delete selected"


def test_a_new_customer_stands_in_the_list_at_once(look, customer):
    """S0.6, D-58, D-59: no index to rebuild, no copy to fall behind."""
    assert look().ids == []
    made = customer()
    assert look().ids == [made.pk]
    assert "1 result" in look().paging


def test_an_empty_shop_says_so_and_offers_the_one_action_that_helps(look, shop):
    """Design: what belongs here, why there is nothing, what to do."""
    page = look().page
    empty = page.one("div", "list-empty")
    assert (empty.one("h2").text, empty.one("a").text) == ("Nothing here yet.", "Add New")


def test_the_newest_customers_come_first(look, customer):
    """Decision 12: by registration, latest first, then by id."""
    now = timezone.now()
    made = [customer(registered_at=now - dt.timedelta(days=days)) for days in (3, 1, 2, 1)]
    assert look().ids == [made[3].pk, made[1].pk, made[2].pk, made[0].pk]
    assert Customer.objects.count() == 4

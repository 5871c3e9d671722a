"""The CSV file of a list: what stands in it, who gets it, what it leaves behind (facts 2.9, S4.26, G6 to G8, G26)."""

import csv
import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.core.signals import request_finished
from django.db import OperationalError, close_old_connections, connection
from django.http import QueryDict

from backoffice.lists import exporting
from backoffice.lists.exporting import Sheet
from backoffice.lists.page import ListPage
from backoffice.models import Event
from backoffice.sections import all_sections
from backoffice.views.event_sentences import tell
from customers.models import Customer
from customers.sections.customers import CUSTOMERS
from tests.reading import read

PARIS = ZoneInfo("Europe/Paris")


def test_the_classic_columns_stand_in_the_file_with_iso_dates_and_plain_yes_and_no(export, customer, mr):
    """Facts 2.9, D-61: tested by value, not by header (D-17)."""
    made = customer(
        title=mr,
        email="pub@prestashop.com",
        birthday=dt.date(1970, 1, 15),
        newsletter=True,
        registered_at=dt.datetime(2011, 8, 9, 10, 50, 53, tzinfo=PARIS),
        visited=dt.datetime(2011, 8, 9, 10, 50, 53, tzinfo=PARIS),
    )
    header, row = export()
    assert header == [
        *("ID", "Gender", "Last name", "First name", "E-mail", "Age", "Enabled", "News.", "Opt."),
        *("Registration", "Last visit", "backoffice:customers"),
    ]
    assert row[:5] == [str(made.pk), "Male", "DOE", "John", "pub@prestashop.com"]
    assert row[6:] == ["1", "1", "0", "2011-08-09 10:50:53", "2011-08-09 10:50:53", ""]


@pytest.mark.parametrize("language", ["fr", "pl", "ro"])
def test_the_file_is_the_same_in_every_language(export, customer, hire, mr, language):
    """D-61: dates and names of a file never follow the reader."""
    customer(title=mr, birthday=dt.date(1970, 1, 15))
    assert export(staff=hire("manager", language=language)) == export()


def test_money_has_a_decimal_point_and_its_currency_beside_it(export, choose, customer):
    """D-21: money with a comma fell into two columns."""
    customer(spent="1622.99")
    choose("email", "total_spent", "orders_count")
    header, row = export()
    assert header == ["ID", "E-mail", "Sales", "Orders", "Currency", "backoffice:customers"]
    assert row[2:] == ["1622.99", "1", "EUR", ""]


def test_a_cell_that_shows_several_things_becomes_several_columns(export, choose, customer, tag):
    """S3.38: the CRM's first column; D-65: the ID is always there."""
    made = customer(email="ada@shop.example", company="Mill", tags=[tag("VIP"), tag("Bad, late")])
    choose("customer", "company", "tags", "groups")
    header, row = export()
    assert header[:-1] == [
        *("ID", "Last name", "First name", "Default group", "E-mail", "Company", "Tags", "Groups")
    ]
    assert row == [
        *(str(made.pk), "DOE", "John", "Default", "ada@shop.example", "Mill"),
        *('"Bad, late", VIP', "Default", ""),
    ]


def test_all_columns_go_out_where_asked_whatever_the_list_shows(export, choose, customer):
    """U36, I22, V9: only shown columns went out, under the abbreviations of the list; what shows several things at once
    is parted, nothing stands there twice, and the fields that no list shows are there too."""
    made = customer(email="ada@shop.example", phone="0123456789", spent="19.90")
    choose("company")
    header, row = export("columns=all")
    assert header == [
        *("ID", "Gender", "Last name", "First name", "Default group", "E-mail", "Age", "Birthday", "Company"),
        *(
            "Sales",
            "Orders",
            "Groups",
            "Tags",
            "Sales agent",
            "Enabled",
            "Newsletter",
            "Opt-in (partner offers)",
            "Registration",
            "Last visit",
        ),
        *("Last order", "Last update", "Phone", "Note", "Language", "Guest", "External reference"),
        *("Company number", "Tax number", "Website", "Allowed outstanding amount"),
        *("Maximum number of payment days", "Risk rating", "Currency", "backoffice:customers"),
    ]
    assert (row[0], row[9], row[21]) == (str(made.pk), "19.90", "0123456789")
    assert export("columns=none")[0] == ["ID", "Company", "backoffice:customers"]


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://evil.example","x")', "+48 600 100 200", "-1", "@SUM(1)", "'=1", "\uff1d1+1"]
)
def test_no_cell_runs_as_a_formula(export, choose, customer, text):
    """G6, G7: the customer's company is a formula; a spreadsheet shows it as text."""
    made = customer()
    Customer.objects.filter(pk=made.pk).update(company=text)
    choose("company")
    assert export()[1][1] == "'" + text


@pytest.mark.parametrize("text", ["Acme,+1+1", "Acme,@SUM(1)", "1,=1+cmd()"])
def test_nor_does_half_a_cell_where_the_file_is_parted_at_commas(client_of, choose, customer, owner, text):
    """S12: as an English Excel reads a file of ours, which knows nothing of semicolons."""
    made = customer()
    Customer.objects.filter(pk=made.pk).update(company=text)
    choose("company")
    file = b"".join(client_of(owner).get("/customers/export/").streaming_content).decode()
    _header, row = csv.reader(file.splitlines())
    assert [cell for cell in row if cell[:1] in ("=", "+", "-", "@")] == []
    assert row[-1].startswith("'")


def test_every_cell_is_quoted(client_of, customer, owner):
    """S12: no program has to guess where a cell ends."""
    customer()
    file = b"".join(client_of(owner).get("/customers/export/").streaming_content).decode()
    _header, row = file.splitlines()
    assert re.fullmatch(r'"[^"]*"(;"[^"]*")*', row)


def test_texts_are_whole(export, choose, customer):
    """B9: a list may cut what it shows, a file never."""
    made = customer()
    company = 'Mill; "Miller" & Sons ' + "x" * 200
    Customer.objects.filter(pk=made.pk).update(company=company)
    choose("company")
    assert export()[1] == [str(made.pk), company, ""]


def test_as_many_rows_as_the_list_counts_in_the_lists_order(export, customer, client_of, owner):
    """D-18, D-19, D-20: neither 50 rows nor one page, and the filter counts."""
    for number in range(60):
        customer(first_name="Ada" if number % 3 else "Bo", last_name=chr(ord("a") + number % 26))
    rows = export("first_name=ada&sort=last_name&page=2&per_page=20")[1:]
    assert len(rows) == 40
    page = client_of(owner).get("/customers/?first_name=ada&sort=last_name")
    assert re.findall(r'name="selected" value="(\d+)"', page.content.decode()) == [row[0] for row in rows]
    assert [row[2] for row in rows] == sorted(row[2] for row in rows)


def test_what_a_list_does_not_show_no_export_shows(export, customer):
    """Deleted customers are in neither."""
    customer(deleted=True, deleted_at=dt.datetime(2020, 1, 1, tzinfo=PARIS))
    assert len(export()) == 1


def test_the_file_has_a_name_a_type_and_is_kept_nowhere(client_of, owner, shop):
    """Facts 2.9, G8: customer_YYYY-MM-DD_HHMMSS.csv."""
    answer = client_of(owner).get("/customers/export/")
    assert re.fullmatch(
        r'attachment; filename="customer_\d{4}-\d{2}-\d{2}_\d{6}\.csv"', answer["Content-Disposition"]
    )
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]


def test_a_mark_for_spreadsheets_is_a_choice(client_of, owner, shop):
    """The formats: UTF-8, with mark as a choice for Excel."""
    for query, start in (("", b"ID;"), ("?bom=1", b"\xef\xbb\xbfID;")):
        answer = client_of(owner).get(f"/customers/export/{query}")
        assert b"".join(answer.streaming_content).startswith(start)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("age_min=abc", "Age from: Enter a whole number."),
        ("registered_after=2026-02-31", "Registration from: “2026-02-31” is not a date."),
        ("group=x", "Customer Groups: “x” is not one of the choices."),
        ("age_min=60&age_max=20", "Age to: The highest value is below the lowest."),
    ],
)
def test_a_filter_that_cannot_be_read_never_makes_an_export_mean_everybody(
    client_of, owner, customer, query, told
):
    """G8, bad input: no file and no line on the activity page; the list keeps what was asked and says what is wrong."""
    customer()
    answer = client_of(owner).get(f"/customers/export/?{query}&newsletter=true&bom=1", follow=True)
    assert answer.redirect_chain == [(f"/customers/?{query}&newsletter=true", 302)]
    assert [str(one) for one in answer.context["messages"]] == [
        "Nothing was exported: a filter cannot be read. Fix or remove it."
    ]
    assert told in answer.context["filter_faults"]
    assert not Event.objects.filter(kind="export").exists()


def test_who_took_which_rows_away_stands_on_the_activity_page(export, customer, owner):
    """G8: a download is logged, with the filters in force, without what was typed there, and the number of rows."""
    customer(newsletter=True, first_name="Ada")
    customer()
    export("newsletter=true&first_name=ada&q=")
    event = Event.objects.get(kind="export")
    assert (event.staff, event.facts) == (owner, {"rows": 1, "filters": ["first_name", "newsletter"]})
    assert tell(event) == "Owner exported 1 row of Customers."


def test_asking_for_the_head_alone_takes_nothing_away(client_of, owner, customer):
    """No rows, no line on the activity page."""
    customer()
    answer = client_of(owner).head("/customers/export/")
    assert (answer.status_code, answer.content) == (200, b"")
    assert not Event.objects.filter(kind="export").exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [("owner", 200), ("manager", 200), ("marketing", 200), ("support", 403), ("viewer", 403)],
)
def test_an_export_needs_its_own_right(client_of, hire, customer, role, status):
    """Decisions, Rights; G16."""
    customer()
    assert client_of(hire(role)).get("/customers/export/").status_code == status
    assert Event.objects.filter(kind="export").exists() == (status == 200)


def test_no_password_is_ever_in_a_file(export, choose, customer):
    """G26: whatever columns are chosen."""
    customer(password="grindstone")
    choose(*CUSTOMERS.table.names())
    cells = [cell for row in export() for cell in row]
    assert not [cell for cell in cells if "md5$" in cell or "grindstone" in cell]


def test_our_import_knows_every_column_that_we_export(export, choose, shop):
    """Csv formats: it must come back in."""
    choose(*CUSTOMERS.table.names())
    assert set(export()[0]) == {
        *(
            "ID",
            "Gender",
            "Last name",
            "First name",
            "E-mail",
            "Age",
            "Birthday",
            "Company",
            "Sales",
            "Currency",
            "Orders",
        ),
        *("Default group", "Groups", "Tags", "Sales agent", "Enabled", "News.", "Opt.", "Registration"),
        *("Last visit", "Last order", "Last update", "Phone", "backoffice:customers"),
    }


@pytest.mark.parametrize(
    "section", [one for one in all_sections() if one.is_exported], ids=lambda section: section.slug
)
def test_every_section_has_an_export_with_the_id_first_or_among_its_columns(client_of, owner, shop, section):
    """Architecture: from a section's declaration comes its export too."""
    answer = client_of(owner).get(f"/{section.slug}/export/")
    header = b"".join(answer.streaming_content).decode().splitlines()[0].split(";")
    assert "ID" in header
    assert len(header) == len(set(header))


def test_a_long_file_comes_in_blocks_and_may_be_broken_off(owner, customer):
    """Libraries: blocks of some 64 kB, never a row at a time; who closes the browser leaves nothing open."""
    for number in range(200):
        customer(company="x" * 255, last_name="y" * 255, email=f"{'z' * 60}@{'w' * 60}{number}.example")
    sheet = Sheet(ListPage(CUSTOMERS, QueryDict(""), owner))
    blocks = [len(block) for block in sheet.blocks()]
    assert len(blocks) == 2
    assert 60_000 < blocks[0] < 70_000
    broken_off = sheet.blocks()
    next(broken_off)
    broken_off.close()
    assert Customer.objects.count() == 200


def held(server) -> dict[int, float]:
    """The sessions of this database that are within a transaction, and for how many seconds."""
    with server.cursor() as cursor:
        cursor.execute(
            "SELECT pid, extract(epoch FROM now() - xact_start) FROM pg_stat_activity"
            " WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
        )
        return dict(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
@pytest.mark.only_on("postgresql")
def test_an_export_holds_nothing_while_its_reader_stalls(owner, customer, monkeypatch):
    """S2 c, deliverable 5: eight stalled readers were eight open transactions."""
    monkeypatch.setattr(exporting, "_ROWS", 2)
    for _number in range(6):
        customer()
    rows = Sheet(ListPage(CUSTOMERS, QueryDict(""), owner)).rows()
    next(rows)
    other = connection.copy()
    assert held(other) == {}
    other.close()
    assert len(list(rows)) == 5


def test_a_row_that_moves_while_the_file_is_read_stands_in_it_once(owner, customer, monkeypatch):
    """Deliverable 5: which rows a file has, and their order, is settled when it begins; deleted ones are left out."""
    monkeypatch.setattr(exporting, "_ROWS", 1)
    names = ["Adams", "Baker", "Clark", "Davis"]
    first, second, third, fourth = [customer(last_name=name) for name in names]
    rows = Sheet(ListPage(CUSTOMERS, QueryDict("sort=last_name"), owner)).rows()
    found = [next(rows)]
    Customer.objects.filter(pk=first.pk).update(last_name="Zulu", last_name_key="zulu")
    Customer.objects.filter(pk=second.pk).update(
        deleted=True, deleted_at=dt.datetime(2026, 1, 1, tzinfo=PARIS)
    )
    Customer.objects.filter(pk=fourth.pk).update(last_name="Aaron", last_name_key="aaron")
    found += rows
    assert [(int(row[0]), row[2]) for row in found] == [
        (first.pk, "Adams"),
        (third.pk, "Clark"),
        (fourth.pk, "Aaron"),
    ]


@pytest.mark.parametrize("sort", ["last_visit", "-last_visit"])
def test_a_file_has_rows_without_a_value_where_the_list_has_them(export, customer, sort):
    """Nothing known counts as the smallest value, over several blocks too."""
    seen = [customer(visited=dt.datetime(2020, 1, day, tzinfo=PARIS)).pk for day in (2, 1)]
    never = [customer().pk for _number in range(3)]
    ids = [int(row[0]) for row in export(f"sort={sort}_at")[1:]]
    assert ids == ([*never, *reversed(seen)] if sort == "last_visit" else [*seen, *reversed(never)])


def go_away(answer) -> None:
    """The browser closes its connection; the test keeps the one to the database."""
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)


def test_the_next_download_is_asked_to_wait(client_of, owner, customer, settings):
    """S2 c: stalled readers never take all threads; the next one gets a word on the list, and no line in Activity."""
    customer()
    running = [client_of(owner).get("/customers/export/") for _number in range(settings.DOWNLOADS_AT_ONCE)]
    assert [answer.status_code for answer in running] == [200] * 4
    answer = client_of(owner).get("/customers/export/?newsletter=true&bom=1", follow=True)
    assert answer.redirect_chain == [("/customers/?newsletter=true", 302)]
    assert [str(one) for one in answer.context["messages"]] == [
        "Other exports are still running. Please try again in a minute."
    ]
    assert Event.objects.filter(kind="export").count() == 4
    go_away(running[0])
    assert b"".join(running[1].streaming_content).startswith(b"ID;")
    again = [client_of(owner).get("/customers/export/") for _number in range(3)]
    assert [answer.status_code for answer in again] == [200, 200, 302]


def test_a_download_that_fails_before_it_begins_keeps_no_place(
    client_of, owner, customer, settings, monkeypatch
):
    """S2 c."""
    customer()
    theirs = client_of(owner)
    theirs.raise_request_exception = False

    def refuse(page):
        raise OperationalError("canceling statement due to statement timeout")

    with monkeypatch.context() as slow:
        slow.setattr(ListPage, "all_keys", refuse)
        failed = [theirs.get("/customers/export/").status_code for _ in range(settings.DOWNLOADS_AT_ONCE + 1)]
    assert failed == [503] * 5
    assert theirs.get("/customers/export/").status_code == 200


def test_an_empty_list_offers_no_export_and_says_why(client_of, owner, customer):
    """A file with one line of titles is no news to anybody; who asks by address gets it all the same (interface.md)."""
    customer()
    client = client_of(owner)
    page = read(client.get("/customers/"))
    assert page.one("span", id="list-export").one("a")["href"] == "/customers/export/"
    page = read(client.get("/customers/?first_name=nobody"))
    button = page.one("span", id="list-export").one("button")
    assert (button.has("disabled"), button["title"]) == (True, "There is nothing to export.")
    assert [one["href"] for one in page.all("a") if "/export/" in one.get("href")] == []
    answer = client.get("/customers/export/?first_name=nobody")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")

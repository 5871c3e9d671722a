"""What goes out comes back in unchanged (G6, D-61, D-65)."""

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.importing.report import Report
from backoffice.lists.exporting import Sheet
from backoffice.lists.page import ListPage
from backoffice.records.actors import Actor, Door
from backoffice.records.options import store
from customers import services
from customers.importing import importer
from customers.importing.importer import CustomerImport
from customers.models import Customer, Tag
from customers.options import SECTION, CustomerOptions
from customers.sections.customers import CUSTOMERS
from customers.services.figures import record_purchase
from groups.models import Group

EVERY_COLUMN = CUSTOMERS.table.names()
KEPT = ("title_id", "last_name", "first_name", "email", "company", "active", "newsletter", "partner_offers")
ODD = (
    ('=HYPERLINK("http://evil.example","x")', "'t Hart", "'"),
    ("+48 600", "''", 'Łukasz; "Wąs"'),
    ("-", "'=1", "two\nlines"),
    ("007", "'7", "1,5"),
    ("NULL", "TRUE", "--"),
    ("Acme,+1+1", "\uff1d1", "a,'=1"),
)


@pytest.fixture
def back(owner, tmp_path, choose):
    """`back()` exports the whole list with every column and takes the file in again; gives the report."""

    def back(*, columns=EVERY_COLUMN, **options):
        choose(*columns)
        path = tmp_path / "own.csv"
        page = ListPage(CUSTOMERS, QueryDict(""), owner)
        path.write_bytes(b"".join(Sheet(page).blocks()))
        work = CustomerImport(path, **options)
        return work.run(by=Actor(staff=None, door=Door.IMPORT), tell=lambda fault: pytest.fail(str(fault)))

    return back


def values():
    return list(Customer.objects.order_by("pk").values())


@pytest.fixture
def village(customer, group, tag, hire, mr, mrs):
    """Customers with all that makes files difficult."""
    paris = group('Paris, Lyon; "Nice"', name_fr="Les villes")
    agents = [hire("support", email=f"{n}@shop.example", name="Sue Port") for n in (1, 2)]
    made = []
    for number, (company, last_name, first_name) in enumerate(ODD):
        one = customer(
            title=(None, mr, mrs)[number % 3],
            birthday=(None, dt.date(1970, 1, 15), dt.date(2004, 2, 29))[number % 3],
            newsletter=number % 2 == 0,
            active=number != 1,
            groups=[paris] if number % 2 else [],
            tags=[tag(f"a,b{number}")] if number else [],
            sales_agent=agents[number % 2] if number % 3 else None,
            spent=f"{number}91.20" if number else None,
            visited=timezone.now() - dt.timedelta(hours=number) if number else None,
        )
        # Values that no rule of today would take, and that stand there all the same (decision 5).
        Customer.objects.filter(pk=one.pk).update(company=company, last_name=last_name, first_name=first_name)
        made.append(one)
    return made


@pytest.mark.parametrize("key", ["email", "id"])
def test_the_own_export_changes_nothing_when_it_comes_back(back, village, key):
    """G6: exact, formulas and apostrophes included; figures are not counted twice (decision 23)."""
    before = values()
    report = back(key=key)
    assert (report.created, report.updated, report.unchanged, report.refused) == (0, 0, len(village), 0)
    assert values() == before
    assert report.remarks() == []


@pytest.mark.parametrize("name", list(CUSTOMERS.listing.sets))
def test_each_column_set_comes_back_unchanged(back, village, name):
    """Decision 1: Classic, Modern and CRM."""
    report = back(columns=CUSTOMERS.listing.sets[name].columns)
    assert (report.created, report.updated, report.unchanged) == (0, 0, len(village))


def test_guests_that_share_an_address_come_back_each_to_itself(back, customer):
    """Decision 22: the export's own id decides."""
    for first_name in ("Ada", "Augusta"):
        customer(email="ada@shop.example", first_name=first_name, guest=True)
    customer(email="ada@shop.example", first_name="Account")
    before = values()
    report = back()
    assert (report.unchanged, report.refused) == (3, 0)
    assert values() == before


def test_into_an_empty_shop_the_same_people_come_with_what_they_spent(back, customer, group, mr):
    """The move to another installation: opening figures, groups by name, the old number kept as reference."""
    village = group("Village")
    made = customer(
        title=mr,
        email="ada@shop.example",
        groups=[village],
        spent="191.20",
        newsletter=True,
        registered_at=dt.datetime(2011, 8, 9, 10, 50, 53, tzinfo=timezone.get_current_timezone()),
    )
    old = {name: getattr(made, name) for name in (*KEPT, "registered_at")}
    original = CustomerImport.run

    def emptied(self, **how):
        Customer.objects.all().delete()
        return original(self, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CustomerImport, "run", emptied)
        report = back()
    assert report.created == 1
    new = Customer.objects.get()
    assert {name: getattr(new, name) for name in old} == old
    assert (new.external_id, new.default_group) == (str(made.pk), village)
    assert (new.figures.opening_spent, new.figures.opening_orders) == (Decimal("191.20"), 1)


# What files say of a customer, as it lies in the database.
OF_FILES = sorted(
    {
        "language",
        "guest",
        "note",
        "phone",
        "birthday",
        "registered_at",
        *("company", "active", "newsletter", "partner_offers", "last_name", "first_name", "email"),
        *("siret", "ape", "website", "title_id", "sales_agent_id"),
    }
)


def everything_of(customer: Customer) -> dict:
    """All that files can say of a customer, groups and tags by their names."""
    figures = customer.figures
    return {
        **{name: getattr(customer, name) for name in OF_FILES},
        "default_group": customer.default_group.name,
        "groups": sorted(customer.groups.values_list("name", flat=True)),
        "tags": sorted(customer.tags.values_list("name", flat=True)),
        "custom": customer.custom,
        "figures": (figures.orders_count, figures.total_spent, figures.last_visit_at),
    }


@pytest.fixture
def whole_shop(village, customer, hire, custom_field, mr) -> None:
    """The village, its guests, and one of whom everything is known."""
    store(CustomerOptions(b2b=True), SECTION, by=Actor.command())
    hidden = {"in_list": False}
    fields = {
        custom_field("Shoe size", kind="number", **hidden): 42,
        custom_field("Colour", kind="choice", choices="Red\nGreen"): "Red",
        custom_field("Remark", kind="long_text", **hidden): "-",
        custom_field("Met on", kind="day"): dt.date(2031, 5, 6),
        custom_field("Paid", kind="amount"): Decimal("12.50"),
        custom_field("Bulk mail", kind="yes_no"): True,
    }
    ada = customer(
        email="ada@shop.example",
        title=mr,
        birthday=dt.date(1984, 3, 1),
        note="Two lines\nand =1+1",
        phone="600 700 800 ext. 12",
        language="ro",
        company="--",
        siret="73282932000074",
        ape="6201Z",
        website="shop.example",
        external_id="4711",
        sales_agent=hire("support", name="Amy Agent", email="amy@shop.example"),
        newsletter=True,
    )
    services.save_customer(
        ada, {f"custom_{field.pk}": value for field, value in fields.items()}, by=Actor.command()
    )
    for number in range(2):
        customer(email="ada@shop.example", guest=True, newsletter=bool(number), spent=f"{number}9.90")


@pytest.fixture
def everything(owner, tmp_path):
    """`everything()` is the file of everything that is known about all customers."""

    def everything() -> Path:
        path = tmp_path / "everything.csv"
        page = ListPage(CUSTOMERS, QueryDict("columns=all&sort=id"), owner)
        path.write_bytes(b"".join(Sheet(page).blocks()))
        return path

    return everything


def taken_in(path: Path) -> Report:
    """What became of a file in which nothing is wrong."""
    work = CustomerImport(path)
    return work.run(by=Actor(staff=None, door=Door.IMPORT), tell=lambda fault: pytest.fail(str(fault)))


@pytest.mark.parametrize("block", [2, 1_000])
def test_everything_goes_into_an_empty_shop_and_is_the_same_there(whole_shop, everything, monkeypatch, block):
    """D22, V9: 119 of 996 people stayed out, guests became accounts, birthdays and phones had no column."""
    monkeypatch.setattr(importer, "BLOCK", block)
    # What breaks a rule of today stays where it is, and so does who is one of two colleagues of a name.
    others = Customer.objects.exclude(email__startswith="ada")
    others.update(last_name="Byron", first_name="Ada", company="-", sales_agent=None)
    path = everything()
    before = list(map(everything_of, Customer.objects.order_by("pk")))
    references = list(Customer.objects.order_by("pk").values_list("external_id", "pk"))
    Customer.objects.all().delete()
    Group.objects.exclude(name="Default").delete()
    Tag.objects.all().delete()
    report = taken_in(path)
    assert (report.created, report.updated, report.refused) == (len(before), 0, 0)
    assert list(map(everything_of, Customer.objects.order_by("pk"))) == before
    # Who had no other reference has the number of the former shop.
    assert list(Customer.objects.order_by("pk").values_list("external_id", flat=True)) == [
        reference or str(key) for reference, key in references
    ]
    again = taken_in(path)
    assert (again.created, again.updated, again.unchanged) == (0, 0, len(before))


def test_everything_changes_nothing_in_the_shop_it_comes_from(whole_shop, everything):
    """G6, D-65."""
    before = list(map(everything_of, Customer.objects.order_by("pk")))
    report = taken_in(everything())
    assert (report.created, report.updated, report.unchanged) == (0, 0, len(before))
    assert list(map(everything_of, Customer.objects.order_by("pk"))) == before


def test_an_order_placed_since_the_export_is_not_lost_when_the_file_comes_back(back, customer, monkeypatch):
    """Decision 23: figures of our own export are worked out here."""
    made = customer(spent="100.00")
    original = CustomerImport.run

    def after_an_order(self, **how):
        record_purchase(made.pk, placed_at=timezone.now(), value=Decimal("50.00"), valid=True)
        return original(self, **how)

    monkeypatch.setattr(CustomerImport, "run", after_an_order)
    report = back()
    assert (report.updated, report.unchanged) == (0, 1)
    made.figures.refresh_from_db()
    assert made.figures.total_spent == Decimal("150.00")
    assert [remark for remark in report.remarks() if "Sales" in remark] == [
        "Line 2, column “Sales”: calculated here from orders and visits; not taken from our own exports"
    ]


def test_a_cell_changed_in_the_spreadsheet_changes_that_value_alone(export, choose, customer, tmp_path):
    """S4.28: export, correct, import."""
    made = customer(email="ada@shop.example", company="=1+1", phone="+48 600")
    choose(*EVERY_COLUMN)
    header, row = export()
    row[header.index("First name")] = "Ada"
    path = tmp_path / "own.csv"
    path.write_text("\n".join(";".join(f'"{cell}"' for cell in line) for line in (header, row)))
    CustomerImport(path).run(
        by=Actor(staff=None, door=Door.IMPORT), tell=lambda fault: pytest.fail(str(fault))
    )
    before, after = Customer.history.order_by("history_id")
    assert [change.field for change in after.diff_against(before).changes] == ["first_name"]
    made.refresh_from_db()
    assert (made.first_name, made.company, made.phone) == ("Ada", "=1+1", "+48 600")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(
    texts=st.lists(
        st.text(
            st.characters(exclude_categories=("Cs",), exclude_characters="\0\x1e"), min_size=1, max_size=20
        ),
        min_size=3,
        max_size=3,
    )
)
def test_whatever_is_stored_comes_back_as_it_was(back, customer, texts):
    """G6: any text in a cell, spaces and line breaks included."""
    Customer.objects.all().delete()
    made = customer()
    company, last_name, first_name = texts
    Customer.objects.filter(pk=made.pk).update(company=company, last_name=last_name, first_name=first_name)
    before = values()
    report = back()
    assert (report.updated, report.unchanged) == (0, 1)
    assert values() == before


def test_the_block_of_a_file_is_text_that_ends_with_its_rows(owner, customer):
    """Facts 2.9: header line, CRLF, one line a row."""
    customer()
    text = b"".join(Sheet(ListPage(CUSTOMERS, QueryDict(""), owner)).blocks()).decode()
    assert text.count("\r\n") == 2
    assert io.StringIO(text).readline().startswith("ID;Gender;")

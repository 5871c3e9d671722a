"""Addresses from files: the rules of their form, the same file twice changes nothing (issue 9, 12)."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from addresses.importing.importer import open_addresses
from addresses.models import Address
from backoffice.records.actors import Actor, Door
from customers.models import Customer
from customers.services import save_rule
from tests.customers.ruling import origins, rule

SAMPLES = Path(__file__).parent.parent / "addresses" / "files"
HEAD = "Address ID;Alias;Customer e-mail;Last name;First name;Address 1;Address 2;Zipcode;City;Country;State;Phone\n"
PARIS = "7;Home;ada@shop.example;Byron;Ada;14, Main street;2nd floor;75000;Paris;France;;0102030405\n"
pytestmark = pytest.mark.usefixtures("shop")


@pytest.fixture
def ada(customer):
    return customer(email="ada@shop.example")


@pytest.fixture
def take_in(written):
    """`take_in(text)` takes addresses in by the command's door; gives the counts and what was told."""

    def take_in(text: str, *, dry_run: bool = False, **options):
        faults = []
        work = open_addresses(written(text), **options)
        report = work.run(by=Actor(staff=None, door=Door.IMPORT), dry_run=dry_run, tell=faults.append)
        counts = (report.created, report.updated, report.unchanged, report.refused)
        return counts, [str(fault) for fault in faults]

    return take_in


def test_an_address_comes_with_all_that_a_file_says_of_it(take_in, ada):
    assert take_in(HEAD + PARIS, dry_run=True) == ((1, 0, 0, 0), [])
    assert not Address.objects.exists()
    assert take_in(HEAD + PARIS) == ((1, 0, 0, 0), [])
    one = Address.objects.get()
    assert (one.customer, one.alias, one.street, one.country_id) == (
        ada,
        "Home",
        "14, Main street 2nd floor",
        "FR",
    )
    assert (one.phone, one.phone_e164, one.external_id) == ("0102030405", "+33102030405", "7")
    assert (one.default_billing, one.default_shipping) == (True, True)
    assert one.history.get().door == Door.IMPORT


def test_the_same_file_again_changes_nothing_with_and_without_references(take_in, ada):
    """D21."""
    take_in(HEAD + PARIS)
    assert take_in(HEAD + PARIS) == ((0, 0, 1, 0), [])
    without = (HEAD + PARIS).replace("Address ID;", "").replace("\n7;", "\n")
    assert take_in(without) == ((0, 0, 1, 0), [])
    moved = PARIS.replace("14, Main street", "15, Main street")
    assert take_in(HEAD + moved) == ((0, 1, 0, 0), [])
    assert (Address.objects.get().address1, Address.objects.count()) == ("15, Main street", 1)


def test_two_references_are_two_addresses_of_one_house_and_one_reference_twice_is_told(take_in, ada):
    text = HEAD + PARIS + PARIS.replace("7;", "8;", 1) + PARIS
    said = ["Line 4, column “Address ID”, “7”: Line 2 already covers this record."]
    assert take_in(text, dry_run=True) == ((2, 0, 0, 1), said)
    assert take_in(text) == ((2, 0, 0, 1), said)
    assert Address.objects.filter(default_billing=True).count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("ada@", "nobody@"), "column “Customer e-mail”, “nobody@shop.example”: There is no such customer here."),
        (("France", "Atlantis"), "column “Country”, “Atlantis”: There is no such enabled country here: "),
        (("75000", "ABC"), "column “Zipcode”, “ABC”: Not a postcode of this country: write it like 33380."),
        ((";;0102030405", ";Texas;0102030405"), "column “State”, “Texas”: This country has no such state: "),
        (("Byron", "Byr0n"), "column “Last name”, “Byr0n”: "),
    ],
)  # fmt: skip
def test_what_the_form_refuses_a_file_is_refused_at_its_column(take_in, ada, change, said):
    """Decision 27."""
    counts, faults = take_in(HEAD + PARIS.replace(*change))
    assert counts == (0, 0, 0, 1)
    assert faults[0].startswith(f"Line 2, {said}")
    assert not Address.objects.exists()


def test_countries_and_states_are_known_by_code_and_by_name_in_any_language(take_in, ada):
    row = "{};Home;ada@shop.example;Byron;Ada;1, Main street;;10001;New York;{};{};\n"
    text = HEAD + "".join(
        row.format(n, *place)
        for n, place in enumerate(
            [("US", "US-NY"), ("États-Unis", "New York"), ("Stany Zjednoczone", "NY")], 1
        )
    )
    assert take_in(text) == ((3, 0, 0, 0), [])
    assert set(Address.objects.values_list("country_id", "state_id")) == {("US", "US-NY")}


def test_whose_it_is_a_number_says_only_where_numbers_are_ours(take_in, ada, customer):
    """Decision 44; guests who share an address are told apart by nobody."""
    Customer.objects.filter(pk=ada.pk).update(external_id="4711")
    head = HEAD.replace("Customer e-mail", "Customer ID")
    assert take_in(head + PARIS.replace("ada@shop.example", "4711"))[0] == (1, 0, 0, 0)
    assert take_in(head + PARIS.replace("ada@shop.example", str(ada.pk)))[0] == (0, 0, 0, 1)
    for _ in range(2):
        customer(email="guest@shop.example", guest=True)
    counts, faults = take_in(HEAD + PARIS.replace("ada@", "guest@"))
    assert counts == (0, 0, 0, 1)
    assert faults[0].endswith("Several guests have this e-mail address: the row does not say whose it is.")


def test_the_command_has_the_exit_codes_of_the_others(written, ada):
    """interface.md: 0 all went in, 1 some were refused, 2 cannot be read."""
    call_command("import_addresses", str(written(HEAD + PARIS)))
    for text, code in ((HEAD + PARIS.replace("ada@", "x@"), 1), ("Street;City\nx;y\n", 2)):
        with pytest.raises(CommandError) as refusal:
            call_command("import_addresses", str(written(text)))
        assert refusal.value.returncode == code


def test_an_export_of_everything_changes_nothing_and_goes_into_an_empty_shop(take_in, ada, client_of, owner):
    take_in(HEAD + PARIS)

    def export() -> str:
        answer = client_of(owner).get("/addresses/export/?columns=all")
        return b"".join(answer.streaming_content).decode()

    file = export()
    assert take_in(file) == ((0, 0, 1, 0), [])
    Address.objects.all().delete()
    assert take_in(file) == ((1, 0, 0, 0), [])
    rows = [list(csv.DictReader(io.StringIO(one), delimiter=";")) for one in (file, export())]
    for one in (row for some in rows for row in some):
        one.pop("ID"), one.pop("Creation date")
    assert rows[0] == rows[1]


@pytest.mark.parametrize(
    ("name", "created", "refused"),
    [
        ("prestashop14", 2, [4]),
        ("prestashop16", 9, [4, 7, 13, 14, 15, 16, 17]),
        ("thirtybees", 9, [4, 7, 13, 14, 15, 16, 17]),
    ],
)
def test_published_samples_go_in(take_in, customer, name, created, refused):
    """What is refused lacks a customer (a manufacturer's address), or has a postcode of no such country."""
    file = SAMPLES / f"{name}_addresses_import.csv"
    work = open_addresses(file)
    place = work.layout.places["customer"]
    for email in {row.cells[place].lower() for row in work.file.rows()} - {""}:
        customer(email=email)
    counts, faults = take_in(file.read_text())
    assert counts == (created, 0, 0, len(refused))
    assert [int(fault.split(",")[0].removeprefix("Line ")) for fault in faults] == refused
    assert take_in(file.read_text())[0] == (0, 0, counts[0], counts[3])


def test_the_address_of_a_brand_or_supplier_is_no_customers(take_in):
    """Decision 24: each such row is told as what it is; it lacks nothing else."""
    file = (SAMPLES / "prestashop16_addresses_import.csv").read_text()
    said = [fault for fault in take_in(file)[1] if "names no customer" in fault]
    assert said[0] == (
        "Line 13, column “Customer e-mail*”: Not a customer’s address: the row names no customer."
    )
    assert len(said) == 5


def test_the_country_and_the_groups_that_go_by_it_follow_with_the_block(take_in, ada, group):
    """Decision 29; who only has a row that was refused is where she was."""
    belgians = group("Belgians")
    save_rule(belgians, rule(("country", "any_of", ["BE"])), by=Actor.command())
    text = HEAD + PARIS.replace("75000;Paris;France", "1000;Brussels;Belgium")
    assert take_in(text, dry_run=True)[0] == (1, 0, 0, 0)
    assert take_in(text.replace("1000", "ABC"))[0] == (0, 0, 0, 1)
    ada.refresh_from_db()
    assert (ada.country, origins(belgians)) == ("", {})
    assert take_in(text)[0] == (1, 0, 0, 0)
    ada.refresh_from_db()
    assert (ada.country, origins(belgians)) == ("BE", {ada.first_name: "rule"})


def test_a_row_sees_what_an_earlier_row_of_its_block_has_made_of_the_customers_addresses(
    take_in, ada, address
):
    """The new default address takes it from the former one, whose row says so already: nothing is changed by it."""
    old = address(ada, address1="1, Old street", default_billing=True)
    text = (
        "E-mail;Alias;First name;Last name;Address;Postcode;City;Country;Default billing address\n"
        "ada@shop.example;New;Ada;Byron;2, New street;75000;Paris;France;1\n"
        "ada@shop.example;Home;Ada;Byron;1, Old street;75000;Paris;France;0\n"
    ).replace("E-mail", "Customer e-mail")
    Address.objects.filter(pk=old.pk).update(first_name="Ada", last_name="Byron")
    assert take_in(text) == ((1, 0, 1, 0), [])
    assert list(Address.objects.order_by("pk").values_list("default_billing", flat=True)) == [False, True]


def test_a_row_of_a_known_customer_costs_three_reads(take_in, customer):
    """Its lock, the required fields, the other addresses; whose it is and what they have is read by the block."""
    for number in range(12):
        customer(email=f"ada{number}@shop.example")
    reads = []
    for numbers in (range(2), range(2, 12)):
        rows = (PARIS.replace("ada@", f"ada{n}@").replace("7;Home", f"7{n};Home") for n in numbers)
        with CaptureQueriesContext(connection) as queries:
            assert take_in(HEAD + "".join(rows))[0] == (len(numbers), 0, 0, 0)
        reads.append(sum(one["sql"].startswith("SELECT") for one in queries))
    assert reads[1] - reads[0] == 8 * 3

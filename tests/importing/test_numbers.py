"""Numbers of another shop are never ours, and numbers of ours turn nobody into somebody else (decision 44)."""

import pytest
from django.core.management import CommandError, call_command

from customers.importing import importer
from customers.models import Customer
from groups.models import Group

from .conftest import FILES

pytestmark = pytest.mark.alike

PRESTASHOP = "Customer ID;E-mail;Last name;First name;Groups (x,y,z...);Default group ID"
READABLE = sorted(
    path.stem for path in FILES.glob("*.csv") if path.stem not in ("addresses", "polish_windows_1250")
)
UNNUMBERED = (
    "magento_composite",
    "magento_main",
    "shopify_2022",
    "shopify_oldest",
    "sylius",
    "woocommerce_report",
)


@pytest.fixture
def john(customer) -> Customer:
    return customer(first_name="John", last_name="DOE", email="pub@prestashop.com")


def everybody() -> list[dict]:
    return list(Customer.objects.order_by("pk").values())


# The default group (D16)


def test_a_foreign_files_default_group_is_the_same_at_the_second_run(take_in):
    """D16: 3 was "Customer" in that shop; here the group 3 may be any."""
    text = f"{PRESTASHOP}\n7;ada@shop.example;Byron;Ada;Customer, VIP;{{number}}\n"
    for number in (1, 2, 3, 4, 5):
        told = take_in(text.format(number=number))
        assert Customer.objects.get().default_group.name == "Customer"
        assert told.remarks[-1] == (
            "Line 2, column “Default group ID”: a number of another shop's group; the first of the row's groups counts"
        )
    assert told.counts == (0, 0, 1, 0)
    last = Group.objects.get(name="VIP").pk
    assert take_in(text.format(number=last)).counts == (0, 0, 1, 0)


@pytest.mark.parametrize("key", ["email", "id"])
def test_equal_rows_get_one_default_group_whatever_block_they_stand_in(take_in, monkeypatch, key):
    """D16: 2,000 rows had "Customer", the next ones "VIP"."""
    monkeypatch.setattr(importer, "BLOCK", 2)
    last = Group.objects.latest("pk").pk
    rows = "".join(f"{90_000 + n};c{n}@shop.example;Byron;Ada;Customer, VIP;{last + 2}\n" for n in range(7))
    for counts in ((7, 0, 0, 0), (0, 0, 7, 0)):
        assert take_in(f"{PRESTASHOP}\n{rows}", key=key).counts == counts
        assert set(Customer.objects.values_list("default_group__name", flat=True)) == {"Customer"}


def test_a_bare_number_is_a_name_where_the_rows_own_groups_are_called_so(take_in, group):
    """Decision 44: by the file's own group names only."""
    group("2024")
    take_in(f"{PRESTASHOP}\n7;ada@shop.example;Byron;Ada;VIP, 2024;2024\n")
    assert Customer.objects.get().default_group.name == "2024"
    take_in(f"{PRESTASHOP}\n8;bo@shop.example;Byron;Bo;VIP;2024\n")
    assert Customer.objects.get(first_name="Bo").default_group.name == "VIP"


# Other people (D17)


def test_an_id_of_a_foreign_file_turns_nobody_into_somebody_else(take_in, john):
    """D17: John DOE became Peter Pan, with his orders, notes and consents."""
    before = everybody()
    text = f"ID;E-mail;Last name;First name\n{john.pk};peter@never.example;Pan;Peter\n"
    outcome = take_in(text, key="id")
    assert outcome.counts == (0, 0, 0, 1)
    assert [str(fault) for fault in outcome.faults] == [
        f"Line 2, column “ID”, “{john.pk}”: ID {john.pk}: John DOE → Peter Pan. This looks like another person;"
        " use --replace-people to allow it."
    ]
    assert everybody() == before


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        ("E-mail;Last name", "pub@prestashop.com;Pan"),
        ("E-mail;Last name", "john@prestashop.com;Doé"),
        ("E-mail", "john@prestashop.com"),
        ("Last name;First name", "Pan;John"),
        ("Newsletter", "1"),
    ],
)
def test_who_keeps_the_address_or_the_name_may_be_changed_by_their_id(take_in, john, columns, row):
    """Decision 44: both have to differ; in a file without addresses both names."""
    assert take_in(f"ID;{columns}\n{john.pk};{row}\n", key="id").counts == (0, 1, 0, 0)


def test_both_names_without_an_address_are_somebody_else_too(take_in, john):
    """D17: the kind."""
    outcome = take_in(f"ID;Last name;First name\n{john.pk};Pan;Peter\n", key="id")
    assert outcome.counts == (0, 0, 0, 1)


def test_where_people_may_be_replaced_the_first_ones_are_named(take_in, customer):
    """D17: names where "9 updated" was all; a dry run says it before."""
    people = [customer(first_name="John", last_name="DOE", email=f"j{n}@shop.example") for n in range(12)]
    rows = "".join(f"{one.pk};p{one.pk}@never.example;Pan;Peter\n" for one in people)
    text = f"ID;E-mail;Last name;First name\n{rows}"
    named = [f"  ID {one.pk}: John DOE → Peter Pan" for one in people[:10]]
    told = take_in(text, key="id", replace_people=True, dry_run=True)
    assert (told.counts, told.remarks) == ((0, 12, 0, 0), ["Would be renamed:", *named, "  and 2 more"])
    assert not Customer.objects.filter(first_name="Peter").exists()
    told = take_in(text, key="id", replace_people=True)
    assert (told.counts, told.remarks) == ((0, 12, 0, 0), ["Renamed:", *named, "  and 2 more"])
    assert Customer.objects.filter(first_name="Peter", last_name="Pan").count() == 12


def test_the_command_has_a_word_for_it(john, written, capsys):
    """Decision 44: --replace-people."""
    file = written(f"ID;E-mail;Last name;First name\n{john.pk};peter@never.example;Pan;Peter\n")
    with pytest.raises(CommandError, match="1 row was refused"):
        call_command("import_customers", str(file), key="id")
    call_command("import_customers", str(file), "--key=id", "--replace-people", "--dry-run")
    assert f"Would be renamed:\n  ID {john.pk}: John DOE → Peter Pan\n" in capsys.readouterr().out
    call_command("import_customers", str(file), "--key=id", "--replace-people")
    john.refresh_from_db()
    assert john.name == "Peter Pan"


# The same file again (D21)


@pytest.mark.parametrize(
    ("name", "key"),
    [(name, key) for name in READABLE for key in ("email", "id") if key == "email" or name not in UNNUMBERED],
)
def test_the_same_file_twice_changes_nothing(take_in, monkeypatch, counted_right, name, key):
    """D21: every file, each key, in several blocks."""
    monkeypatch.setattr(importer, "BLOCK", 2)
    path = FILES / f"{name}.csv"
    first = take_in(path, key=key)
    before = everybody()
    again = take_in(path, key=key)
    created, _updated, unchanged, refused = first.counts
    assert again.counts == (0, 0, created + unchanged, refused)
    assert everybody() == before
    counted_right()


@pytest.mark.parametrize("key", ["email", "id"])
@pytest.mark.parametrize("block", [1, 2, 100])
def test_guests_are_not_doubled(take_in, monkeypatch, key, block):
    """D21: two orders of one guest are two guests, and the same two the next time."""
    monkeypatch.setattr(importer, "BLOCK", block)
    text = (
        "ID;E-mail;Last name;First name;Guest;Newsletter\n"
        "900;ada@shop.example;Byron;Ada;1;0\n"
        "901;ada@shop.example;Byron;Ada;1;1\n"
        "902;bo@shop.example;Bo;Bo;0;0\n"
        "901;ada@shop.example;Byron;Ada;1;0\n"
    )
    assert take_in(text, key=key, dry_run=True).counts == (3, 0, 0, 1)
    first = take_in(text, key=key)
    assert (first.counts, first.reasons) == ((3, 0, 0, 1), ["Line 3 already covers this record."])
    before = everybody()
    again = take_in(text, key=key)
    assert (again.counts, again.reasons) == ((0, 0, 3, 1), first.reasons)
    assert everybody() == before


@pytest.mark.parametrize("block", [1, 2, 100])
def test_guests_without_a_number_are_told_apart_by_their_names(take_in, monkeypatch, block):
    """D21, decision 4: they may share an address."""
    monkeypatch.setattr(importer, "BLOCK", block)
    text = (
        "E-mail;Last name;First name;Guest\n"
        "ada@shop.example;Byron;Ada;1\n"
        "ada@shop.example;Byron;Augusta;1\n"
        "ADA@shop.example;byron;ada;1\n"
    )
    for counts in ((2, 0, 0, 1), (0, 0, 2, 1)):
        outcome = take_in(text)
        assert (outcome.counts, outcome.reasons) == (counts, ["Line 2 already covers this record."])


@pytest.mark.parametrize("block", [1, 2, 100])
def test_numbers_that_run_into_ours_mean_who_came_in_under_them(take_in, monkeypatch, customer, block):
    """D21: in a small shop another shop's 2, 3, 4 are given to other people than ours."""
    monkeypatch.setattr(importer, "BLOCK", block)
    start = customer(email="zoe@shop.example", last_name="Lund", first_name="Zoe").pk
    rows = "".join(
        f"{start + n + 2};c{n}@shop.example;{name};Ada;{guest}\n"
        for n, (name, guest) in enumerate([("Byron", 0), ("King", 0), ("Byron", 1), ("Lund", 0)])
    )
    text = f"ID;E-mail;Last name;First name;Guest\n{rows}"
    assert take_in(text, key="id").counts == (4, 0, 0, 0)
    before = everybody()
    assert take_in(text, key="id").counts == (0, 0, 4, 0)
    assert everybody() == before


def test_an_account_that_came_in_by_number_is_found_by_it_when_its_address_changed(take_in):
    """D21: by the kept number; whose address and name both differ is somebody new."""
    head = "ID;E-mail;Last name;First name"
    take_in(f"{head}\n900;ada@shop.example;Byron;Ada\n", key="id")
    assert take_in(f"{head}\n900;ada@new.example;Byron;Ada\n", key="id").counts == (0, 1, 0, 0)
    assert take_in("ID;Newsletter\n900;1\n", key="id").counts == (0, 1, 0, 0)
    assert Customer.objects.get(first_name="Ada").newsletter
    assert take_in(f"{head}\n900;peter@never.example;Pan;Peter\n", key="id").counts == (1, 0, 0, 0)
    assert take_in("ID;Newsletter\n900;0\n", key="id").reasons == [
        "There are 2 customers with this number of another shop; the row does not say which one is meant."
    ]


def test_a_row_without_a_number_is_known_by_its_address(take_in):
    """D21: it was refused the second time."""
    text = "ID;E-mail;Last name;First name\n;ada@shop.example;Byron;Ada\n"
    assert take_in(text, key="id").counts == (1, 0, 0, 0)
    assert take_in(text, key="id").counts == (0, 0, 1, 0)

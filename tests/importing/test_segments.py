"""Groups and tags of a row: known by name, made where they are missing, the default group among them (decision 21)."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from backoffice.lists.exporting import Sheet
from backoffice.lists.page import ListPage
from backoffice.records.actors import Actor
from backoffice.records.named_records import saving
from backoffice.records.options import store
from customers.models import Customer, Tag
from customers.options import SECTION, CustomerOptions
from customers.sections.customers import CUSTOMERS
from groups.models import Group


def ada() -> Customer:
    return Customer.objects.get(email_key="ada@shop.example")


@pytest.fixture
def options(shop):
    """`options(guests_group=2)` sets options of the section."""
    return lambda **chosen: store(CustomerOptions(**chosen), SECTION, by=Actor.command())


def test_named_groups_that_are_missing_are_made_without_discount_and_told(take_in):
    """Decision 21: 0 %, tax included; PrestaShop made them without tax."""
    outcome = take_in("E-mail;Last name;First name;Groups\nada@shop.example;Byron;Ada;Harvest, Village\n")
    made = list(ada().groups.order_by("id"))
    assert [(one.name, one.discount, one.price_display, one.members_count) for one in made] == [
        ("Harvest", 0, "tax_included", 1),
        ("Village", 0, "tax_included", 1),
    ]
    assert ada().default_group == made[0]
    assert "Groups created: “Harvest”, “Village”." in outcome.remarks


def test_groups_are_known_by_their_names_in_every_language(take_in, default_group):
    """S1.40: "Défaut" is Default."""
    take_in("E-mail;Last name;First name;Groups\nada@shop.example;Byron;Ada;défaut\n")
    assert list(ada().groups.all()) == [default_group]


@pytest.mark.parametrize(
    ("groups", "default", "chosen", "told"),
    [
        ("Harvest, Village", "Village", "Village", False),
        ("Harvest", "Village", "Village", False),
        ("Harvest, Village", "977", "Harvest", True),
        ("Harvest, Village", "", "Harvest", False),
        ("", "", "Default", False),
        ("", "977", "Default", True),
        ("", "Village", "Village", False),
        ("977", "978", "Default", True),
    ],
)
def test_the_default_group_is_the_named_one_or_the_rows_first(take_in, groups, default, chosen, told):
    """Decision 21: a bare number counts only if it is among the row's groups."""
    head = "E-mail;Last name;First name;Groups (x,y,z...);Default group ID"
    outcome = take_in(f"{head}\nada@shop.example;Byron;Ada;{groups};{default}\n")
    assert outcome.counts == (1, 0, 0, 0)
    assert ada().default_group.name == chosen
    assert ada().groups.filter(pk=ada().default_group_id).exists()
    assert any("Default group ID" in said for said in outcome.remarks) == told


def test_a_bare_number_among_the_rows_groups_is_the_default_group_where_numbers_are_ours(
    take_in, group, customer
):
    """Decisions 21 and 44: with --key id; another shop's number is never one of our groups."""
    harvest, village = group("Harvest"), group("Village")
    made = customer(email="ada@shop.example")
    text = f"ID;E-mail;Groups;Default group ID\n{made.pk};ada@shop.example;Harvest, Village;{village.pk}\n"
    outcome = take_in(text)
    assert (ada().default_group, outcome.counts) == (harvest, (0, 1, 0, 0))
    assert outcome.remarks == [
        "Groups left: “Default” (1).",
        "Line 2, column “Default group ID”: a number of another shop's group; the first of the row's groups counts",
    ]
    Customer.objects.update(external_id="")
    assert take_in(text, key="id").remarks == []
    assert ada().default_group == village


def test_new_accounts_and_guests_go_into_the_groups_of_the_options(take_in, group, options):
    """Decision 8."""
    accounts, guests = group("Accounts"), group("Guests")
    options(new_accounts_group=accounts.pk, guests_group=guests.pk)
    head = "E-mail;Last name;First name;Guest"
    take_in(f"{head}\nada@shop.example;Byron;Ada;0\nbo@shop.example;Bo;Bo;1\n")
    assert ada().default_group == accounts
    assert Customer.objects.get(guest=True).default_group == guests


def test_a_group_whose_name_breaks_the_rule_refuses_the_row_and_is_not_made(take_in, default_group):
    """Decision 3, 24: never half a row."""
    head = "E-mail;Last name;First name;Groups"
    outcome = take_in(f"{head}\nada@shop.example;Byron;Ada;Fine, <b>\nbo@shop.example;Bo;Bo;{'x' * 33}\n")
    assert outcome.places == [(2, "Groups"), (3, "Groups")]
    assert list(type(default_group).objects.values_list("name", flat=True)) == ["Default"]


@pytest.mark.parametrize("head", ["Group", "Groupe", "Default group", "Customer group"])
@pytest.mark.parametrize("cell", ["Wholesale, VIP", "Wholesale;VIP", '""Wholesale"", VIP'])
def test_several_groups_in_a_column_of_one_are_several_groups(take_in, head, cell):
    """D20: one new group “Wholesale, VIP” was everybody's default."""
    text = f'E-mail,Last name,First name,{head}\nada@shop.example,Byron,Ada,"{cell}"\n'
    outcome = take_in(text)
    assert [one.name for one in ada().groups.order_by("pk")] == ["Wholesale", "VIP"]
    assert ada().default_group.name == "Wholesale"
    assert outcome.remarks == [
        "Groups created: “Wholesale”, “VIP”.",
        f"Line 2, column “{head}”: several groups; the first one is the default group",
    ]
    assert take_in(text).counts == (0, 0, 1, 0)


def test_a_group_whose_name_has_a_comma_stays_one(take_in, group):
    """D20: where it is here, or in quotes."""
    lyon = group("Paris, Lyon")
    text = 'E-mail,Last name,First name,Group\nada@shop.example,Byron,Ada,"paris, lyon"\n'
    assert take_in(text).counts == (1, 0, 0, 0)
    assert list(ada().groups.all()) == [lyon]
    take_in('E-mail,Last name,First name,Group\nbo@shop.example,Bo,Bo,"""Nice, Cannes"""\n')
    assert Customer.objects.get(first_name="Bo").default_group.name == "Nice, Cannes"


def test_an_own_export_carries_a_group_with_a_comma_into_an_empty_shop(take_in, group, customer, owner):
    """D20: the list's default group is quoted as the groups are."""
    customer(email="ada@shop.example", groups=[lyon := group("Paris, Lyon")])
    page = ListPage(CUSTOMERS, QueryDict(""), owner)
    sheet = Sheet(page)
    sheet.names = ("id", "last_name", "first_name", "email", "default_group")
    text = b"".join(sheet.blocks()).decode()
    assert '"""Paris, Lyon"""' in text
    Customer.objects.all().delete()
    lyon.delete()
    take_in(text)
    assert ada().default_group.name == "Paris, Lyon"


def test_numbers_in_a_column_of_groups_are_another_shops(take_in):
    """D16, D20: no groups called 3 and 4."""
    outcome = take_in('E-mail,Last name,First name,Group\nada@shop.example,Byron,Ada,"3, 4"\n')
    assert ada().default_group.name == "Default"
    assert Group.objects.count() == 1
    assert any("a number of another shop's group" in said for said in outcome.remarks)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Café clients", "Cafe clients"), ("VIP  people", "vip people"), ("O’Hara", "O'Hara"), ("Łódź", "LODZ")],
)
@pytest.mark.parametrize(("column", "model"), [("Groups", Group), ("Tags", Tag)])
def test_a_file_and_the_form_agree_on_which_names_are_the_same(
    take_in, client_of, owner, column, model, first, second
):
    """V3: the import made groups and tags that the form refuses."""
    take_in(f"E-mail;Last name;First name;{column}\nada@shop.example;Byron;Ada;{first}\n")
    take_in(f"E-mail;Last name;First name;{column}\nbo@shop.example;Bo;Bo;{second}, {first}\n")
    made = model.objects.exclude(name="Default").get()
    with pytest.raises(ValidationError, match="already has this name"):
        saving(model)(None, {"name": second}, by=Actor.command())
    assert Customer.objects.filter(**{column.lower(): made}).count() == 2


def test_where_two_are_called_alike_already_the_one_written_so_is_meant(take_in, group):
    """V3: shops have such pairs from earlier files; nobody moves from one to the other."""
    plain, accented = group("Cafe clients"), Group.objects.create(name="Café clients")
    for name, meant in (("cafe clients", plain), ("CAFÉ CLIENTS", accented)):
        take_in(f"E-mail;Last name;First name;Groups\nada@shop.example;Byron;Ada;{name}\n")
        assert list(ada().groups.all()) == [meant]


def test_tags_of_the_row_replace_those_of_the_customer(take_in, customer, tag):
    """Shopify's Tags; S3.23."""
    customer(email="ada@shop.example", tags=[tag("OLD"), tag("KEPT")])
    outcome = take_in('E-mail,Tags\nada@shop.example,"kept, NEW"\n')
    assert outcome.counts == (0, 1, 0, 0)
    assert sorted(one.name for one in ada().tags.all()) == ["KEPT", "NEW"]
    assert list(ada().tags.model.objects.filter(name="OLD").values_list("customers_count", flat=True)) == [0]

"""Groups and tags of a row: known by name, made where they are missing, the default group among them (decision 21)."""

import pytest

from backoffice.records.actors import Actor
from backoffice.records.options import store
from customers.models import Customer
from customers.options import SECTION, CustomerOptions


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
    assert "Groups made: “Harvest”, “Village”." in outcome.remarks


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
        "Line 2, column “Default group ID”: a number of another shop's group; the first of the row's groups counts"
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


def test_tags_of_the_row_replace_those_of_the_customer(take_in, customer, tag):
    """Shopify's Tags; S3.23."""
    customer(email="ada@shop.example", tags=[tag("OLD"), tag("KEPT")])
    outcome = take_in('E-mail,Tags\nada@shop.example,"kept, NEW"\n')
    assert outcome.counts == (0, 1, 0, 0)
    assert sorted(one.name for one in ada().tags.all()) == ["KEPT", "NEW"]
    assert list(ada().tags.model.objects.filter(name="OLD").values_list("customers_count", flat=True)) == [0]

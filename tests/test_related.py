"""Rows of another section on a record's page: the ten first, their number, the way to all of them (S1.53–S1.55)."""

from dataclasses import replace

import pytest

from backoffice.lists.related import related_panel
from backoffice.models import Counter
from backoffice.records.actors import Actor, Door
from backoffice.sections import Page, Panel, Related, all_sections, section_named, with_added_panels
from backoffice.sections import section as section_module
from backoffice.sections.checks import faults_of
from customers import services

MEMBERS = Related(
    section="customers",
    filter_by="group",
    columns=("id", "customer", "newsletter"),
    empty="Nobody is in this group.",
    asked={"sort": "id"},
)


@pytest.fixture
def members(owner):
    """`members(group)` is the block of its members as the owner sees it."""
    return lambda group: related_panel(MEMBERS, Counter.by_name()).content(group, owner)


def test_only_the_rows_of_the_record_are_shown_with_their_number(members, group, customer):
    wholesale, retail = group("Wholesale"), group("Retail")
    ada, _bob = customer(first_name="Ada", groups=[wholesale]), customer(first_name="Bob", groups=[retail])
    block = members(wholesale)
    assert [row["id"] for row in block["page"].records] == [ada.pk]
    assert block["count"] == "1"


def test_the_block_bears_the_name_of_the_section_and_asks_for_its_right(shop):
    panel = related_panel(MEMBERS, Counter.by_name())
    assert (panel.title, panel.icon, panel.right) == ("Customers", "customers", "customers.view_customer")


def test_ten_rows_stand_there_and_a_link_leads_to_the_list_of_all(members, group, customer):
    wholesale = group("Wholesale")
    made = [customer(groups=[wholesale]).pk for _number in range(12)]
    block = members(wholesale)
    assert [row["id"] for row in block["page"].records] == made[:10]
    assert block["count"] == "12"
    assert block["url"] == f"/customers/?group={wholesale.pk}&sort=id"


def test_a_block_without_rows_says_so_and_leads_nowhere(members, group):
    block = members(group("Empty"))
    assert (block["count"], block["empty"], block["url"]) == ("0", "Nobody is in this group.", "")


def test_rows_have_neither_check_boxes_nor_menus(members, group, customer):
    """A page has one selection bar, that of its list."""
    wholesale = group("Wholesale")
    ada = customer(first_name="Ada", last_name="Lovelace", groups=[wholesale])
    rows = members(wholesale)["page"].rows_only
    assert f'href="/customers/{ada.pk}/"' in rows
    assert 'name="selected"' not in rows
    assert "<details" not in rows


@pytest.mark.parametrize("hidden", [False, True])
def test_nothing_is_added_to_a_hidden_record(shop, owner, customer, hidden):
    """Trial of the customer's file: “+” led to a form with nobody in it. Of all blocks of all sections that add."""
    adding = [
        one
        for section in all_sections()
        if section.page
        for one in section.page.panels
        if isinstance(one, Related) and one.adds
    ]
    assert [one.section for one in adding] == ["tasks"]
    john = customer(first_name="John", last_name="DOE")
    if hidden:
        services.hide_customer(john, by=Actor(staff=owner, door=Door.PAGE))
        john.refresh_from_db()
    for related in adding:
        block = related_panel(related, Counter.by_name()).content(john, owner)
        assert block.get("add_url") == (None if hidden else f"/tasks/add/?customer={john.pk}")


def test_the_queries_do_not_grow_with_the_rows(members, group, customer, django_assert_num_queries):
    """The counters, the number and the rows; all blocks of a page read the counters once."""
    few, many, first = group("Few"), group("Many"), group("First")
    for one in (few, first):
        customer(groups=[one])
    for _number in range(10):
        customer(groups=[many])
    members(first)["page"].rows_only.count(
        "<tr"
    )  # The owner's rights, and the small tables that cells look into.
    for one, rows in ((few, 1), (many, 10)):
        with django_assert_num_queries(2 + 1):
            assert members(one)["page"].rows_only.count("<tr") == rows


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"section": "parcels"}, "its page shows rows of “parcels”, and there is no such section."),
        (
            {"columns": ("id", "weight")},
            "its page shows rows of “customers” by columns which that has not: “weight”.",
        ),
        ({"recent": "weight"}, "its page shows recent rows of “customers” by “weight”, which that has not."),
        ({"filter_by": "box"}, "its page shows rows of “customers” by filters which that has not: “box”."),
    ],
)
def test_a_block_that_names_what_there_is_not_fails_the_check(changes, said):
    section = replace(section_named("tags"), page=Page(panels=(replace(MEMBERS, **changes),)))
    assert said in list(faults_of(section, 'id="tags" id="check" id="list"', set()))


def test_blocks_of_apps_above_stand_where_they_say(monkeypatch):
    """Before the block that each names, in the order in which they came; all others at the end."""

    def block(name, before=""):
        return Panel(name=name, title=name, template="x.html", content=dict, icon="check", before=before)

    added = [
        block("orders", "customers"),
        block("last"),
        block("carts", "customers"),
        block("lost", "nothing"),
    ]
    monkeypatch.setitem(section_module._added, "tags", added)
    tags = section_named("tags")
    names = [one.name for one in with_added_panels(tags, (block("name"), MEMBERS, block("history")))]
    assert names == ["name", "orders", "carts", "customers", "history", "last", "lost"]
    said = list(
        faults_of(replace(tags, page=Page(panels=(MEMBERS,))), 'id="tags" id="check" id="list"', set())
    )
    assert "the block “lost” is to stand before “nothing”, which its page has not." in said

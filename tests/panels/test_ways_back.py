"""A form that is entered from a block of a record's page still knows the list one came from (finding U11, the kind)."""

import pytest

from groups.models import Group
from tests.reading import read


@pytest.fixture
def entered(client_of, owner):
    """`entered("/groups/7/", "rule", came_from="/groups/?sort=-id")`: the form behind the pencil of that block."""

    client = client_of(owner)

    def entered(page: str, block: str, *, came_from: str):
        opened = client.get(page, headers={"referer": f"http://testserver{came_from}"})
        links = read(opened).one("section", "panel", id=block).one("span", "panel-tools").all("a")
        return client.get(
            links[-1]["href"].partition("#")[0], headers={"referer": f"http://testserver{page}"}
        )

    return entered


@pytest.mark.parametrize("block", ["members", "category_discounts", "rule"])
def test_forms_of_a_groups_blocks_lead_back_to_the_list_as_it_was_left(entered, group, customer, block):
    wholesale = group("Wholesale")
    Group.objects.filter(pk=wholesale.pk).update(rule={"version": 1})
    customer(groups=[wholesale])
    came_from = "/groups/?name=whole&sort=-id"
    form = read(entered(f"/groups/{wholesale.pk}/", block, came_from=came_from))
    crumbs = [one["href"] for one in form.one("nav", "crumbs").all("a")]
    page = f"/groups/{wholesale.pk}/?back=%2Fgroups%2F%3Fname%3Dwhole%26sort%3D-id"
    assert crumbs == [f"{came_from}#row-{wholesale.pk}", page]
    assert form.one("form", "form").one("input", name="back")["value"] == came_from


def test_the_pencil_at_a_customers_groups_does_so_too(entered, customer):
    ada = customer()
    came_from = "/customers/?last_name=doe"
    form = read(entered(f"/customers/{ada.pk}/", "groups", came_from=came_from))
    assert form.one("form", "form").one("input", name="back")["value"] == came_from

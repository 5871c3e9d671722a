"""What the maintenance page says of groups, and mends: empty ones, rules that nobody meets (S2.20; issue 9, 13)."""

import pytest

from backoffice.models import Job
from backoffice.records.actors import Actor
from carts.models import Voucher
from customers import services
from customers.models import Tag
from groups.models import Group
from groups.rules.filling import Match, Rule, condition
from tests.reading import read
from tests.test_maintenance import posted, told

URL = "/maintenance/"


@pytest.fixture
def client(client_of, owner, shop):
    """The owner's browser, without scripts."""
    return client_of(owner)


@pytest.fixture
def ruled(group):
    """`ruled("Wholesale", ("age", "at_least", 18))` gives a group with that rule."""

    def ruled(name: str, *conditions) -> Group:
        rule = Rule(match=Match.ALL, conditions=tuple(condition(*one) for one in conditions))
        return services.save_rule(group(name), rule, by=Actor.command())

    return ruled


def found(client) -> dict[str, list[str]]:
    """What the page says is out of order with groups, and which."""
    said = client.get(URL).context["found"]
    return {one["title"]: [record["title"] for record in one["records"]] for one in said if one["records"]}


def mend(client, name: str) -> str:
    return told(client.post(f"{URL}{name}/fix/", posted(client, name), follow=True))


def undo(client, action: str) -> None:
    client.post(f"/jobs/{Job.objects.filter(action=action).latest('pk').pk}/undo/")


def test_groups_that_nobody_needs_are_deleted_and_come_back_as_they_were(client, customer, group, ruled):
    """Those with members, a rule or a voucher, and the group that an option names, are none of them."""
    customer(groups=[group("Members")], newsletter=True)
    ruled("Ruled", ("newsletter", "is", True))
    Voucher.objects.create(code="WINTER", group=group("Vouchers"), amount=5)
    spare, more = group("Spare", discount="12.50", free_shipping=True), group("More")
    assert found(client) == {"2 groups are empty and unused": ["Spare", "More"]}
    assert mend(client, "unused_groups") == "2 groups deleted."
    assert not Group.objects.filter(name__in=["Spare", "More"]).exists()
    assert found(client) == {}
    group("more")
    undo(client, "delete_unused")
    back = Group.objects.get(name="Spare")
    assert (back.pk, str(back.discount), back.free_shipping) == (spare.pk, "12.50", True)
    assert back.history.latest().history_type == "+"
    assert not Group.objects.filter(pk=more.pk).exists(), "its name is taken"


def test_a_rule_that_matches_nobody_is_paused_and_resumed(client, customer, ruled):
    customer(newsletter=True)
    ruled("Readers", ("newsletter", "is", True))
    idle = ruled("Big", ("total_spent", "at_least", "1000000"))
    assert found(client) == {"1 rule of a group matches nobody": ["Big"]}
    assert mend(client, "idle_rules") == "1 rule paused."
    assert Group.objects.get(pk=idle.pk).rule["paused"] is True
    assert found(client) == {}
    undo(client, "pause_rules")
    assert Group.objects.get(pk=idle.pk).rule["paused"] is False
    assert list(found(client)) == ["1 rule of a group matches nobody"]


def test_a_rule_that_cannot_be_met_or_names_a_tag_that_is_gone_is_told_apart(client, customer, tag, ruled):
    customer()
    vip = tag("VIP")
    ruled("Never", ("age", "at_least", 30), ("age", "at_most", 20))
    ruled("Gone", ("tag", "any_of", [vip.pk]))
    Tag.objects.filter(pk=vip.pk).delete()
    assert found(client) == {
        "2 rules of groups contradict themselves or name a tag that is gone": ["Never", "Gone"]
    }
    assert mend(client, "broken_rules") == "2 rules paused."
    assert found(client) == {}


def test_each_group_found_leads_to_its_page(client, group):
    made = group("Spare")
    links = [one["href"] for one in read(client.get(URL)).one("ul", "checks").all("a")]
    assert links == [f"/groups/{made.pk}/"]

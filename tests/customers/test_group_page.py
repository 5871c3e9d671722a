"""The page of a group: what it gives, and who is in it (U16)."""

import pytest

from backoffice.records.actors import Actor
from customers import services
from tests.reading import List, read

from .ruling import rule


@pytest.fixture
def page_of(client):
    """`page_of(group)` reads the page of a group."""
    return lambda group: read(client.get(f"/groups/{group.pk}/"))


def panel(page, name):
    return page.one("section", "panel", id=name)


def facts(page):
    block = panel(page, "fields").one("dl", "facts")
    return dict(
        zip([one.text for one in block.all("dt")], [one.text for one in block.all("dd")], strict=True)
    )


def test_what_a_group_gives_is_told_with_the_sign_of_per_cent(page_of, group, client, owner):
    """U16: in the reader's format."""
    made = group("Wholesale", discount="2.50", price_display="tax_excluded", show_prices=False)
    told = facts(page_of(made))
    assert (told["Discount"], told["Price Display Method"], told["Show prices"]) == (
        "2.5%",
        "tax excluded",
        "No",
    )
    owner.language = "fr"
    owner.save()
    assert facts(page_of(made))["Réduction"] == "2,5 %"


def test_its_members_are_counted_and_the_newest_five_stand_there(
    page_of, group, default_group, customer, client
):
    """U16: the number leads to the list of them; for how many it is the default group, it says too."""
    made = group("Wholesale")
    members = [
        customer(first_name=f"No{n}", groups=[default_group, made], default_group=made) for n in range(3)
    ]
    members += [customer(first_name=f"No{n}", groups=[default_group, made]) for n in range(3, 7)]
    hidden = customer(groups=[default_group, made])
    services.hide_customer(hidden, by=Actor.command())
    block = panel(page_of(made), "members")
    assert block.one("h2").text == "Members (7)"
    stats = [
        (one.one("span", "stat-title").text, one.one("span", "stat-value").text)
        for one in block.all("", "stat")
    ]
    assert stats == [("Members", "7"), ("As default group", "3")]
    link = block.one("a", "stat")["href"]
    assert link == f"/customers/?group={made.pk}"
    by_default = block.all("a", "stat")[1]["href"]
    assert len(List(client.get(by_default)).lines) == 3
    assert len(List(client.get(link)).lines) == 7
    names = [row.one("a") for row in block.one("tbody").all("tr")]
    assert [name.text for name in names] == ["No6 DOE", "No5 DOE", "No4 DOE", "No3 DOE", "No2 DOE"]
    assert names[0]["href"] == f"/customers/{members[-1].pk}/"


def test_a_group_without_members_says_so(page_of, group):
    """U16."""
    assert "Nobody is in this group." in panel(page_of(group("Wholesale")), "members").text


def test_the_history_of_a_group_tells_its_rule_in_words(page_of, wholesale, tag, set_rule):
    """What it said before and says now, with its tags by name; never the keys of what is stored."""
    vip = tag("VIP")
    set_rule(rule(("total_spent", "at_least", "100"), ("age", "at_most", 30), match="any"))
    set_rule(rule(("newsletter", "is", True), tags=(vip.pk,)))
    told = panel(page_of(wholesale), "history").text
    before = "At least one of these: Sales of at least €100.00; Age: at most 30. They are put into the group."
    after = "All of these: Newsletter: Yes. They are put into the group. They get the tag VIP."
    assert f"Before {before} After {after}" in told
    assert "conditions" not in told

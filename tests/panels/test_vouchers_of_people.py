"""The vouchers that a customer can use though not everybody can (S0.51, S4.74; facts 4.8; issue 8, point 4)."""

import datetime as dt

import pytest
from django.utils import timezone

from backoffice.records.actors import Actor
from carts.models import OrderVoucher
from carts.services.vouchers import save_voucher
from tests.panels.conftest import Block
from tests.reading import List, read
from tests.sold_things import bought, statuses, voucher

__all__ = ["bought", "statuses", "voucher"]
DAY = dt.timedelta(days=1)


@pytest.fixture
def ada(customer, group, tag):
    """A member of the group Wholesale, with the tag VIP."""
    return customer(groups=[group("Wholesale")], tags=[tag("VIP")])


@pytest.fixture
def vouchers(client_of, owner):
    """`vouchers(ada)` is the block of her file."""
    return lambda who: Block(read(client_of(owner).get(f"/customers/{who.pk}/")), "vouchers")


def test_vouchers_of_their_groups_and_tags_stand_on_the_file_by_what_they_are_theirs(
    vouchers, client_of, owner, ada, customer, group, tag, voucher
):
    """The file of a member of Wholesale said “has no discount vouchers” beside WHOLESALE5."""
    wholesale, vip = ada.groups.get(name="Wholesale"), ada.tags.get()
    of_group = voucher("WHOLESALE5", group=wholesale)
    of_tag = voucher("VIP10", tag=vip, quantity=7, per_customer=None)
    of_both = voucher("BOTH", group=wholesale, tag=vip, per_customer=3)
    hers = voucher("HERS", customer=ada)
    voucher("ALL")
    voucher("THEIRS", group=group("Retail"))
    voucher("HALF", group=wholesale, tag=tag("New"))
    voucher("VERAS", customer=customer(first_name="Vera"), group=wholesale)
    block = vouchers(ada)
    assert block.heading == "Vouchers (4)"
    assert [cells[:3] for cells in block.rows] == [
        ["HERS Personal A present", "10%", "1"],
        ["BOTH Group: Wholesale , Tag: VIP A present", "10%", "3"],
        ["VIP10 Tag: VIP A present", "10%", "7"],
        ["WHOLESALE5 Group: Wholesale A present", "10%", "1"],
    ]
    everything = [one["href"] for one in block.node.all("a") if "available_to" in one["href"]]
    whole = List(client_of(owner).get(everything[0].replace("&amp;", "&")))
    assert whole.ids == [hers.pk, of_both.pk, of_tag.pk, of_group.pk]


def test_what_they_used_up_and_what_has_expired_does_not_look_as_if_they_could_use_it(
    vouchers, ada, customer, voucher, bought
):
    """Facts 4.8: what one customer may use less what they used, nothing where all uses are taken."""
    wholesale, now = ada.groups.get(name="Wholesale"), timezone.now()
    once, twice = voucher("ONCE", group=wholesale), voucher("TWICE", group=wholesale, per_customer=2)
    voucher("GONE", group=wholesale, quantity=0)
    voucher("OVER", group=wholesale, starts_at=now - 2 * DAY, ends_at=now - DAY)
    for one in (once, twice):
        OrderVoucher.objects.create(order=bought(ada), voucher=one, code=one.code, amount=1)
    OrderVoucher.objects.create(order=bought(customer()), voucher=twice, code="TWICE", amount=1)
    assert [
        (cells[0].split()[0], cells[2], cells[3].partition(" until")[0]) for cells in vouchers(ada).rows
    ] == [
        ("OVER", "1", "Expired"),
        ("GONE", "0", "Used up"),
        ("TWICE", "1", "Valid"),
        ("ONCE", "0", "Used up"),
    ]
    save_voucher(once, {"per_customer": None}, by=Actor.command())
    assert vouchers(ada).rows[-1][2] == "any"


def test_who_is_in_no_such_group_has_none(vouchers, ada, customer, voucher):
    voucher("WHOLESALE5", group=ada.groups.get(name="Wholesale"))
    block = vouchers(customer(first_name="John", last_name="DOE"))
    assert (block.heading, block.empty) == ("Vouchers (0)", "John DOE has no discount vouchers.")

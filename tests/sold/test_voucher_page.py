"""The page of a voucher says who can use it now, or why nobody can (issue 10, point 8; facts 1.10, 4.8)."""

import datetime as dt

import pytest
from django.utils import timezone

from backoffice.records.actors import Actor
from carts.models import OrderVoucher, Voucher
from carts.sections import voucher_page
from carts.services.vouchers import save_voucher
from customers.services import hide_customer
from tests.reading import List, read

DAY = dt.timedelta(days=1)


@pytest.fixture
def said(client_of, owner):
    """`said(voucher)` is what stands above its facts."""

    def said(voucher: Voucher) -> str:
        page = read(client_of(owner).get(f"/vouchers/{voucher.pk}/"))
        return page.one("section", "panel", id="voucher").one("p", "reckoning-said").text

    return said


def test_a_voucher_of_everybody_needs_its_code_only(said, voucher):
    assert said(voucher()) == "Whoever knows the code can use it."


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"quantity": 0}, "All its uses are taken: nobody can use it until it has more."),
        ({"active": False}, "It is switched off: nobody can use it until somebody switches it on."),
    ],
)
def test_why_nobody_can_use_it(said, voucher, values, sentence):
    assert said(voucher(**values)) == sentence


def test_until_when_it_could_be_used_and_from_when_it_can(said, voucher):
    now = timezone.now()
    over = voucher("OVER", starts_at=now - 2 * DAY, ends_at=dt.datetime.now(dt.UTC) - DAY)
    assert said(over).startswith("It expired on ")
    assert said(over).endswith(": nobody can use it any more.")
    early = voucher("EARLY", starts_at=dt.datetime(2040, 3, 1, 11, tzinfo=dt.UTC))
    assert said(early) == "It can be used from 1 Mar 2040 12:00 on."


def test_its_moments_are_told_to_the_minute_as_they_are_typed(client_of, owner, voucher):
    """The seconds are in the tip of a fact, and nowhere in the history."""
    one = voucher(starts_at=dt.datetime(2030, 3, 1, 11, 5, 7, tzinfo=dt.UTC))
    save_voucher(one, {"starts_at": dt.datetime(2030, 3, 2, 11, tzinfo=dt.UTC)}, by=Actor.command())
    page = read(client_of(owner).get(f"/vouchers/{one.pk}/"))
    moment = page.one("section", "panel", id="voucher").all("time")[0]
    assert (moment.text, moment["title"]) == ("2 Mar 2030 12:00", "2 Mar 2030 12:00:00")
    assert "1 Mar 2030 12:05 → 2 Mar 2030 12:00" in page.one("section", "panel", id="history").text


def test_uses_that_cancelled_orders_gave_back_are_told_beside_those_that_count(
    client_of, owner, voucher, bought
):
    """“Used 29” stood above “Used in orders (32)”."""
    one = voucher("TEN")
    for status in ("Payment accepted", "Canceled"):
        OrderVoucher.objects.create(order=bought(status=status), voucher=one, code="TEN", amount=1)
    glance = {
        fact.one("dt").text: fact.one("dd").text
        for fact in read(client_of(owner).get(f"/vouchers/{one.pk}/")).one("dl", "glance").all("div")
    }
    assert glance["Used"] == "1 (given back by orders that came to nothing: 1)"


def test_the_list_says_midnight_where_a_voucher_ends_then(client_of, owner, voucher):
    """One that ends on 24 Dec 00:00 is good until the 23rd."""
    voucher(ends_at=dt.datetime(2040, 12, 23, 23, tzinfo=dt.UTC))
    assert "24 Dec 2040 00:00" in List(client_of(owner).get("/vouchers/")).cells(0)


def test_whose_it_is_alone(said, voucher, customer, group, tag):
    mine = voucher("MINE", customer=customer())
    assert said(mine) == (
        "Only one customer can use it; to everybody else the shop says that there is no such voucher."
    )
    trade = voucher("TRADE", group=group("Trade"), tag=tag("VIP"))
    assert said(trade) == (
        "Only members of the group “Trade” can use it. Only customers with the tag “VIP” can use it."
    )


def test_who_is_hidden_is_not_named_among_its_uses(client_of, owner, voucher, bought, customer):
    """Decision 19."""
    one, vera = voucher("TEN"), customer(first_name="Vera", last_name="Lund")
    OrderVoucher.objects.create(order=bought(vera), voucher=one, code="TEN", amount=1)
    client = client_of(owner)
    assert "Vera Lund" in client.get(f"/vouchers/{one.pk}/").content.decode()
    hide_customer(vera, by=Actor.command())
    assert "Lund" not in client.get(f"/vouchers/{one.pk}/").content.decode()


def test_uses_beyond_what_is_counted_are_told_as_more(
    client_of, owner, voucher, bought, customer, monkeypatch
):
    """A code for everybody may be used hundreds of thousands of times: that many are not counted for a page."""
    one = voucher("TEN")
    for _use in range(3):
        OrderVoucher.objects.create(order=bought(customer()), voucher=one, code="TEN", amount=1)
    client = client_of(owner)
    assert "Used 3 " in read(client.get(f"/vouchers/{one.pk}/")).one("main").text
    monkeypatch.setattr(voucher_page, "COUNTED", 2)
    assert "Used more than 2 " in read(client.get(f"/vouchers/{one.pk}/")).one("main").text

"""Old carts are thrown away where somebody says so; ordered ones never are (issue 10, point 10; interface.md)."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from backoffice.records.recounting import recount_all
from carts.models import Cart
from carts.services import retention
from customers.services import hide_customer
from tests.shop_api import PROGRAM


@pytest.fixture
def shelf(cart, ordered, product, customer):
    """An old cart of Jane with products, an old empty one, an old ordered one of hers, and a fresh one."""
    product("CUP", "12.50")
    jane = customer()
    old = timezone.now() - dt.timedelta(days=31)
    carts = {
        "left": cart({"CUP": 1}, customer=jane, at=old),
        "empty": cart({}, at=old),
        "sold": ordered(cart({"CUP": 1}, customer=jane)),
        "fresh": cart({"CUP": 1}, customer=jane, at=timezone.now() - dt.timedelta(days=29)),
    }
    Cart.objects.filter(pk=carts["sold"].pk).update(created_at=old, changed_at=old)
    return carts


def left() -> set[int]:
    return set(Cart.objects.values_list("pk", flat=True))


def test_a_dry_run_says_the_numbers_and_changes_nothing(shelf, capsys):
    call_command("delete_old_carts", days=30, dry_run=True)
    assert capsys.readouterr().out == (
        "2 carts would be deleted: 1 with products, 1 empty; 1 ordered cart of that age stays."
        " Nothing was changed.\n"
    )
    assert left() == {one.pk for one in shelf.values()}


def test_what_was_left_alone_goes_and_an_ordered_cart_stays(shelf, capsys):
    call_command("delete_old_carts", days=30)
    assert capsys.readouterr().out == (
        "2 carts deleted: 1 with products, 1 empty; 1 ordered cart of that age stays.\n"
    )
    assert left() == {shelf["sold"].pk, shelf["fresh"].pk}
    assert list(recount_all(mend=False)) == []


def test_it_goes_batch_by_batch_until_none_is_left(shelf, cart, monkeypatch):
    """Also where more carts than a batch holds were left at the same moment."""
    monkeypatch.setattr(retention, "CARTS", 2)
    at = timezone.now() - dt.timedelta(days=60)
    for number in range(7):
        cart({"CUP": 1}, at=at if number < 5 else at + dt.timedelta(days=number))
    call_command("delete_old_carts", days=30)
    assert left() == {shelf["sold"].pk, shelf["fresh"].pk}
    assert list(recount_all(mend=False)) == []


@pytest.mark.parametrize("days", ["0", "-1", "soon", "99999999999"])
@pytest.mark.django_db
def test_days_are_a_whole_number_from_one_on(days):
    with pytest.raises(CommandError, match="a whole number of days from 1"):
        call_command("delete_old_carts", f"--days={days}")


def test_a_cart_to_which_a_shopper_came_back_a_moment_ago_stays(shelf, program, monkeypatch):
    """Its age is judged again under the lock: five hundred are read before the first one is deleted."""
    batches = retention._batches

    def read_and_then_changed(since):
        for batch in batches(since):
            program.done("POST", f"/carts/{shelf['left'].key}/lines", {"product": "CUP"})
            yield batch

    monkeypatch.setattr(retention, "_batches", read_and_then_changed)
    call_command("delete_old_carts", days=30)
    assert left() == {shelf[name].pk for name in ("left", "sold", "fresh")}


def test_old_carts_of_who_is_hidden_go_with_the_others(shelf):
    """Nobody is shown them; bringing the customer back brings no old cart back (issue 10, point 10)."""
    hide_customer(shelf["left"].customer, by=PROGRAM)
    assert retention.delete_old_carts(30, by=PROGRAM) == 2
    assert left() == {shelf["sold"].pk, shelf["fresh"].pk}

"""What orders take of a voucher while its form is open stays taken (facts 1.10; issue 10, Faults)."""

import pytest

from carts.models import Voucher
from tests.reading import filled
from tests.shop_api import GUEST


@pytest.fixture
def used(program, product):
    """`used(3)` has three guests order with the voucher TEN."""
    product("CUP", "12.50")

    def used(times: int) -> None:
        for number in range(times):
            program.fill(f"c{number}", "CUP")
            program.done("POST", f"/carts/c{number}/vouchers", {"code": "TEN"})
            program.done("POST", f"/carts/c{number}/order", {"guest": GUEST})

    return used


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ({"name": "Ten per cent"}, 7),
        ({"quantity": "15"}, 12),
        ({"quantity": "4"}, 1),
        ({"quantity": "2"}, 0),
        ({"quantity": ""}, None),
        ({"quantity": "2147483647"}, 2_147_483_644),
    ],
)
def test_what_orders_took_while_the_form_was_open_stays_taken(client, voucher, used, typed, left):
    """Three of ten were used, another name was saved, and there were ten again."""
    ten = voucher("TEN", quantity=10)
    opened = client.get(f"/vouchers/{ten.pk}/edit/").context["form"]
    used(3)
    assert client.post(f"/vouchers/{ten.pk}/edit/", {**filled(opened), **typed}).status_code == 302
    assert Voucher.objects.get().quantity == left


def test_uses_that_were_without_a_limit_get_the_one_that_was_typed(client, voucher):
    ten = voucher("TEN")
    opened = client.get(f"/vouchers/{ten.pk}/edit/").context["form"]
    client.post(f"/vouchers/{ten.pk}/edit/", {**filled(opened), "quantity": "5"})
    assert Voucher.objects.get().quantity == 5


def test_a_choice_between_two_who_saved_gives_no_use_back_either(client, voucher, used):
    """Both added some: hers are counted from what there is now, and what she leaves to the other stays theirs."""
    ten = voucher("TEN", quantity=10)
    url = f"/vouchers/{ten.pk}/edit/"
    hers = filled(client.get(url).context["form"])
    used(3)
    client.post(url, {**filled(client.get(url).context["form"]), "quantity": "8"})
    asked = client.post(url, {**hers, "quantity": "15", "name": "Hers"})
    assert {one["name"]: (one["theirs"], one["yours"]) for one in asked.context["fields"]} == {
        "name": ("A present", "Hers"),
        "quantity": ("8", "13"),
    }
    kept = dict(asked.context["kept"]) | {"version": asked.context["version"]}
    client.post(url, {**kept, "use_quantity": "theirs"})
    assert (Voucher.objects.get().name, Voucher.objects.get().quantity) == ("Hers", 8)
    kept["version"] = Voucher.objects.get().version
    client.post(url, {**kept, "use_quantity": "yours"})
    assert Voucher.objects.get().quantity == 13


@pytest.mark.parametrize("was", ["soon", "9" * 5000])
def test_a_form_that_says_nonsense_of_what_it_was_opened_with_changes_nothing(client, voucher, was):
    ten = voucher("TEN", quantity=10)
    opened = filled(client.get(f"/vouchers/{ten.pk}/edit/").context["form"])
    answer = client.post(f"/vouchers/{ten.pk}/edit/", {**opened, "quantity": "3", "quantity_was": was})
    assert (answer.status_code, Voucher.objects.get().quantity) == (200, 10)

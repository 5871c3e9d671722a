"""Staff delete a customer while the shop changes their cart: nobody waits in a circle, nobody is told to try again."""

import time

import pytest

from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from carts.models import Cart, Product
from carts.services.changing import changing
from customers import services
from customers.models import Customer

BY = Actor.command()
MOMENT = 0.4


@pytest.mark.only_on("postgresql")
def test_a_cart_is_filled_while_its_customer_is_deleted(beside, program, product, customer):
    """Locks are taken in one order: the cart, then whose it is."""
    product("CUP", "10.00")
    ada = customer()
    program.done("POST", "/carts", {"key": "c", "customer_id": ada.pk})
    with changing("c") as change:
        end = beside(lambda: services.remove_customer(ada, by=BY))
        time.sleep(MOMENT)
        change.put(Product.objects.to_be_sold().get(), 1)
    end()
    assert (Customer.objects.count(), Cart.objects.count()) == (0, 0)
    assert list(recount_all(mend=False)) == []


@pytest.mark.only_on("postgresql")
def test_a_cart_is_ordered_while_its_customer_is_deleted(beside, program, product, customer):
    """Facts 2.7: the order stays; whoever is first."""
    product("CUP", "10.00")
    ada, rounds = customer(), 6
    for number in range(rounds):
        program.fill(f"c{number}", "CUP", customer_id=ada.pk)
    answers = []

    def ordering():
        for number in range(rounds):
            answers.append(program.post(f"/carts/c{number}/order", {}).status_code)

    end = beside(ordering)
    services.remove_customer(ada, by=BY)
    end()
    assert set(answers) <= {200, 404}
    assert list(recount_all(mend=False)) == []

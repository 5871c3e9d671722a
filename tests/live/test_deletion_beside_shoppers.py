"""Staff delete a customer while the shop changes their cart: nobody waits in a circle, nobody is told to try again."""

import time

import pytest

from backoffice.database.counting import one_change
from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from carts.models import Cart, Product
from carts.services.changing import changing
from customers import services
from customers.models import Customer, Visit

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


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("path", ["/visits/pages", "/visits", "/visits/end"])
@pytest.mark.parametrize("is_said", [True, False])
def test_a_page_is_looked_at_while_its_customer_is_deleted(beside, program, customer, path, is_said):
    """It was answered 500; it waits, and begins a visit anew, or is told that the customer is gone."""
    ada = customer()
    page = {"visitor": "browser", "page": "/"}
    hers = program.done("POST", "/visits/pages", page | {"customer_id": ada.pk})["visit"]
    said = {"visitor": "browser"} if path == "/visits/end" else page
    if is_said and path != "/visits/end":
        said = said | {"customer_id": ada.pk}
    answers = []
    with one_change():
        services.remove_customer(ada, by=BY)
        end = beside(lambda: answers.append(program.post(path, said)))
        time.sleep(MOMENT)
    end()
    assert answers[0].status_code == (404 if "customer_id" in said else 200)
    assert not Visit.objects.filter(pk=hers).exists()
    assert Visit.objects.count() == (answers[0].status_code == 200 and path != "/visits/end")
    assert list(recount_all(mend=False)) == []

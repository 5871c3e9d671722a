"""Whose an act is: of the customer who is signed in, from their address, and of nobody who is hidden (G17, S11)."""

from django.utils import timezone

from backoffice.records.actors import Actor
from carts.models import Order, Voucher
from carts.services.vouchers import delete_exclusive_vouchers
from customers.models import Consent, Customer
from customers.services import hide_customer
from tests.shop_api import reasons

ADA = {"first_name": "Ada", "last_name": "Byron", "email": "ada@shop.example", "password": "lavender"}
BOB = {**ADA, "first_name": "Bob", "email": "bob@shop.example"}


def signed_in(program, who: dict) -> dict[str, str]:
    program.done("POST", "/customers", who)
    said = {"email": who["email"], "password": who["password"]}
    return {"Customer-Token": program.done("POST", "/sign-in", said)["token"]}


def test_the_key_of_one_customers_act_answers_no_other_customer(program, default_group):
    """The same key and body with another customer's token was answered with the first one's data, and not done."""
    ada, bob = signed_in(program, ADA), signed_in(program, BOB)
    assert program.done("PATCH", "/me", {"newsletter": True}, key="k", **ada)["first_name"] == "Ada"
    answer = program.patch("/me", {"newsletter": True}, key="k", **bob)
    assert (answer.status_code, reasons(answer)) == (422, {"Idempotency-Key": "key_used"})
    assert "Ada" not in answer.text
    assert program.done("PATCH", "/me", {"newsletter": True}, key="k", **ada)["first_name"] == "Ada"


def test_acts_of_a_batch_come_from_where_the_batch_says(program, default_group, settings):
    """The ledger kept the address of the program, behind a proxy that of the proxy."""
    acts = {"acts": [{"method": "POST", "path": "/customers", "body": {**ADA, "newsletter": True}}]}
    program.done("POST", "/batch", acts, **{"Customer-IP": "192.0.2.9"})
    assert Consent.objects.get().ip == "192.0.2.9"
    settings.BEHIND_PROXY = True
    acts["acts"][0]["body"] |= BOB
    program.done("POST", "/batch", acts, **{"X-Forwarded-For": "198.51.100.7"})
    assert Consent.objects.latest("pk").ip == "198.51.100.7"


def test_the_customer_who_is_signed_in_acts_in_a_batch_too(program, default_group):
    ada = signed_in(program, ADA)
    act = {"method": "PATCH", "path": "/me", "body": {"company": "Analytical Engines"}}
    said = program.done("POST", "/batch", {"acts": [act]}, **ada)
    assert [one["status"] for one in said["outcomes"]] == [200]
    assert Customer.objects.get().company == "Analytical Engines"


def test_an_order_of_another_system_gives_nothing_new_to_who_is_hidden(program, default_group, product):
    """Decision 43: neither by number nor through the cart it came from."""
    product("CUP", "12.50")
    ada = program.done("POST", "/customers", ADA)["id"]
    cart = {"at": "2026-03-10T12:00:00Z", "customer_id": ada, "lines": [{"product": "CUP"}]}
    program.done("PUT", "/carts/c", cart)
    hide_customer(Customer.objects.get(), by=Actor.command())
    order = {
        **{"placed_at": "2026-03-10T12:00:00Z", "status": "Payment accepted", "currency": "EUR"},
        "lines": [{"name": "Cup", "quantity": 1, "unit_price": "12.50"}],
    }
    answer = program.put("/external-orders/P-1", {**order, "cart": "c"})
    assert answer.status_code == 409, answer.text
    assert not Order.objects.exists()


def test_the_cart_of_who_is_hidden_stays_as_it_is(program, default_group, product, voucher):
    """Decision 43: it could be filled and emptied as long as its key was known."""
    product("CUP", "12.50")
    voucher("TEN", amount="2.50")
    ada = program.done("POST", "/customers", ADA)["id"]
    cart = {"at": timezone.now().isoformat(), "customer_id": ada, "lines": [{"product": "CUP"}]}
    program.done("PUT", "/carts/c", cart)
    hide_customer(Customer.objects.get(), by=Actor.command())
    for method, path, body in (
        ("POST", "/carts/c/lines", {"product": "CUP"}),
        ("PUT", "/carts/c/lines", {"product": "CUP", "quantity": 0}),
        ("PUT", "/carts/c", {"at": timezone.now().isoformat(), "lines": []}),
        ("POST", "/carts/c/vouchers", {"code": "TEN"}),
        ("POST", "/carts/c/order", {}),
    ):
        answer = program.ask(method, path, body)
        assert answer.status_code == 409, (method, path, answer.text)
        assert "deleted" in answer.text
    assert program.done("GET", "/carts/c")["total"] == "12.50"


def test_a_voucher_that_goes_with_its_group_is_taken_off_the_cart_of_who_is_hidden_too(
    program, customer, product, voucher, group
):
    """Its total would say less than its lines."""
    product("CUP", "12.50")
    wholesale = group("Wholesale")
    voucher("TEN", amount="2.50", group=wholesale)
    vera = customer(groups=[wholesale])
    cart = {
        "at": timezone.now().isoformat(),
        "customer_id": vera.pk,
        "lines": [{"product": "CUP"}],
        "vouchers": ["TEN"],
    }
    assert program.done("PUT", "/carts/c", cart)["total"] == "10.00"
    hide_customer(vera, by=Actor.command())
    delete_exclusive_vouchers(Voucher.objects.all(), by=Actor.command())
    assert program.done("GET", "/carts/c")["total"] == "12.50"

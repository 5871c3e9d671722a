"""Addresses over the API: form, rules by country and services of the page (issue 10, point 2; facts 6)."""

import pytest

from addresses.models import Address, Country
from addresses.sections.addresses import ADDRESSES
from backoffice.models import Counter
from backoffice.records.actors import Actor
from backoffice.records.recounting import recount_all
from backoffice.records.required_fields import require
from carts.models import Cart, CartEvent, Order
from customers.models import Customer
from tests.shop_api import reasons

PARIS = {"country": "FR", "address1": "14, Main street", "postcode": "75000", "city": "Paris"}


@pytest.fixture
def ada(program, countries, default_group) -> Customer:
    """Ada, who has registered."""
    said = {"first_name": "Ada", "last_name": "Byron", "email": "ada@shop.example", "password": "lavender"}
    return Customer.objects.get(pk=program.done("POST", "/customers", said)["id"])


@pytest.fixture
def at(program, ada):
    """`at("POST", PARIS)` asks about Ada's addresses."""
    return lambda method, said=None, one="": program.ask(method, f"/customers/{ada.pk}/addresses{one}", said)


def test_the_first_address_begins_as_on_the_page(at, ada):
    """Her name, a default of both kinds, the country she counts under from now on (decision 29); history by the API."""
    told = at("POST", PARIS).json()
    assert (told["alias"], told["first_name"], told["last_name"]) == ("My address", "Ada", "Byron")
    assert (told["default_billing"], told["default_shipping"]) == (True, True)
    assert told["lines"] == ["Ada Byron", "14, Main street", "75000 PARIS", "FRANCE"]
    ada.refresh_from_db()
    assert (ada.country, Counter.objects.get(name="addresses.address").value) == ("FR", 1)
    row = Address.history.get()
    assert (row.door, row.history_change_reason) == ("api", "token Shop module")
    second = at("POST", {**PARIS, "city": "Lyon"}).json()
    assert (second["default_billing"], second["default_shipping"]) == (False, False)
    assert [one["city"] for one in at("GET").json()["addresses"]] == ["Paris", "Lyon"]
    assert list(recount_all(mend=False)) == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"postcode": "ABC"}, "postcode"),
        ({"postcode": None}, "postcode"),
        ({"country": "US", "state": None}, "state"),
        ({"country": "XX"}, "country"),
        ({"city": ""}, "city"),
        ({"first_name": "<b>"}, "first_name"),
        ({"kind": "shipping", "default_billing": True}, "default_billing"),
    ],
)
def test_what_its_country_refuses_is_refused_at_its_field(at, said, field):
    answer = at("POST", {**PARIS, **said})
    assert (answer.status_code, set(reasons(answer))) == (422, {field}), answer.text
    assert not Address.objects.exists()


def test_only_what_is_named_is_changed(at):
    """Also where the country asks for a field that is not named: it is there already."""
    one = at("POST", {**PARIS, "phone": "+33 1 02 09 04 05"}).json()
    told = at("PATCH", {"city": "Lyon", "postcode": "69001"}, f"/{one['id']}").json()
    changed = {name for name in one if told[name] != one[name]}
    assert changed == {"city", "postcode", "version", "lines"}
    assert Address.objects.get().phone_e164 == "+33102090405"


def test_another_country_brings_its_own_fields(at):
    """A state that is none of France's is refused, and none is needed there."""
    boston = {
        "country": "US",
        "address1": "1 Main St",
        "postcode": "02108",
        "city": "Boston",
        "state": "US-MA",
    }
    one = at("POST", boston).json()
    assert one["state"] == "US-MA"
    told = at("PATCH", {**PARIS, "state": ""}, f"/{one['id']}").json()
    assert (told["country"], told["state"], told["postcode"]) == ("FR", "", "75000")


def test_a_deleted_one_is_gone(at, ada):
    one = at("POST", PARIS).json()
    assert at("DELETE", one=f"/{one['id']}").status_code == 200
    assert at("PATCH", {"city": "Lyon"}, f"/{one['id']}").status_code == 404
    assert at("GET").json() == {"addresses": []}
    ada.refresh_from_db()
    assert ada.country == ""


def test_nobody_reaches_the_address_of_somebody_else(program, ada, address, customer):
    """G17: by the number of another customer, and when signed in as somebody else."""
    theirs = address(customer())
    assert program.patch(f"/customers/{ada.pk}/addresses/{theirs.pk}", {"city": "Lyon"}).status_code == 404
    signed = program.done("POST", "/sign-in", {"email": "ada@shop.example", "password": "lavender"})
    token = {"Customer-Token": signed["token"]}
    assert program.patch(f"/me/addresses/{theirs.pk}", {"city": "Lyon"}, **token).status_code == 404
    assert program.delete(f"/me/addresses/{theirs.pk}", **token).status_code == 404
    mine = program.done("POST", "/me/addresses", PARIS, **token)
    told = program.done("PATCH", f"/me/addresses/{mine['id']}", {"alias": "Home"}, **token)
    assert [one["id"] for one in program.get("/me/addresses", **token).json()["addresses"]] == [mine["id"]]
    assert told["alias"] == "Home"
    assert set(Address.history.filter(id=mine["id"]).values_list("door", flat=True)) == {"shop"}
    program.done("DELETE", f"/me/addresses/{mine['id']}", **token)
    assert Address.objects.get() == theirs


@pytest.fixture
def cart(program, ada, product) -> str:
    """A cart of Ada's with a cup in it."""
    product("CUP", "12.50")
    program.fill("c", "CUP", customer_id=ada.pk, language="fr")
    return "c"


def chosen(billing: int | None, shipping: int | None) -> dict:
    return {"billing_address_id": billing, "shipping_address_id": shipping}


def test_an_order_is_given_what_is_printed_of_the_addresses_of_its_cart(program, at, cart):
    """Facts 1.11: copied, in the language of the customer, and never changed any more."""
    home, work = (at("POST", {**PARIS, "city": city}).json()["id"] for city in ("Paris", "Lyon"))
    told = program.done("PUT", f"/carts/{cart}/addresses", chosen(home, work))
    assert told["version"] == program.done("PUT", f"/carts/{cart}/addresses", chosen(home, work))["version"]
    assert CartEvent.objects.filter(kind="address").count() == 1
    program.done("POST", f"/carts/{cart}/order", {"billing_address": "Ada\nParis"})
    at("PATCH", {"city": "Nice"}, f"/{work}")
    order = Order.objects.get()
    assert (order.billing_address, order.shipping_address) == (
        "Ada\nParis",
        "Ada Byron\n14, Main street\n75000 LYON\nFRANCE",
    )
    assert at("DELETE", one=f"/{work}").status_code == 200
    assert Address.objects.get(pk=work).deleted, "retired, not erased: an order uses it (facts 6.6)"


def test_a_cart_takes_no_address_that_is_not_its_customers_or_not_for_that(
    program, at, cart, address, customer
):
    """G17."""
    theirs = address(customer()).pk
    parcels = at("POST", {**PARIS, "kind": "shipping", "default_billing": False}).json()["id"]
    retired = at("POST", PARIS).json()["id"]
    at("DELETE", one=f"/{retired}")
    for said, field, code in (
        (chosen(theirs, None), "billing_address_id", "no_such_address"),
        (chosen(None, retired), "shipping_address_id", "no_such_address"),
        (chosen(parcels, parcels), "billing_address_id", "address_not_for_that"),
    ):
        answer = program.put(f"/carts/{cart}/addresses", said)
        assert (answer.status_code, reasons(answer)) == (422, {field: code})
    program.done("POST", "/carts", {"key": "nobodys"})
    answer = program.put("/carts/nobodys/addresses", chosen(theirs, None))
    assert reasons(answer) == {"billing_address_id": "no_such_address"}
    assert program.done("PUT", f"/carts/{cart}/addresses", chosen(None, parcels))["version"] == 2


def test_a_deleted_address_is_in_no_cart_any_more(program, at, cart):
    home = at("POST", PARIS).json()["id"]
    program.done("PUT", f"/carts/{cart}/addresses", chosen(home, home))
    at("DELETE", one=f"/{home}")
    assert Cart.objects.values_list("billing_address", "shipping_address").get() == (None, None)


def test_a_whole_cart_says_where_it_goes(program, at, ada, product, carrier):
    """Issue 10, point 2: put again, nothing happens; what is not said is not in it any more."""
    product("CUP", "12.50")
    carrier("Post", "4.99")
    home = at("POST", PARIS).json()["id"]
    said = {"customer_id": ada.pk, "lines": [{"product": "CUP"}], "carrier": "Post", **chosen(home, home)}
    first = program.done("PUT", "/carts/w", {**said, "at": "2026-03-10T12:00:00Z"})
    again = program.done("PUT", "/carts/w", {**said, "at": "2026-03-10T12:00:00Z"})
    assert (first["total"], first["version"]) == ("17.49", again["version"])
    read = program.done("GET", "/carts/w")
    assert (read["billing_address_id"], read["shipping_address_id"], read["carrier"]) == (home, home, "Post")
    older = program.done("PUT", "/carts/w", {**said, **chosen(None, None), "at": "2026-03-10T11:00:00Z"})
    assert (older["counted"], program.done("GET", "/carts/w")["shipping_address_id"]) == (False, home)
    program.done(
        "PUT",
        "/carts/w",
        {"lines": [{"product": "CUP"}], "at": "2026-03-10T13:00:00Z", "billing_address_id": home},
    )
    assert Cart.objects.values_list("billing_address", "shipping_address").get() == (home, None)


def test_a_whole_cart_with_the_address_of_somebody_else_is_not_put(program, ada, address, customer, product):
    """G17: refused at its field, and nothing of it is kept."""
    product("CUP", "12.50")
    theirs = address(customer()).pk
    said = {"at": "2026-03-10T12:00:00Z", "customer_id": ada.pk, "lines": [{"product": "CUP"}]}
    answer = program.put("/carts/w", {**said, "shipping_address_id": theirs})
    assert (answer.status_code, reasons(answer)) == (422, {"shipping_address_id": "no_such_address"})
    assert not Cart.objects.exists()


# Countries


def test_the_countries_to_choose_from_are_named_in_the_language_asked_for(program, countries):
    Country.objects.filter(code="DE").update(active=False)
    told = program.done("GET", "/countries", **{"Accept-Language": "fr"})["countries"]
    names = {one["code"]: one["name"] for one in told}
    assert (names["FR"], names["US"], "DE" in names) == ("France", "États-Unis", False)
    assert program.get("/countries/DE").status_code == 404
    assert program.get("/countries/XX").status_code == 404


def test_a_country_tells_what_an_address_there_needs(program, countries):
    """Facts 6.3, 6.4: the fields of the form of the back office, in their order, as people there call them."""
    told = program.done("GET", "/countries/US")
    fields = {one["name"]: one for one in told["fields"]}
    assert (fields["postcode"]["label"], fields["postcode"]["required"]) == ("ZIP code", True)
    assert (fields["state"]["kind"], fields["state"]["required"]) == ("choice", True)
    assert {"code": "US-MA", "name": "Massachusetts"} in told["states"]
    assert (fields["address1"]["required"], fields["other"]["required"]) == (True, False)
    assert not {"customer", "version"} & fields.keys()
    places = [one["name"] for one in told["fields"]]
    assert places.index("city") < places.index("state") < places.index("postcode")
    france = program.done("GET", "/countries/FR")
    assert (france["states"], [one["name"] for one in france["fields"] if one["name"] == "state"]) == ([], [])
    require(ADDRESSES, ["phone"], by=Actor.command())
    again = {one["name"]: one["required"] for one in program.done("GET", "/countries/FR")["fields"]}
    assert again["phone"]


def test_what_a_country_needs_is_what_is_refused_without_it(program, at, countries):
    """The two never differ: whoever follows the description is understood."""
    for code in ("FR", "US", "PL"):
        told = program.done("GET", f"/countries/{code}")
        needed = {one["name"] for one in told["fields"] if one["required"]}
        answer = at("POST", dict.fromkeys(needed - {"country"}, "") | {"country": code})
        refused = set(reasons(answer)) if answer.status_code == 422 else set()
        assert refused == needed - {"country"}, (code, answer.text)

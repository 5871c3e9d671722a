"""The form of an address follows its country, and its customer is looked for (S0.57, S3.33, S4.79; facts 6.2)."""

import pytest
from django.urls import reverse

from addresses.models import Address
from addresses.rules.phones import told
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from customers.services import hide_customer
from tests.reading import faults, read

pytestmark = [pytest.mark.usefixtures("nothing_miscounted"), pytest.mark.alike]


def names_in(page) -> list[str]:
    """The fields of the country's block, in their order."""
    return [one["name"] for one in page.one("fieldset", id="group-address").walk() if one.get("name")]


def label_of(page, name: str) -> str:
    return next(one.text for one in page.all("label") if one.get("for") == f"id_{name}")


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("FR", ["company", "first_name", "last_name", "address1", "address2", "postcode", "city"]),
        ("GB", ["first_name", "last_name", "company", "address1", "address2", "city", "postcode"]),
        ("US", ["first_name", "last_name", "company", "address1", "address2", "city", "state", "postcode"]),
        ("HU", ["first_name", "last_name", "company", "city", "address1", "address2", "postcode"]),
    ],
)
def test_fields_stand_in_the_order_of_the_country(client, customer, code, names):
    """Facts 6.4: the layout that prints addresses orders the fields."""
    customer()
    page = read(client.post("/addresses/add/", {"country": code, "again": "1"}))
    found = [name for name in names_in(page) if name in {*names, "state", "postcode"}]
    assert found == names


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        ("US", {"postcode": "ZIP code *", "state": "State *", "city": "City *"}),
        ("GB", {"postcode": "Postcode *", "city": "Post town *"}),
        ("IE", {"postcode": "Eircode", "state": "County", "city": "City *"}),
        ("IN", {"postcode": "PIN code *", "state": "State *"}),
        ("IT", {"postcode": "Postcode *", "state": "Province *"}),
        ("JP", {"postcode": "Postcode *", "state": "Prefecture *"}),
        ("ES", {"dni": "Identification number *", "state": "Province *"}),
        ("FR", {"dni": "Identification number", "postcode": "Postcode *"}),
    ],
)
def test_fields_are_called_as_in_the_country_and_marked_where_it_needs_them(client, shop, code, labels):
    """Facts 6.2: changing the country moves the mark of required ones."""
    page = read(client.post("/addresses/add/", {"country": code, "again": "1"}))
    assert {name: label_of(page, name) for name in labels} == labels


def test_another_country_brings_its_states_and_keeps_what_was_typed(client, shop):
    """Facts 6.2: without scripts a button asks for the fields; nothing is judged and nothing saved."""
    page = read(
        client.post("/addresses/add/", {"country": "US", "city": "Austin", "alias": "Ranch", "again": "1"})
    )
    states = [one.text for one in page.one("select", id="id_state").all("option")]
    assert states[:3] == ["Choose…", "Alabama", "Alaska"]
    assert page.one("input", id="id_city")["value"] == "Austin"
    assert page.one("input", id="id_alias")["value"] == "Ranch"
    assert not page.all("ul", "errors")
    france = read(client.post("/addresses/add/", {"country": "FR", "city": "Austin", "again": "1"}))
    assert "state" not in names_in(france)
    assert "Change country" in page.one("noscript").text
    assert Address.objects.count() == 0


def test_where_no_postcodes_are_none_is_asked_but_one_that_stands_there_stays(client, shop):
    page = read(client.post("/addresses/add/", {"country": "HK", "again": "1"}))
    assert "postcode" not in names_in(page)
    page = read(client.post("/addresses/add/", {"country": "HK", "postcode": "999077", "again": "1"}))
    assert "postcode" in names_in(page)


def test_a_link_fills_the_customer_in_and_the_form_ends_on_their_page(client, customer, new):
    """S4.79: from the file and back to it; the first address is the default one."""
    john = customer(first_name="John", last_name="DOE", company="My Company")
    page = client.get(f"/addresses/add/?customer={john.pk}&then=customers-{john.pk}")
    form = page.context["form"]
    told_ = {name: form[name].value() for name in ("first_name", "last_name", "company", "alias")}
    assert told_ == {
        "first_name": "John",
        "last_name": "DOE",
        "company": "My Company",
        "alias": "My address",
    }
    answer = client.post("/addresses/add/", {**new(john), "then": f"customers-{john.pk}"})
    assert answer["Location"] == f"/customers/{john.pk}/#addresses"
    made = Address.objects.get()
    assert (made.customer, made.default_billing, made.default_shipping) == (john, True, True)


@pytest.mark.parametrize("then", ["//evil.example", "customers", "customers-x", "nowhere-1", "customers-1-2"])
def test_no_form_leads_anywhere_else(client, customer, new, then):
    """G33: the way back is worked out of a section and a number, never taken as an address."""
    answer = client.post("/addresses/add/", {**new(customer()), "then": then})
    assert answer["Location"] == f"/addresses/{Address.objects.get().pk}/"


def test_where_two_are_found_it_asks_and_tells_the_guest_from_the_account(client, customer, new):
    """Facts 6.2: guests may share an e-mail address with an account."""
    account = customer(first_name="Ada", last_name="Byron", email="ada@shop.example")
    guest = customer(first_name="Ada", last_name="Byron", email="ada@shop.example", guest=True)
    data = {**new(account), "customer": "", "customer_search": "byron"}
    answer = client.post("/addresses/add/", data)
    assert faults(answer) == {"customer": ["Several customers found for “byron”: choose one."]}
    offered = [one.text for one in read(answer).one("div", "picker").all("label")]
    assert offered == [
        f"Ada Byron ada@shop.example · ID {account.pk}",
        f"Ada Byron ada@shop.example · ID {guest.pk} · Guest",
    ]
    client.post("/addresses/add/", {**data, "customer": guest.pk})
    assert Address.objects.get().customer == guest


def test_an_address_stays_with_its_customer(client, customer, address, typed):
    """Facts 6.2: on edit the customer cannot be changed."""
    made, other = address(), customer()
    url = f"/addresses/{made.pk}/edit/"
    data = typed(url, city="Lyon")
    assert "customer" not in data
    client.post(url, {**data, "customer": other.pk})
    made.refresh_from_db()
    assert (made.city, made.customer_id == other.pk) == ("Lyon", False)


@pytest.mark.parametrize(
    ("country", "typed_phone", "e164", "shown"),
    [
        ("FR", "0102090405", "+33102090405", "0102090405"),
        ("FR", "01 02 09 04 05", "+33102090405", "01 02 09 04 05"),
        ("FR", "+33 1 02 09 04 05", "+33102090405", "01 02 09 04 05"),
        ("FR", "0033102090405", "+33102090405", "01 02 09 04 05"),
        ("IT", "055 234 5678", "+390552345678", "055 234 5678"),
        ("PL", "600700800", "+48600700800", "600700800"),
        ("PL", "+48 600-700-800", "+48600700800", "600 700 800"),
        ("RO", "0721 123 456", "+40721123456", "0721 123 456"),
        ("FR", "+48 600 700 800", "+48600700800", "+48 600 700 800"),
        ("FR", "12", "", "12"),
        ("FR", "0000000000", "", "0000000000"),
    ],
)
def test_a_phone_is_kept_as_typed_and_as_it_is_dialled(
    client, customer, new, country, typed_phone, e164, shown
):
    """S1.61, decision 24: a leading zero is never lost; what is no number is kept, with a warning."""
    place = {"IT": ("00187", "IT-RM"), "PL": ("00-950", ""), "RO": ("010011", "")}.get(country, ("75000", ""))
    client.post(
        "/addresses/add/",
        new(customer(), country=country, postcode=place[0], state=place[1], phone=typed_phone),
    )
    made = Address.objects.get()
    assert (made.phone, made.phone_e164) == (typed_phone, e164)
    assert told(made.phone, made.phone_e164, country) == shown
    page = read(client.get(f"/addresses/{made.pk}/edit/"))
    warned = [one["title"] for one in page.all("span", "mark-warn")]
    odd = ["Not a valid phone number in this country; it is kept as typed."]
    assert warned == ([] if e164 else odd)
    assert page.one("input", id="id_phone")["value"] == typed_phone


def test_another_country_reads_the_same_digits_otherwise(client, address, typed):
    made = address(phone="0721123456")
    assert made.phone_e164 == ""
    url = f"/addresses/{made.pk}/edit/"
    client.post(url, typed(url, country="RO", postcode="010011"))
    made.refresh_from_db()
    assert (made.phone, made.phone_e164) == ("0721123456", "+40721123456")


@pytest.mark.parametrize(
    ("country", "name", "good", "odd", "said"),
    [
        (
            "FR",
            "vat_number",
            "FR40303265045",
            "FR41303265045",
            "Not a valid VAT number; it is saved all the same.",
        ),
        ("FR", "vat_number", "RO18547290", "DE123", "Not a valid VAT number; it is saved all the same."),
        ("PL", "vat_number", "8567346215", "8567346216", "Not a valid VAT number; it is saved all the same."),
        (
            "PL",
            "dni",
            "44051401359",
            "44051401358",
            "Not a valid number in this country; it is saved all the same.",
        ),
        (
            "RO",
            "dni",
            "1630615123457",
            "1630615123458",
            "Not a valid number in this country; it is saved all the same.",
        ),
        (
            "FR",
            "dni",
            "732829320",
            "732829321",
            "Not a valid number in this country; it is saved all the same.",
        ),
    ],
)
def test_a_number_that_does_not_add_up_is_saved_with_a_warning(
    address, client, country, name, good, odd, said
):
    """Decision 7: any value is saved."""
    postcode = {"PL": "00-950", "RO": "010011"}.get(country, "75000")
    for value, marks in ((good, []), (odd, [said])):
        made = address(country=country, postcode=postcode, **{name: value})
        page = read(client.get(f"/addresses/{made.pk}/"))
        assert [one["title"] for one in page.all("span", "mark-warn")] == marks, value
        assert value in page.text


def test_what_is_unchanged_never_blocks_a_save(address, client, typed):
    """Decision 5: stricter rules and old data."""
    made = address()
    Address.objects.filter(pk=made.pk).update(postcode="W11", city="Paris")
    url = f"/addresses/{made.pk}/edit/"
    answer = client.post(url, typed(url, alias="Flat"))
    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.alias, made.postcode) == ("Flat", "W11")
    refused = client.post(url, typed(url, postcode="W12"))
    assert faults(refused) == {"postcode": ["Not a postcode of this country: write it like 33380."]}


def test_two_people_who_saved_choose_field_by_field(address, client, typed):
    """Deliverable 4: nothing of anybody's is lost unseen; a country is told by its name."""
    made = address()
    url = f"/addresses/{made.pk}/edit/"
    mine = typed(url, city="Lyon")
    client.post(url, typed(url, country="DE", postcode="10115"))
    answer = client.post(url, mine)
    assert answer.status_code == 409
    told_ = {one["name"]: (one["theirs"], one["yours"]) for one in answer.context["fields"]}
    assert told_ == {
        "country": ("Germany", "France"),
        "postcode": ("10115", "75000"),
        "city": ("Paris", "Lyon"),
    }


def test_a_country_is_put_back_and_undone(address, client, typed):
    """D-92, U11: history speaks of countries by name; Undo takes a save back."""
    made = address()
    url = f"/addresses/{made.pk}/edit/"
    answer = client.post(url, typed(url, country="DE", postcode="10115"), follow=True)
    undo = next(one.extra_tags for one in answer.context["messages"])
    assert "Germany" in client.get(f"/addresses/{made.pk}/history/").content.decode()
    client.post(undo)
    made.refresh_from_db()
    assert (made.country_id, made.postcode) == ("FR", "75000")


def test_a_disabled_country_is_offered_no_more_but_to_who_lives_there(client, address, country):
    made = address(country="DE", postcode="10115")
    germany = country("DE")
    client.post(reverse("countries_toggle", args=[germany.pk, "active"]), {"value": "false"})
    offered = [
        one["value"]
        for one in read(client.get("/addresses/add/")).one("select", id="id_country").all("option")
    ]
    assert ("FR" in offered, "DE" in offered) == (True, False)
    page = read(client.get(f"/addresses/{made.pk}/edit/"))
    assert page.one("select", id="id_country").all("option")
    assert "DE" in [one["value"] for one in page.one("select", id="id_country").all("option")]


def test_a_hidden_customer_gets_no_address(client, customer, address):
    """Decision 43: read-only until brought back."""
    ada = customer()
    hide_customer(ada, by=Actor.command())
    with pytest.raises(NotAllowed):
        address(ada)
    page = read(client.get(f"/addresses/add/?customer={ada.pk}"))
    assert page.one("div", "picker").all("label") == []

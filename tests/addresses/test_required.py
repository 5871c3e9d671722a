"""Which fields of an address are required: the sixteen of S1.75, none of which makes saving impossible (B10)."""

import pytest
from django.core.exceptions import ValidationError

from addresses.services import save_address
from backoffice.models import RequiredField
from backoffice.records.actors import Actor
from tests.reading import faults, read

URL = "/addresses/required-fields/"
SIXTEEN = (
    "id_state id_customer id_manufacturer id_supplier company address2 postcode other phone phone_mobile vat_number dni"
    " date_add date_upd active deleted"
).split()
CHOSEN = {
    "id_state",
    "company",
    "address2",
    "postcode",
    "other",
    "phone",
    "phone_mobile",
    "vat_number",
    "dni",
}
ALWAYS = {"id_customer", "date_add", "date_upd", "active", "deleted"}


def boxes(client) -> dict[str, tuple[bool, bool]]:
    """The boxes of the page in their order: ticked, and whether nobody can tick them."""
    found = read(client.get(URL)).one("table").all("input")[1:]
    return {box["value"]: (box.has("checked"), box.has("disabled")) for box in found}


def test_the_sixteen_stand_in_the_order_of_the_document(client):
    """S1.75, B10: what the shop fills itself is ticked, what no address has is not; nobody changes that."""
    found = boxes(client)
    assert list(found) == SIXTEEN
    assert {name for name, (_ticked, disabled) in found.items() if not disabled} == CHOSEN
    assert {name for name, (ticked, _disabled) in found.items() if ticked} == ALWAYS


def test_all_that_can_be_required_is_still_set_after_saving(client):
    answer = client.post(URL, {"fields": SIXTEEN}, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "Required fields saved. Left as they were, since nothing could be saved otherwise: Brand, Supplier."
    ]
    assert {name for name, (ticked, _disabled) in boxes(client).items() if ticked} == CHOSEN | ALWAYS
    client.post(URL, {"fields": ["company"]})
    assert {name for name, (ticked, _disabled) in boxes(client).items() if ticked} == {"company"} | ALWAYS


def test_what_no_field_is_changes_nothing(client):
    answer = client.post(URL, {"fields": ["company", "password"]}, follow=True)
    assert "is not a field that can be required" in str(next(iter(answer.context["messages"])))
    assert not RequiredField.objects.exists()


def test_the_form_and_the_service_ask_for_what_is_required(client, customer, new, address):
    """S0.59: where the country has it at all."""
    client.post(URL, {"fields": SIXTEEN})
    ada = customer()
    needed = ["The settings of this shop require this."]
    lacking = dict.fromkeys(
        ("company", "address2", "vat_number", "dni", "phone", "phone_mobile", "other"), needed
    )
    assert faults(client.post("/addresses/add/", new(ada))) == lacking
    with pytest.raises(ValidationError) as refused:
        address(ada)
    assert refused.value.message_dict == lacking
    full = dict.fromkeys(lacking, "1") | {"phone": "0102090405", "phone_mobile": "0602090405"}
    assert client.post("/addresses/add/", new(ada, **full)).status_code == 302


def test_what_was_empty_before_may_stay_so_and_what_was_not_may_not_be_emptied(client, address):
    """Decisions 5 and 40."""
    made = address(company="My Company")
    client.post(URL, {"fields": ["company", "phone"]})
    save_address(made, {"alias": "Flat"}, by=Actor.command())
    with pytest.raises(ValidationError) as refused:
        save_address(made, {"company": ""}, by=Actor.command())
    assert refused.value.message_dict == {"company": ["The settings of this shop require this."]}


def test_how_many_lack_a_field_is_seen_beforehand(client, address):
    address(phone="0102090405")
    address()
    rows = {
        row.one("input")["value"]: row.all("td")[2].text
        for row in read(client.get(URL)).one("tbody").all("tr")
    }
    assert (rows["phone"], rows["postcode"], rows["date_add"]) == ("1", "0", "–")


def test_a_retired_address_is_called_so_among_the_required_fields_too(client):
    """Issue 9, how its pages read: one word for one thing."""
    assert read(client.get(URL)).one("label", **{"for": "field-deleted"}).text == "Retired"

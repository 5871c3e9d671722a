"""Each field that can be required, at each door (S0.18, S1.28, D-9 to D-13, decisions 5 and 40)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from backoffice.records.actors import Actor, Door
from backoffice.records.required_fields import require
from customers import services
from customers.importing.importer import CustomerImport
from customers.models import Customer, CustomKind
from customers.sections.customers import CUSTOMERS
from tests.reading import faults, read

pytestmark = pytest.mark.alike

ADD = "/customers/add/"
HERE = "The settings of this shop require this."
ON = "The settings of this shop require this to be on."
IN_FILES = "This field is required here."
BY = Actor.command()


@dataclass(frozen=True)
class Asked:
    """A field that is required: its label, what is typed, what a file says and what is stored of a value."""

    name: str
    label: str
    typed: str
    cell: str
    value: Any

    @property
    def is_yes_no(self) -> bool:
        return self.value is True

    @property
    def sentence(self) -> str:
        return ON if self.is_yes_no else HERE


OF_THE_MANUAL = {
    "gender": ("title", "Gender", "1", "1", None),
    "birthday": ("birthday", "Birthday", "1970-01-15", "1970-01-15", dt.date(1970, 1, 15)),
    "newsletter": ("newsletter", "Newsletter", "on", "1", True),
    "optin": ("partner_offers", "Opt-in", "on", "1", True),
}
OF_STAFF = {
    "text": ("GOLD 7", "GOLD 7", "GOLD 7"),
    "long_text": ("Two\nlines", "Two lines", "Two\nlines"),
    "number": ("0", "0", 0),
    "amount": ("0.00", "0.00", Decimal("0.00")),
    "day": ("2026-03-09", "2026-03-09", dt.date(2026, 3, 9)),
    "yes_no": ("on", "1", True),
    "choice": ("Red", "Red", "Red"),
}


@pytest.fixture
def empty(customer) -> Customer:
    """A customer from before, who has none of these values."""
    return customer(first_name="Ida", last_name="Before")


@pytest.fixture(params=[*OF_THE_MANUAL, *OF_STAFF])
def asked(request, empty, custom_field, mr) -> Asked:
    """Each field in turn, required."""
    if request.param in OF_THE_MANUAL:
        name, label, typed, cell, value = OF_THE_MANUAL[request.param]
        if name == "title":
            typed, cell, value = str(mr.pk), "Male", mr
        technical = request.param
    else:
        choices = "Red\nGreen" if request.param == "choice" else ""
        technical = name = f"custom_{custom_field('Zigzag', kind=request.param, choices=choices).pk}"
        label, (typed, cell, value) = "Zigzag", OF_STAFF[request.param]
    require(CUSTOMERS.now(), [technical], by=BY)
    return Asked(name, label, typed, cell, value)


@pytest.fixture
def filled(asked) -> Customer:
    """A customer who has a value."""
    groups = [Customer.objects.get().default_group]
    values = {"first_name": "Ned", "last_name": "After", "email": "ned@shop.example", asked.name: asked.value}
    return services.add_customer({**values, "default_group": groups[0], "groups": groups}, by=BY)


@pytest.fixture
def edit(client, typed):
    """`edit(customer, note="x")` saves their form with these fields typed; None empties one."""

    def edit(customer, **fields):
        address = f"/customers/{customer.pk}/edit/"
        data = typed(address)
        for name in fields:
            for part in (name, f"{name}_day", f"{name}_month", f"{name}_year"):
                data.pop(part, None)
        return client.post(
            address, {**data, **{name: one for name, one in fields.items() if one is not None}}
        )

    return edit


@pytest.fixture
def take_in(written):
    """`take_in("E-mail;…")` imports this text and gives (rows added, changed), reasons of what was refused)."""

    def take_in(text: str):
        found: list = []
        report = CustomerImport(written(text)).run(by=Actor(staff=None, door=Door.IMPORT), tell=found.append)
        return (report.created, report.updated), [(one.column, one.reason) for one in found]

    return take_in


def value_of(customer: Customer, name: str) -> Any:
    fresh = Customer.objects.get(pk=customer.pk)
    return fresh.custom.get(name) if name.startswith("custom_") else getattr(fresh, name)


# --- A new customer -------------------------------------------------------------------------------------------------


def test_the_star_stands_on_the_form(client, asked):
    """S0.18: on that of a new customer, and of one who is there."""
    labels = [one.text for one in read(client.get(ADD)).walk() if one.tag in ("label", "legend")]
    assert f"{asked.label} *" in labels
    assert asked.label not in labels


def test_the_page_refuses_without_it_at_the_field(client, new, asked):
    answer = client.post(ADD, new())
    assert faults(answer) == {asked.name: [asked.sentence]}
    assert asked.label in [one.text for one in read(answer).one("div", "summary").all("a")]
    assert client.post(ADD, new(**{asked.name: asked.typed})).status_code == 302
    assert value_of(Customer.objects.get(email="ada@shop.example"), asked.name) == asked.value


def test_the_import_refuses_without_it_at_the_column(take_in, asked):
    head = f"E-mail;Last name;First name;{asked.label}\n"
    row = "ada@shop.example;Byron;Ada;"
    told = [(asked.label, ON if asked.is_yes_no else IN_FILES)]
    assert take_in(head + row + "\n") == ((0, 0), told)
    assert take_in("E-mail;Last name;First name\nada@shop.example;Byron;Ada\n")[0] == (0, 0)
    assert take_in(f"{head}{row}{asked.cell}\n") == ((1, 0), [])


@pytest.mark.parametrize("said", ["nothing", "none"])
def test_the_service_refuses_without_it_at_the_field(asked, empty, said):
    """Decision 40: whoever calls it, whether the value is left out or empty."""
    values = {
        "first_name": "Ada",
        "last_name": "Byron",
        "email": "ada@shop.example",
        "default_group": empty.default_group,
        "groups": [empty.default_group],
    }
    nothing = {"none": {asked.name: False if asked.is_yes_no else None}, "nothing": {}}[said]
    with pytest.raises(ValidationError) as refused:
        services.add_customer({**values, **nothing}, by=BY)
    assert refused.value.message_dict == {asked.name: [asked.sentence]}
    assert services.add_customer({**values, asked.name: asked.value}, by=BY).pk


# --- A customer who is there ----------------------------------------------------------------------------------------


def test_who_has_no_value_from_before_is_edited_all_the_same(edit, asked, empty, take_in):
    """Decision 5: at the page, the service and the import."""
    assert edit(empty, note="Seen").status_code == 302
    services.edit_customer(Customer.objects.get(pk=empty.pk), {"phone": "112"}, by=BY)
    assert take_in(f"E-mail;Company\n{empty.email};Acme\n") == ((0, 1), [])
    after = Customer.objects.get(pk=empty.pk)
    assert (after.note, after.phone, after.company) == ("Seen", "112", "Acme")


@pytest.mark.parametrize("flag", ["active", "newsletter", "partner_offers"])
@pytest.mark.parametrize("value", ["true", "false"])
def test_no_switch_is_ever_blocked(client, asked, empty, flag, value):
    """D-13: of who lacks what is required; what was agreed to can be taken back."""
    Customer.objects.filter(pk=empty.pk).update(**{flag: value == "false"})
    answer = client.post(
        f"/customers/{empty.pk}/toggle/{flag}/", {"value": value}, headers={"accept": "application/json"}
    )
    assert answer.json()["value"] is (value == "true")


def test_the_page_lets_nobody_empty_it_but_a_yes_is_taken_back(edit, asked, filled):
    """D-10; decision 40: taking a consent back is always possible."""
    answer = edit(filled, **{asked.name: None if asked.is_yes_no else ""})
    if asked.is_yes_no:
        assert answer.status_code == 302
        assert not value_of(filled, asked.name)
    else:
        assert faults(answer) == {asked.name: [HERE]}
        assert value_of(filled, asked.name) == asked.value


def test_the_service_lets_nobody_empty_it_but_a_yes_is_taken_back(asked, filled):
    stored = Customer.objects.get(pk=filled.pk)
    if asked.is_yes_no:
        services.edit_customer(stored, {asked.name: False}, by=BY)
        assert not value_of(filled, asked.name)
        return
    with pytest.raises(ValidationError) as refused:
        services.edit_customer(stored, {asked.name: None}, by=BY)
    assert refused.value.message_dict == {asked.name: [HERE]}
    assert value_of(filled, asked.name) == asked.value


def test_the_import_lets_nobody_empty_it_but_a_yes_is_taken_back(take_in, asked, filled):
    text = f"E-mail;{asked.label}\nned@shop.example;{'0' if asked.is_yes_no else ''}\n"
    counts, told = take_in(text)
    if asked.is_yes_no:
        assert (counts, told) == ((0, 1), [])
        assert not value_of(filled, asked.name)
    else:
        assert counts == (0, 0)
        assert value_of(filled, asked.name) == asked.value


def test_a_required_yes_blocks_no_other_change_of_who_took_it_back(edit, client, asked, filled):
    """Editing and another flag, after the consent was taken back."""
    if not asked.is_yes_no:
        assert edit(filled, note="Seen").status_code == 302
        return
    edit(filled, **{asked.name: None})
    assert edit(filled, note="Seen").status_code == 302
    client.post(f"/customers/{filled.pk}/toggle/active/", {"value": "false"})
    after = Customer.objects.get(pk=filled.pk)
    assert (after.note, after.active) == ("Seen", False)


# --- What is not asked ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("technical", "name", "option"),
    [
        ("birthday", "birthday", "ask_birthday"),
        ("newsletter", "newsletter", "newsletter_offered"),
        ("optin", "partner_offers", "partner_offers_offered"),
    ],
)
def test_what_the_shop_does_not_ask_is_required_at_no_door(
    client, new, options, empty, take_in, technical, name, option
):
    """D-12: required and asked are two settings."""
    options(**{option: False})
    require(CUSTOMERS, [technical], by=BY)
    assert client.post(ADD, new()).status_code == 302
    assert take_in("E-mail;Last name;First name\nbea@shop.example;Byron;Bea\n") == ((1, 0), [])
    groups = [empty.default_group]
    values = {"first_name": "Cy", "last_name": "Byron", "email": "cy@shop.example"}
    assert services.add_customer({**values, "default_group": groups[0], "groups": groups}, by=BY).pk
    assert Customer.objects.count() == 4


def test_the_fields_above_are_all_that_can_be_required():
    """The proof of the proof: a further one has to be named above."""
    assert {one.required_as for one in CUSTOMERS.requirable} == set(OF_THE_MANUAL)
    assert set(CustomKind.values) == set(OF_STAFF)

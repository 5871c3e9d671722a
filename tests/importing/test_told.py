"""What keeps nobody out is told, and in the words of people (decisions 40 and 45, V10, V15)."""

import pytest
from django.utils import translation

from backoffice.records.actors import Actor
from backoffice.records.options import store
from backoffice.records.required_fields import require
from customers.models import Customer
from customers.options import SECTION, CustomerOptions
from customers.sections.customers import CUSTOMERS


def ada() -> Customer:
    return Customer.objects.get(email_key="ada@shop.example")


def test_an_unknown_sales_agent_keeps_nobody_out(take_in, hire, customer):
    """Decision 45, D22: 116 customers of an export stayed out for that one cell."""
    agent = hire("support", name="Sue Port", email="sue@shop.example")
    hire("support", name="SUE PORT", email="sue2@shop.example")
    customer(email="cy@shop.example", sales_agent=agent)
    outcome = take_in(
        "E-mail;Last name;First name;Sales agent\nada@shop.example;Byron;Ada;Nobody\n"
        "bo@shop.example;Bo;Bo;Sue Port\ncy@shop.example;Cy;Cy;Sue Port\n"
    )
    assert (outcome.counts, outcome.faults) == ((2, 1, 0, 0), [])
    assert outcome.remarks == [
        "Column “Sales agent”, 2 rows, the first in line 2:"
        " no member of staff, or more than one, has this name; left out"
    ]
    agents = dict(Customer.objects.values_list("first_name", "sales_agent"))
    assert agents == {"Ada": None, "Bo": None, "Cy": agent.pk}


def test_a_text_of_one_line_has_one_line(take_in):
    """V15: a line break stayed in the external reference; the other texts without a rule of their own likewise."""
    store(CustomerOptions(b2b=True), SECTION, by=Actor.command())
    head = "E-mail;Last name;First name;External ID;SIRET;APE"
    take_in(f'{head}\nada@shop.example;Byron;Ada;"12\n34";" 5\t6 ";"62\n01Z"\n')
    assert (ada().external_id, ada().siret, ada().ape) == ("12 34", "5 6", "62 01Z")
    take_in('Customer ID;E-mail;Last name;First name\n"A\n7";bo@shop.example;Bo;Bo\n')
    assert Customer.objects.get(first_name="Bo").external_id == "A 7"


def test_a_field_without_a_column_of_its_own_is_called_as_people_call_it(take_in):
    """V10: “last_name” and “partner_offers” are our programmers' words."""
    require(CUSTOMERS, ["partner_offers"], by=Actor.command())
    assert take_in("E-mail;Name\nbob@shop.example;Bob\n").places == [(2, "Name"), (2, "Opt-in")]
    with translation.override("pl"):
        assert take_in("E-mail;Name\nbob@shop.example;Bob\n").places == [
            (2, "Name"),
            (2, "Oferty partnerskie"),
        ]


@pytest.mark.parametrize("field", ["newsletter", "partner_offers"])
def test_a_required_consent_is_needed_for_a_new_account_and_can_be_taken_back(take_in, customer, field):
    """D13, decision 40: people who unsubscribed in a mailing tool did not go in."""
    customer(email="ada@shop.example", **{field: True})
    require(CUSTOMERS, [field], by=Actor.command())
    outcome = take_in(f"E-mail;Last name;First name;{field}\nada@shop.example;;;0\nbo@shop.example;Bo;Bo;0\n")
    assert (outcome.counts, getattr(ada(), field)) == ((0, 1, 0, 1), False)
    assert [str(fault) for fault in outcome.faults] == [
        f"Line 3, column “{field}”, “0”: The settings of this shop require this to be on."
    ]
    consent = {"newsletter": "Newsletter", "partner_offers": "Partner offers"}[field]
    assert outcome.remarks == [
        f"{consent}: switched on for 0, off for 1.",
        f"Line 2, column “{field}”: switched off, although the settings of this shop ask for it",
    ]

"""How the shop's options and the roles change the form of a customer."""

import pytest

from customers.models import Customer
from tests.reading import faults

ADD = "/customers/add/"


def ada():
    return Customer.objects.get(email="ada@shop.example")


def test_b2b_fields_are_there_only_with_b2b_on(client, form, options, new):
    """S4.52–S4.60: six more fields with their four risk ratings; hidden ones are not written either (G30)."""
    b2b = ["siret", "ape", "website", "outstanding_allowance", "max_payment_days", "risk"]
    assert [one["name"] for one in form().walk() if one.get("name") in b2b] == []
    client.post(ADD, new(siret="12345", risk="high"))
    assert (ada().siret, ada().risk) == ("", "none")
    options(b2b=True)
    page = form()
    assert [one["name"] for one in page.walk() if one.get("name") in b2b] == b2b
    assert [one.text for one in page.one("select", name="risk").all("option")] == [
        "None",
        "Low",
        "Medium",
        "High",
    ]


def test_a_company_buys_on_credit(client, new, options):
    """S4.54–S4.60, decision 7: any value of an id up to 32 characters is saved."""
    options(b2b=True)
    client.post(
        ADD,
        new(
            company="Acme sp. z o.o.",
            siret="not a REGON at all",
            ape="62.01Z",
            website="https://acme.example",
            outstanding_allowance="1000.00",
            max_payment_days="30",
            risk="medium",
        ),
    )
    made = ada()
    assert (made.company, made.siret, made.ape) == ("Acme sp. z o.o.", "not a REGON at all", "62.01Z")
    assert (made.website, made.outstanding_allowance, made.max_payment_days) == (
        "https://acme.example",
        1000,
        30,
    )
    assert made.risk == "medium"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("outstanding_allowance", "-1"),
        ("outstanding_allowance", "NaN"),
        ("outstanding_allowance", "1e20"),
        ("outstanding_allowance", "0.001"),
        ("max_payment_days", "-1"),
        ("max_payment_days", "2147483648"),
        ("max_payment_days", "soon"),
        ("risk", "extreme"),
        ("siret", "x" * 33),
    ],
)
def test_credit_that_is_none_is_told(client, new, options, field, value):
    """S4.58, S4.59; issue 2, bad input."""
    options(b2b=True)
    assert list(faults(client.post(ADD, new(**{field: value})))) == [field]


def test_a_shop_that_asks_for_no_birthday_has_no_such_field(client, form, options, new):
    """S4.43: field gone from the form when off, and not written by force."""
    options(ask_birthday=False)
    assert form().all("select", name="birthday_day") == []
    client.post(ADD, new(birthday="1970-01-15"))
    assert ada().birthday is None


def test_consents_the_shop_does_not_offer_cannot_be_given(client, form, options, new):
    """Options of facts 5: the field is there, and cannot be switched on."""
    options(newsletter_offered=False, partner_offers_offered=False)
    assert form().one("input", name="newsletter").has("disabled")
    client.post(ADD, new(newsletter="on", partner_offers="on"))
    assert (ada().newsletter, ada().partner_offers) == (False, False)


def test_a_shop_without_guests_has_no_guest_box(client, form, options, new):
    """Options of facts 5."""
    options(guest_accounts=False)
    assert form().all("input", name="guest") == []
    assert "password" in faults(client.post(ADD, new(guest="on", password=None)))


def test_new_accounts_get_the_group_the_shop_chose(client, form, options, group):
    """Decision 8."""
    wholesale = group("Wholesale")
    options(new_accounts_group=wholesale.pk)
    page = form()
    assert [
        one.text for one in page.one("select", name="default_group").all("option") if one.has("selected")
    ] == ["Wholesale"]
    assert [box["value"] for box in page.all("input", name="groups") if box.has("checked")] == [
        str(wholesale.pk)
    ]


def test_a_guest_gets_the_group_of_guests_where_nobody_chose_another(client, new, options, group):
    """Decision 8, facts 3.4: an option of the shop; a group somebody ticked stays."""
    guests, wholesale = group("Guests"), group("Wholesale")
    options(guests_group=guests.pk)

    def groups_of(**typed):
        client.post("/customers/add/", new(guest="on", password="", **typed))
        made = Customer.objects.order_by("pk").last()
        return made.default_group.name, sorted(one.name for one in made.groups.all())

    assert groups_of(email="a@b.example") == ("Guests", ["Guests"])
    assert groups_of(email="b@b.example", groups=[1, wholesale.pk]) == ("Guests", ["Guests", "Wholesale"])
    assert groups_of(email="c@b.example", groups=[1, wholesale.pk], default_group=wholesale.pk) == (
        "Wholesale",
        ["Default", "Wholesale"],
    )


def test_agents_who_left_are_not_offered(form, support):
    """S3.9: attribute sales agents, of those who still work here."""
    assert "Support" in [one.text for one in form().one("select", name="sales_agent").all("option")]
    support.is_active = False
    support.save()
    assert "Support" not in [one.text for one in form().one("select", name="sales_agent").all("option")]


@pytest.mark.parametrize("role", ["marketing", "viewer"])
def test_who_may_not_add_people_is_refused(client_of, hire, shop, role):
    """Decisions, rights."""
    client = client_of(hire(role))
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {}).status_code == 403

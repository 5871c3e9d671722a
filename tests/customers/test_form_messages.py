"""Each situation of facts 3.2 has its message at its field, in words people use; what was typed stays in the form."""

import pytest

from backoffice.records.actors import Actor
from backoffice.records.required_fields import require
from customers.models import Customer
from customers.sections.customers import CUSTOMERS
from tests.reading import faults, read

pytestmark = pytest.mark.alike

ADD = "/customers/add/"
EMPTY = "This field is required."
SETTINGS = "The settings of this shop require this."
SETTINGS_ON = "The settings of this shop require this to be on."
EMAIL = "Not a valid e-mail address: write it like name@example.com."
BIRTHDAY = "Choose day, month and year, or none of them."

# By the line of facts 3.2: what is typed, the field it is told at, and the sentence.
SITUATIONS = {
    "mandatory first name empty": ({"first_name": ""}, "first_name", EMPTY),
    "mandatory last name empty": ({"last_name": ""}, "last_name", EMPTY),
    "mandatory e-mail empty": ({"email": ""}, "email", EMPTY),
    "name with a digit": ({"first_name": "R2D2"}, "first_name", "Names can't contain digits."),
    "name with markup": (
        {"last_name": "<b>"},
        "last_name",
        "Names can't contain these characters: < > { } =",
    ),
    "name with a link": (
        {"last_name": "see www.shop"},
        "last_name",
        "Names can't contain a web address (www, http).",
    ),
    "name without a letter": ({"first_name": "."}, "first_name", "A name needs at least one letter."),
    "e-mail malformed": ({"email": "john"}, "email", EMAIL),
    "e-mail with two @": ({"email": "a@b@shop.example"}, "email", EMAIL),
    "e-mail with a leading dot": ({"email": ".a@shop.example"}, "email", EMAIL),
    "password shorter": ({"password": "1234"}, "password", "At least 5 characters, please."),
    "password longer": (
        {"password": "x" * 129},
        "password",
        "At most 128 characters, please; this has 129.",
    ),
    "birthday incomplete": ({"birthday_day": "15", "birthday_month": "1"}, "birthday", BIRTHDAY),
    "birthday impossible": (
        {"birthday_day": "31", "birthday_month": "2", "birthday_year": "2000"},
        "birthday",
        "There is no such day.",
    ),
    "birthday in the future": ({"birthday": "2999-01-01"}, "birthday", "A birthday can't be in the future."),
    "no group ticked": ({"groups": None}, "groups", "Tick at least one group."),
    "payment days under the range": ({"max_payment_days": "-1"}, "max_payment_days", "At least 0, please."),
    "payment days over the range": (
        {"max_payment_days": "2147483648"},
        "max_payment_days",
        "At most 2147483647, please.",
    ),
    "payment days no number": ({"max_payment_days": "soon"}, "max_payment_days", "Enter a whole number."),
    "allowance under 0": ({"outstanding_allowance": "-1"}, "outstanding_allowance", "At least 0, please."),
}
# The same in Polish: the label in the summary, and the sentence.
POLISH = {
    "name with a digit": ("Imię", "Cyfry są tu niedozwolone."),
    "no group ticked": ("Dostęp grupowy", "Zaznacz co najmniej jedną grupę."),
    "password shorter": ("Hasło", "Co najmniej 5 znaków."),
    "birthday incomplete": ("Urodziny", "Wybierz dzień, miesiąc i rok albo nie wybieraj nic."),
}


@pytest.fixture(autouse=True)
def b2b(options) -> None:
    options(b2b=True)


@pytest.fixture
def edited(customer, typed):
    """`edited(email="x")`: the address of Ada's form, and what it would post with these fields typed."""
    ada = customer(first_name="Ada", last_name="Byron", email="byron@shop.example", password="12345")

    def edited(**fields):
        address = f"/customers/{ada.pk}/edit/"
        return address, typed(address, **fields)

    return edited


@pytest.mark.parametrize("situation", SITUATIONS)
def test_facts_3_2_on_a_new_customer(client, new, situation):
    """Facts 3.2: nothing is written, and the note typed besides stands there still."""
    fields, name, sentence = SITUATIONS[situation]
    answer = client.post(ADD, new(note="Rings twice", **fields))
    assert faults(answer) == {name: [sentence]}
    assert read(answer).one("textarea", name="note").text == "Rings twice"
    assert Customer.objects.count() == 0


@pytest.mark.parametrize("situation", SITUATIONS)
def test_facts_3_2_on_a_customer_who_is_there(client, edited, situation):
    fields, name, sentence = SITUATIONS[situation]
    answer = client.post(*edited(note="Rings twice", **fields))
    assert faults(answer) == {name: [sentence]}
    assert read(answer).one("textarea", name="note").text == "Rings twice"
    assert Customer.objects.values_list("first_name", "version").get() == ("Ada", 1)


@pytest.mark.parametrize("situation", POLISH)
def test_facts_3_2_in_polish(client_of, hire, new, situation):
    """The summary names the field by its Polish label, a link, with the sentence beside it."""
    fields, name, _sentence = SITUATIONS[situation]
    label, sentence = POLISH[situation]
    answer = client_of(hire("owner", email="pl@example.com", language="pl")).post(ADD, new(**fields))
    assert faults(answer) == {name: [sentence]}
    assert f"{label} : {sentence}" in read(answer).one("div", "summary").text


def test_facts_3_2_e_mail_of_another_registered_customer(client, new, edited, customer):
    """It includes the address and says whose it is; a guest's stands in nobody's way (facts 3.4)."""
    john = customer(email="pub@prestashop.com")
    customer(email="walk-in@shop.test", guest=True)
    told = {
        "email": [
            f'<a href="/customers/{john.pk}/">John DOE (ID {john.pk})</a> already has an account'
            " with the address pub@prestashop.com."
        ]
    }
    assert faults(client.post(ADD, new(email="PUB@prestashop.com"))) == told
    assert faults(client.post(*edited(email="pub@PrestaShop.com"))) == told
    assert client.post(*edited(email="walk-in@shop.test")).status_code == 302


def test_facts_3_2_password_empty_on_create_is_required_and_on_edit_keeps_the_old_one(client, new, edited):
    assert faults(client.post(ADD, new(password=""))) == {"password": [EMPTY]}
    before = Customer.objects.get().password
    assert client.post(*edited(password="", phone="112")).status_code == 302
    assert Customer.objects.values_list("password", "phone").get() == (before, "112")


def test_facts_3_2_default_group_not_among_the_ticked_groups(client, new, edited, group):
    wholesale = group("Wholesale")
    told = {"default_group": ["Tick the default group “Wholesale” among the groups too."]}
    typed = {"default_group": wholesale.pk, "groups": [1]}
    assert faults(client.post(ADD, new(**typed))) == told
    assert faults(client.post(*edited(**typed))) == told


def test_facts_3_2_required_fields_missing_are_listed_by_name(client, new, shop):
    """Facts 2.8: each at its field, and all names in the summary."""
    require(CUSTOMERS, ["gender", "birthday", "newsletter", "optin"], by=Actor.command())
    answer = client.post(ADD, new())
    assert faults(answer) == {
        "title": [SETTINGS],
        "birthday": [SETTINGS],
        "newsletter": [SETTINGS_ON],
        "partner_offers": [SETTINGS_ON],
    }
    links = read(answer).one("div", "summary").all("a")
    assert [one.text for one in links] == ["Gender", "Birthday", "Newsletter", "Opt-in"]


def test_facts_3_2_a_malformed_ape_is_told_at_its_field_and_saved(client, edited, settings):
    """Facts 3.2 call it invalid; decision 7 makes it a warning: any value is saved."""
    settings.SHOP_COUNTRY = "FR"
    address, typed = edited(ape="12345")
    assert client.post(address, typed).status_code == 302
    form = read(client.get(address))
    box = form.one("input", name="ape")
    assert "Not a valid APE." in form.one(id=box["aria-describedby"]).text


@pytest.mark.parametrize("page", ["", "edit/"])
def test_facts_3_2_an_unknown_customer_id_says_so_and_leads_back_to_the_list(client, shop, page):
    """Decisions, rights: 404, with the way to the list instead of a redirect to it."""
    answer = client.get(f"/customers/99999/{page}")
    assert answer.status_code == 404
    words = read(answer).one("main")
    assert "Page not found It may have been deleted, or the address is mistyped." in words.text
    assert "/customers/" in [one["href"] for one in words.all("a")]

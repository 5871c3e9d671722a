"""The maintenance page: what may have got out of order, and what mends it at a click (S2.20; issue 9, 13)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from addresses.models import Address
from backoffice.lists.bulk_jobs import action_named
from backoffice.models import Job, RequiredField
from backoffice.sections import maintenance_checks, section_named
from customers.models import Consent, Customer
from tests.reading import List, filled, read

URL = "/maintenance/"


@pytest.fixture
def client(client_of, owner):
    """The owner's browser, without scripts."""
    return client_of(owner)


@pytest.fixture
def mended(client):
    """`mended("idle")` clicks what mends a check, and gives what the page then says."""

    def mended(name: str) -> str:
        return told(client.post(f"{URL}{name}/fix/", posted(client, name), follow=True))

    return mended


def found(client) -> dict[str, str]:
    """What the page says is out of order, each with the address of the list that shows it."""
    return {one["title"]: one["url"] for one in client.get(URL).context["found"]}


def posted(client, name: str) -> dict[str, list[str]]:
    """What the button of a check would post."""
    forms = read(client.get(URL)).all("form")
    form = next(one for one in forms if one.has("action") and one["action"] == f"{URL}{name}/fix/")
    fields: dict[str, list[str]] = {}
    for one in form.all("input"):
        fields.setdefault(one["name"], []).append(one["value"])
    return fields


def told(answer) -> str:
    """What is said of the act at last."""
    *_earlier, message = answer.context["messages"]
    return str(message)


def buttons(client) -> list[str]:
    """The names of the checks that this person can mend here."""
    forms = read(client.get(URL)).all("form")
    return [
        form["action"].split("/")[2]
        for form in forms
        if form.has("action") and form["action"].startswith(URL)
    ]


def require(*names: str) -> None:
    RequiredField.objects.bulk_create(RequiredField(section="addresses", field=name) for name in names)


def test_every_check_names_a_list_that_can_be_read_and_an_action_that_there_is(client, countries):
    """A check that asks its list for what the list cannot read would show everybody, and mend everybody."""
    require("company", "address2", "postcode", "other", "phone", "phone_mobile", "vat_number", "dni", "state")
    checks = maintenance_checks()
    assert len({one.name for one in checks}) == len(checks) >= 12
    for one in checks:
        if one.records is None:
            page = List(client.get(f"/{one.section}/?{one.query}"))
            assert page.faults == {}, one.name
            assert page.chips, one.name
        assert not one.action or action_named(section_named(one.section), one.action), one.name


def test_in_a_shop_in_order_it_says_so(client, customer):
    customer(newsletter=True)
    assert found(client) == {}
    assert "No disabled customer gets the newsletter." in client.get(URL).context["well"]


def test_disabled_people_are_taken_off_the_mail_lists_and_put_back_by_undo(client, mended, customer):
    """Each who was switched off gets a line in the consent ledger; who may log in keeps the newsletter."""
    away, also = customer(active=False, newsletter=True, partner_offers=True), customer(newsletter=True)
    assert found(client) == {
        "1 disabled customer still gets the newsletter": "/customers/?active=false&newsletter=true",
        "1 disabled customer still gets offers of partners": "/customers/?active=false&partner_offers=true",
    }
    assert mended("disabled_with_newsletter") == "Newsletter switched off for 1 customer."
    assert mended("disabled_with_partner_offers") == "Opt-in switched off for 1 customer."
    assert list(Customer.objects.filter(newsletter=True)) == [also]
    assert found(client) == {}
    assert Consent.objects.filter(customer=away, given=False).count() == 2
    client.post(f"/jobs/{Job.objects.get(action='newsletter_off').pk}/undo/")
    assert Customer.objects.get(pk=away.pk).newsletter
    assert mended("disabled_with_newsletter") == "Newsletter switched off for 1 customer."


def test_only_those_whom_the_page_named_are_mended_and_none_who_is_in_order_by_now(client, customer):
    """Decision 41: the button means the people it stood beside, and not who came since."""
    one, other = (customer(active=False, newsletter=True) for _ in range(2))
    seen = posted(client, "disabled_with_newsletter")
    assert seen["selected"] == [str(one.pk), str(other.pk)]
    late = customer(active=False, newsletter=True)
    Customer.objects.filter(pk=other.pk).update(active=True)
    answer = client.post(f"{URL}disabled_with_newsletter/fix/", seen, follow=True)
    assert told(answer) == "Newsletter switched off for 1 customer."
    assert set(Customer.objects.filter(newsletter=True)) == {other, late}
    answer = client.post(f"{URL}disabled_with_newsletter/fix/", seen, follow=True)
    assert told(answer) == "Nothing is left to mend of what the page showed."
    assert client.post(f"{URL}disabled_with_newsletter/fix/", follow=True).status_code == 200
    assert Customer.objects.filter(newsletter=True).count() == 2


def test_more_than_fifty_are_asked_about_and_the_answer_is_for_exactly_those(client, customer):
    """Decisions 41 and 42: the question names a number; where it is another by now, it asks again."""
    for _ in range(51):
        customer(active=False, newsletter=True)
    url = f"{URL}disabled_with_newsletter/fix/"
    seen = posted(client, "disabled_with_newsletter")
    assert list(seen)[1:] == ["all_matching"]
    question = client.post(url, seen)
    assert "This concerns all 51 that match." in question.content.decode()
    assert Customer.objects.filter(newsletter=True).count() == 51
    answer = dict(question.context["kept"]) | {"sure": "1"}
    customer(active=False, newsletter=True)
    again = client.post(url, answer)
    assert "51 matched before, 52 do now. Nothing has been done yet." in again.content.decode()
    client.post(url, dict(again.context["kept"]) | {"sure": "1"})
    job = Job.objects.exclude(state=Job.State.ASKED).get()
    assert (job.total, job.action) == (52, "newsletter_off")


def test_idle_accounts_are_shown_and_left_to_people(client, customer):
    """S2.20: whoever has not come for two years; one day less is not idle yet."""
    for days in (731, 729):
        made = customer()
        made.figures.last_visit_at = timezone.now() - timedelta(days=days)
        made.figures.save()
    assert list(found(client)) == ["1 account has been idle for two years"]
    assert buttons(client) == []
    assert client.post(f"{URL}idle/fix/").status_code == 404


def test_addresses_that_lack_what_is_required_now_get_it_from_their_customer(
    client, mended, customer, address
):
    """The customer's phone is the address's: stored as it is dialled too, with history, and taken back by Undo."""
    known, unknown = customer(phone="0102090405"), customer()
    first, second = address(known), address(unknown)
    third = address(known, phone="0102090406")
    assert found(client) == {}
    require("phone", "company")
    lacking = found(client)
    assert lacking == {
        "2 addresses lack what is required now: Phone": "/addresses/?lacking=phone",
        "3 addresses lack what is required now: Company": "/addresses/?lacking=company",
    }
    assert mended("addresses_without_phone") == (
        "Phone filled in for 1 address. 1 unchanged: filled in already, or the customer has none."
    )
    numbers = {one.pk: one.phone_e164 for one in Address.objects.all()}
    assert numbers == {first.pk: "+33102090405", second.pk: "", third.pk: "+33102090406"}
    assert first.history.latest().phone == "0102090405"
    client.post(f"/jobs/{Job.objects.get(action='fill_in').pk}/undo/")
    assert Address.objects.get(pk=first.pk).phone == ""
    assert Address.objects.get(pk=third.pk).phone == "0102090406"


def test_an_address_changed_since_it_was_filled_in_is_left_alone_by_undo(client, mended, customer, address):
    first, second = (address(customer(phone="0102090405")) for _ in range(2))
    require("phone")
    mended("addresses_without_phone")
    data = {"phone": "0102090499", "version": Address.objects.get(pk=second.pk).version}
    typed = {**read_form(client, second), **data}
    assert client.post(f"/addresses/{second.pk}/edit/", typed).status_code == 302
    client.post(f"/jobs/{Job.objects.get(action='fill_in').pk}/undo/")
    phones = dict(Address.objects.values_list("pk", "phone"))
    assert phones == {first.pk: "", second.pk: "0102090499"}


def read_form(client, address: Address) -> dict:
    """What the form of this address would post as it stands."""
    form = client.get(f"/addresses/{address.pk}/edit/").context["form"]
    return {name: value for name, value in filled(form).items() if value is not None}


def test_a_state_or_postcode_is_missed_only_where_the_country_has_such_a_thing(client, customer, address):
    """S1.75: Ireland asks for no postcode that must be there, France has no states, the United States have."""
    who = customer()
    address(who)
    Address.objects.filter(pk=address(who, country="US", state="US-TX", postcode="78701").pk).update(
        state=None
    )
    require("state", "postcode")
    assert found(client) == {"1 address lacks what is required now: State": "/addresses/?lacking=state"}


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("support", ["disabled_with_newsletter", "addresses_without_phone"]),
        ("marketing", ["disabled_with_newsletter"]),
        ("viewer", []),
    ],
)
def test_who_may_not_do_what_mends_it_sees_it_without_a_button(hire, client_of, customer, address, role, may):
    address(customer(active=False, newsletter=True), phone="")
    require("phone")
    client = client_of(hire(role))
    assert len(found(client)) == 2
    assert buttons(client) == may
    for name in {"addresses_without_phone", "disabled_with_newsletter"}.difference(may):
        assert client.post(f"{URL}{name}/fix/").status_code == 403
    assert not Job.objects.exists()


def test_the_page_asks_as_often_for_many_as_for_one(client, customer, django_assert_max_num_queries):
    for _ in range(5):
        customer(active=False, newsletter=True)
    client.get(URL)
    with django_assert_max_num_queries(16):
        client.get(URL)

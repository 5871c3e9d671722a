"""A form that is sent twice makes one record, whatever section it is of (finding V8)."""

import datetime as dt
import threading

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from backoffice.jobs.upkeep import forget_sent_forms
from backoffice.models import SentForm
from backoffice.sections import all_sections
from customers.models import Consent, Customer, Tag
from tests.reading import filled, read

GUEST = {"first_name": "Ada", "last_name": "Byron", "email": "ada@shop.example", "guest": "on"}
TYPED = {
    "addresses": {
        **{"customer_search": "Wendy", "alias": "Home", "first_name": "Wendy", "last_name": "Darling"},
        **{"address1": "14, Main street", "postcode": "75000", "city": "Paris", "country": "FR"},
    },
    "countries": {"code": "XI", "address_format": "{first_name} {last_name}\n{address1}\n{postcode} {city}"},
    "customers": GUEST,
    "fields": {"name": "Colour"},
    "groups": {"name": "Wholesale", "discount": "0"},
    "tags": {"name": "VIP"},
    "tasks": {"title": "Call back", "customer_search": "Wendy"},
    "titles": {"name": "Dr"},
    "vouchers": {"name": "Spring", "code": "SPRING", "percent": "10"},
}


@pytest.fixture
def client(client_of, owner, shop):
    """The owner's browser."""
    return client_of(owner)


def opened(client, slug: str, **typed) -> dict:
    """What the form of a new record would post with these fields typed."""
    answer = client.get(f"/{slug}/add/")
    key = read(answer).one("form", "form").one("input", name="once")["value"]
    data = {**filled(answer.context["form"]), **TYPED[slug], **typed, "once": key}
    return {name: value for name, value in data.items() if value is not None}


@pytest.mark.parametrize(
    "section", [one for one in all_sections() if one.form], ids=lambda section: section.slug
)
def test_equal_posts_make_one_record_and_the_second_leads_to_it(client, section, customer, countries):
    """V8: two guests came of a double click where scripts are off."""
    customer(first_name="Wendy")
    posted = opened(client, section.slug)
    number = section.model.objects.count()
    first = client.post(f"/{section.slug}/add/", posted)
    second = client.post(f"/{section.slug}/add/", posted)
    assert section.model.objects.count() == number + 1
    made = section.model.objects.latest("pk")
    assert [first.status_code, second.status_code] == [302, 302]
    assert first["Location"] == second["Location"]
    said = client.get(second["Location"]).content.decode()
    assert f"{made} added." in said
    assert f"{made} had already been added; nothing was added twice." in said


def test_the_source_of_a_consent_is_one_line_of_the_ledger(client, customer):
    """V8, the kind: lines have nothing else to be told apart by. Opened anew, the same words are another line."""
    made = customer(newsletter=True)
    address, lines = f"/customers/{made.pk}/consents/newsletter/", Consent.objects.filter(ground="by phone")
    for number in (1, 2):
        key = read(client.get(address)).one("form", "form").one("input", name="once")["value"]
        for _time in range(2):
            assert client.post(address, {"ground": "By phone", "once": key}).status_code == 302
        assert lines.count() == number


def test_who_goes_back_and_types_something_else_adds_another_one(client):
    """V8: only equal posts are one; nothing that was typed is lost."""
    posted = opened(client, "customers")
    client.post("/customers/add/", posted)
    client.post("/customers/add/", {**posted, "first_name": "Augusta"})
    assert list(Customer.objects.order_by("id").values_list("first_name", flat=True)) == ["Ada", "Augusta"]


def test_the_same_words_in_a_form_that_was_opened_anew_are_another_record(client):
    """Guests may share an address (decision 4), and be called alike."""
    for _time in range(2):
        client.post("/customers/add/", opened(client, "customers"))
    assert Customer.objects.count() == 2


def test_a_form_that_was_refused_is_sent_again_with_its_key(client):
    """V8: a fault does not use the key up."""
    posted = opened(client, "customers", last_name="<b>")
    answer = client.post("/customers/add/", posted)
    assert read(answer).one("form", "form").one("input", name="once")["value"] == posted["once"]
    assert SentForm.objects.count() == 0
    for _time in range(2):
        client.post("/customers/add/", {**posted, "last_name": "Byron"})
    assert Customer.objects.count() == 1


def test_a_key_is_good_for_its_form_and_its_person_alone(client, client_of, hire):
    """V8: nobody is led to what somebody else has made."""
    posted = opened(client, "customers")
    client.post("/customers/add/", posted)
    client_of(hire("manager", email="other@shop.example")).post("/customers/add/", posted)
    assert Customer.objects.count() == 2


def test_what_is_remembered_says_nothing_of_what_was_typed(client):
    """G26: no password, in no form whatever; and it is forgotten after a week."""
    posted = opened(client, "customers", guest=None, password="correct horse")
    client.post("/customers/add/", posted)
    client.post("/customers/add/", {**posted, "password": "another horse"})
    sent = SentForm.objects.get()
    assert sent.record == Customer.objects.get().pk
    assert len(sent.mark) == 64
    assert forget_sent_forms() == "0 sent forms forgotten"
    SentForm.objects.update(at=timezone.now() - dt.timedelta(days=8))
    assert forget_sent_forms() == "1 sent forms forgotten"


@pytest.mark.parametrize("key", ["", "x", "0" * 31, "٣" * 32, "A" * 32])
def test_a_form_without_a_key_is_taken_as_it_is(client, key):
    """A program that posts without one gets what it asks for."""
    for _time in range(2):
        client.post("/customers/add/", {**opened(client, "customers"), "once": key})
    assert Customer.objects.count() == 2


def test_a_record_that_is_gone_again_leads_to_the_list(client):
    posted = opened(client, "tags")
    client.post("/tags/add/", posted)
    client.post("/tags/add/", opened(client, "tags", name="Other"))
    Tag.objects.filter(name="VIP").delete()
    assert client.post("/tags/add/", posted)["Location"].startswith("/tags/")
    assert list(Tag.objects.values_list("name", flat=True)) == ["Other"]


def test_two_equal_posts_at_one_instant_make_one_record(transactional_db, shop, client_of, owner):
    """V8: a double click, on both databases."""
    clients = [client_of(owner), client_of(owner)]
    posted = opened(clients[0], "customers")
    start, places = threading.Barrier(2), []

    def post(client) -> None:
        start.wait()
        try:
            places.append(client.post("/customers/add/", posted)["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    assert Customer.objects.count() == 1
    assert places[0] == places[1]

"""The list of conversations and the log of mails: found, sorted, done many at once (S4.73, S4.75; decisions 41, 42)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from backoffice.lists.related import related_panel
from backoffice.models import Counter
from backoffice.records.actors import Actor
from backoffice.sections import Related
from customers import services
from customers.models import Mail, Thread
from customers.sections.correspondence_panels import CORRESPONDENCE
from tests.reading import List, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(customer):
    return customer(first_name="Ada", last_name="Byron", email="ada@shop.example")


@pytest.fixture
def parcel(conversation, ada):
    return conversation(ada, "Where is it?", subject="Parcel")


@pytest.fixture
def invoice(conversation, customer):
    return conversation(customer(first_name="Bob"), "Please send the invoice.", subject="Facture")


@pytest.fixture
def listed(client):
    """`listed(status="open")` gives the numbers of the conversations that the list shows."""
    return lambda **query: List(client.get("/messages/", query)).ids


@pytest.fixture
def do(client):
    """`do("set_status", [parcel], choice="closed")` posts a bulk action."""

    def do(name, some, **data):
        return client.post(f"/messages/actions/{name}/", {"selected": [one.pk for one in some], **data})

    return do


def statuses() -> set[str]:
    return set(Thread.objects.values_list("status", flat=True))


def test_the_latest_message_comes_first(listed, parcel, invoice):
    assert listed() == [invoice.pk, parcel.pk]
    services.receive_message(None, "Still nothing.", thread=parcel, by=Actor.command())
    assert listed() == [parcel.pk, invoice.pk]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "ada@shop.example"},
        {"q": "where is"},
        {"subject": "parc"},
        {"last_text": "where"},
        {"customer": "ada byron"},
        {"customer": "byr"},
        {"status": "pending2"},
        {"unread": "false"},
    ],
)
def test_a_conversation_is_found_by_all_that_its_list_shows(listed, parcel, invoice, query):
    services.organise(parcel, status="pending2", assignee=None, by=Actor.command())
    services.set_unread(parcel, "unread", False, by=Actor.command())
    assert listed(**query) == [parcel.pk]


def test_a_number_is_the_customer_of_that_number(listed, parcel, invoice, ada):
    """Decision: `customer` is a name or an id."""
    assert listed(customer=ada.pk) == [parcel.pk]


def test_whose_it_is(listed, parcel, invoice, support):
    services.organise(parcel, status="open", assignee=support, by=Actor.command())
    assert listed(assignee=support.pk) == [parcel.pk]
    assert listed(assignee="none") == [invoice.pk]


def test_many_are_closed_at_once_and_each_gets_its_own_status_back(
    client, do, parcel, invoice, counted_right
):
    """Decision 42: what the act changed is restored, to each what it had."""
    services.organise(parcel, status="pending1", assignee=None, by=Actor.command())
    do("set_status", [parcel, invoice], choice="closed")
    assert statuses() == {"closed"}
    undo = read(client.get("/messages/")).one("div", "toast").one("form")["action"]
    client.post(undo)
    assert Thread.objects.get(pk=parcel.pk).status == "pending1"
    assert Thread.objects.get(pk=invoice.pk).status == "open"
    counted_right()


def test_what_was_changed_again_since_is_left_alone_by_the_undo(client, do, parcel, invoice):
    do("set_status", [parcel, invoice], choice="closed")
    undo = read(client.get("/messages/")).one("div", "toast").one("form")["action"]
    services.organise(Thread.objects.get(pk=parcel.pk), status="pending2", assignee=None, by=Actor.command())
    client.post(undo)
    assert Thread.objects.get(pk=parcel.pk).status == "pending2"
    assert Thread.objects.get(pk=invoice.pk).status == "open"


def test_many_are_assigned_and_given_back(client, do, parcel, invoice, support, owner):
    services.organise(parcel, status="open", assignee=owner, by=Actor.command())
    do("assign", [parcel, invoice], choice=support.pk)
    assert set(Thread.objects.values_list("assignee", flat=True)) == {support.pk}
    client.post(read(client.get("/messages/")).one("div", "toast").one("form")["action"])
    assert Thread.objects.get(pk=parcel.pk).assignee == owner
    assert Thread.objects.get(pk=invoice.pk).assignee is None


def test_nobody_is_a_choice_and_a_stranger_is_none(do, parcel, support):
    services.organise(parcel, status="open", assignee=support, by=Actor.command())
    do("assign", [parcel], choice="999999")
    assert Thread.objects.get(pk=parcel.pk).assignee == support
    do("assign", [parcel], choice="nobody")
    assert Thread.objects.get(pk=parcel.pk).assignee is None


def test_who_is_hidden_is_named_in_no_list(client, parcel, ada):
    """Decision 19."""
    services.hide_customer(ada, by=Actor.command())
    for address in ("/messages/", "/messages/export/"):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"Byron" not in body, address


# --- The file -------------------------------------------------------------------------------------------------------


def panel(client, who, name):
    return read(client.get(f"/customers/{who.pk}/")).one("section", id=name)


def test_the_file_shows_the_conversations_with_their_number_and_the_way_to_all(client, parcel, ada, invoice):
    """S1.53, facts 4.7."""
    shown = panel(client, ada, "messages")
    assert "(1)" in shown.one("h2").text
    assert "Parcel" in shown.text
    assert "Where is it?" in shown.text
    assert any(one["href"] == f"/messages/?customer={ada.pk}" for one in shown.all("a"))


def test_who_never_wrote_is_said_so_by_name(client, ada):
    """S1.54."""
    assert "Ada Byron has never contacted you" in panel(client, ada, "messages").text


def test_the_last_e_mails_stay_theirs_when_the_address_changes(client, ada, counted_right):
    """S4.75: kept by the customer, unlike facts 1.14."""
    words = {"template": "account", "subject": "Welcome!", "language": "pl"}
    services.log_mail(ada, recipient="old@shop.example", **words)
    services.edit_customer(ada, {"email": "new@shop.example"}, by=Actor.command())
    shown = panel(client, ada, "mails").text
    assert "(1)" in panel(client, ada, "mails").one("h2").text
    assert all(word in shown for word in ("Welcome!", "Polish", "account"))
    assert read(client.get(reverse("mails_view", args=[Mail.objects.get().pk]))).one("dl").text
    counted_right()


def test_a_mail_of_which_only_the_address_is_told_is_whose_address_that_is(client, ada, customer):
    """Facts 1.14, 4.9: read by address; an account comes before guests, and of two guests it is neither's."""
    words = {"template": "order_conf", "subject": "Thank you", "language": "en"}
    customer(email=ada.email, guest=True)
    guest = customer(email="once@shop.example", guest=True)
    for _number in range(2):
        customer(email="twice@shop.example", guest=True)
    told = (ada.email.upper(), "once@shop.example", "twice@shop.example", "nobody@shop.example")
    whose = [services.log_mail(None, recipient=one, **words).customer for one in told]
    assert whose == [ada, guest, None, None]
    assert "Thank you" in panel(client, ada, "mails").text


def test_of_a_log_that_grows_for_ever_older_mails_are_looked_for_only_for_want_of_recent_ones(ada, owner):
    """Decision 55: 90 days first, then older."""
    words = {"recipient": ada.email, "template": "account", "language": "en"}
    old = timezone.now() - dt.timedelta(days=91)
    for number in range(11):
        services.log_mail(ada, subject=f"Old {number}", sent_at=old, **words)
    related = next(one for one in CORRESPONDENCE if isinstance(one, Related) and one.section == "mails")

    def asked() -> tuple[list[str], str]:
        with CaptureQueriesContext(connection) as queries:
            rows = related_panel(related, Counter.by_name()).content(ada, owner)["page"].records
        return [row["subject"] for row in rows], queries[-1]["sql"]

    subjects, _sql = asked()
    assert len(subjects) == 10
    for number in range(10):
        services.log_mail(ada, subject=f"New {number}", **words)
    subjects, sql = asked()
    assert subjects == [f"New {number}" for number in range(9, -1, -1)]
    assert '"sent_at" >=' in sql


def test_the_log_of_mails_is_read_only(client, ada):
    """No address changes, deletes or exports it."""
    words = {"template": "account", "subject": "Welcome!", "language": "pl"}
    key = services.log_mail(ada, recipient=ada.email, **words).pk
    for page in ("add/", "export/", f"{key}/edit/", f"{key}/delete/", f"{key}/history/"):
        assert client.get(f"/mails/{page}").status_code == 404, page

"""Conversations: what customers write, what staff answer by mail, remarks, state (S0.46, S4.73; facts 1.13, 4.7)."""

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.records.actors import Actor, Door
from backoffice.records.errors import NotAllowed
from backoffice.rules import Broken
from customers import services
from customers.models import Delivery, Mail, Message, Thread
from tests.reading import read

SHOP = Actor(staff=None, door=Door.SHOP, ip="192.0.2.7")


@pytest.fixture
def ada(customer):
    return customer(first_name="Ada", last_name="Byron", email="ada@shop.example", language="fr")


@pytest.fixture
def parcel(conversation, ada):
    return conversation(ada, "Where is my parcel?\nI wait.", subject="Parcel")


@pytest.fixture
def page(client):
    """`page(thread)` is the page of a conversation."""
    return lambda thread: client.get(f"/messages/{thread.pk}/")


@pytest.fixture
def form(page):
    """`form(thread, "reply", text="…")` is what that form of its page posts."""

    def form(thread, name, **typed):
        action = f"/messages/{thread.pk}/{name}/"
        found = next(one for one in read(page(thread)).all("form") if one.get("action") == action)
        return {one["name"]: one["value"] for one in found.all("input", type="hidden")} | typed

    return form


@pytest.fixture
def send(client, form, django_capture_on_commit_callbacks):
    """`send(thread, "It left today.")` types an answer on its page and presses Send."""

    def send(thread, text, *, by=client, posted=None, **typed):
        posted = posted or form(thread, "reply", text=text, **typed)
        with django_capture_on_commit_callbacks(execute=True):
            return by.post(f"/messages/{thread.pk}/reply/", posted)

    return send


def now(thread) -> Thread:
    return Thread.objects.get(pk=thread.pk)


def test_what_a_customer_writes_is_a_new_conversation_that_is_open_and_unread(parcel, counted_right):
    """Facts 1.13; the list shows when the last message was written and how it begins."""
    message = parcel.messages.get()
    assert (parcel.status, parcel.unread, parcel.assignee) == ("open", True, None)
    assert (parcel.last_text, parcel.last_message_at) == ("Where is my parcel? I wait.", message.sent_at)
    assert (parcel.email, parcel.language) == ("ada@shop.example", "fr")
    assert (message.direction, message.author, message.ip) == ("customer", None, "192.0.2.7")
    counted_right()


def test_a_further_message_opens_a_closed_conversation_again(parcel, counted_right):
    services.organise(parcel, status="closed", assignee=None, by=Actor.command())
    services.receive_message(None, "Still nothing.", thread=now(parcel), by=SHOP)
    assert (now(parcel).status, now(parcel).last_text) == ("open", "Still nothing.")
    assert parcel.messages.count() == 2
    counted_right()


def test_who_is_no_customer_writes_with_an_address(db):
    message = services.receive_message(None, "Do you ship to Malta?", email="joe@shop.example", by=SHOP)
    assert (message.thread.customer, message.thread.address) == (None, "joe@shop.example")


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_message_says_something(ada, text):
    with pytest.raises(NotAllowed):
        services.receive_message(ada, text, by=SHOP)
    assert not Thread.objects.exists()


def test_a_message_too_long_is_refused(ada):
    with pytest.raises(Broken):
        services.receive_message(ada, "x" * 65_001, by=SHOP)


def test_an_answer_is_mailed_to_the_customer_in_their_language_and_logged(
    transactional_db, send, parcel, client, said, owner
):
    """S4.73, S4.75: sent by the shop's own mail, with what it answers below it."""
    answer = send(parcel, "Il est parti.")
    assert said(answer) == "Sent to ada@shop.example."
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["ada@shop.example"], "Re : Parcel")
    assert sent.body.startswith("Il est parti.\n")
    assert "vous avez écrit" in sent.body
    assert sent.body.endswith("> Where is my parcel?\n> I wait.")
    kept = parcel.messages.get(direction="staff")
    assert (kept.text, kept.author, kept.delivery) == ("Il est parti.", owner, Delivery.SENT)
    logged = Mail.objects.get()
    assert (logged.customer.first_name, logged.recipient) == ("Ada", "ada@shop.example")
    assert (logged.subject, logged.template, logged.language) == ("Re : Parcel", "reply_msg", "fr")
    assert (now(parcel).unread, now(parcel).status, now(parcel).last_text) == (False, "open", "Il est parti.")


def test_send_and_close(send, parcel):
    send(parcel, "Done.", close="1")
    assert now(parcel).status == "closed"


def test_a_double_click_sends_one_mail(send, form, parcel):
    """V8."""
    posted = form(parcel, "reply", text="It left today.")
    for _time in range(2):
        assert send(parcel, "", posted=posted).status_code == 302
    assert len(mail.outbox) == 1
    assert parcel.messages.filter(direction="staff").count() == 1


def test_a_mail_that_does_not_go_out_is_told_and_can_be_sent_again(
    transactional_db, send, parcel, client, said, settings, page
):
    """Never a 500; what was written is kept."""
    settings.EMAIL_BACKEND = "tests.customers.mail_backends.Down"
    assert said(send(parcel, "It left today.")).startswith(
        "The e-mail to ada@shop.example could not be sent."
    )
    kept = parcel.messages.get(direction="staff")
    assert (kept.delivery, Mail.objects.count()) == (Delivery.FAILED, 0)
    assert "Not sent" in read(page(parcel)).one("li", id=f"message-{kept.pk}").text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for _time in range(2):
        client.post(f"/messages/{parcel.pk}/send/{kept.pk}/")
    assert len(mail.outbox) == 1
    kept.refresh_from_db()
    assert kept.delivery == Delivery.SENT


def test_what_is_being_sent_is_not_sent_by_a_second_click(parcel, support):
    answer = Message.objects.create(
        thread=parcel, direction="staff", text="On its way.", author=support, delivery=Delivery.WAITING
    )
    services.deliver(answer.pk)
    for delivery in (Delivery.SENT, Delivery.SENDING):
        Message.objects.filter(pk=answer.pk).update(delivery=delivery)
        services.deliver(answer.pk)
    assert len(mail.outbox) == 1


def test_what_got_lost_on_its_way_can_be_sent_again(parcel, support):
    """Whoever sent it was killed: after ten minutes that is taken to be so."""
    lost = {"delivery": Delivery.SENDING, "tried_at": timezone.now() - dt.timedelta(minutes=11)}
    answer = Message.objects.create(
        thread=parcel, direction="staff", text="On its way.", author=support, **lost
    )
    services.deliver(answer.pk)
    assert len(mail.outbox) == 1


def test_nothing_is_sent_where_the_change_is_taken_back(parcel, owner, django_capture_on_commit_callbacks):
    """Mails go out when what they say is committed."""
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        services.reply(parcel, "It left today.", by=Actor(staff=owner, door=Door.PAGE))
    assert len(waiting) == 1
    assert mail.outbox == []


def test_who_answers_while_the_customer_writes_is_told_and_loses_nothing(send, form, parcel):
    """Optimistic conflict: by the version of the conversation that was read."""
    posted = form(parcel, "reply", text="It left today.")
    services.receive_message(None, "It is here!", thread=now(parcel), by=SHOP)
    answer = send(parcel, "", posted=posted)
    assert answer.status_code == 409
    page = read(answer)
    assert "It is here!" in page.one("ol", "talk").text
    assert page.one("textarea").text.strip() == "It left today."
    assert mail.outbox == []
    again = {one["name"]: one.get("value") for one in page.one("form", "form").all("input", type="hidden")}
    assert send(parcel, "", posted=again | {"text": "Glad to hear."}).status_code == 302
    assert [one.body.splitlines()[0] for one in mail.outbox] == ["Glad to hear."]


def test_an_address_that_no_mail_reaches_is_said_before_anybody_writes(page, conversation, customer):
    """Decision 4, S4.40."""
    thread = conversation(customer(email="nobody@shop.invalid"))
    shown = page(thread).content.decode()
    assert "Mail can&#x27;t be delivered to nobody@shop.invalid." in shown
    assert f"/messages/{thread.pk}/reply/" not in shown


def test_a_private_remark_is_told_apart_and_never_mailed_nor_in_the_list(client, form, parcel, page):
    client.post(f"/messages/{parcel.pk}/remark/", form(parcel, "remark", text="Lost by the carrier."))
    remark = parcel.messages.get(private=True)
    assert (remark.text, remark.delivery) == ("Lost by the carrier.", "")
    assert mail.outbox == []
    assert now(parcel).last_text == "Where is my parcel? I wait."
    assert "Private remark" in read(page(parcel)).one("li", id=f"message-{remark.pk}").text


def test_status_and_colleague_are_set_with_history(client, form, parcel, support, counted_right):
    posted = form(parcel, "state", status="pending2", assignee=support.pk)
    client.post(f"/messages/{parcel.pk}/state/", posted)
    assert (now(parcel).status, now(parcel).assignee) == ("pending2", support)
    history = client.get(f"/messages/{parcel.pk}/history/").content.decode()
    assert "Pending 2" in history
    assert support.name in history
    counted_right()


def test_a_state_that_somebody_changed_meanwhile_is_not_overwritten(client, form, parcel, said):
    posted = form(parcel, "state", status="closed", assignee="")
    services.organise(parcel, status="pending1", assignee=None, by=Actor.command())
    assert "changed meanwhile" in said(client.post(f"/messages/{parcel.pk}/state/", posted))
    assert now(parcel).status == "pending1"


def test_unread_is_switched_at_a_click(client, parcel, counted_right):
    address = f"/messages/{parcel.pk}/toggle/unread/"
    client.post(address, {"value": "false"})
    assert (now(parcel).unread, parcel.messages.filter(read_at=None).count()) == (False, 0)
    counted_right()
    client.post(address, {"value": "true"})
    assert (now(parcel).unread, parcel.messages.filter(read_at=None).count()) == (True, 1)
    assert parcel.history.count() == 1
    counted_right()


def test_markup_in_a_message_is_shown_as_text(conversation, ada, page):
    """G5."""
    thread = conversation(ada, "<script>alert(1)</script>", subject="<b>Hi</b>")
    shown = page(thread).content.decode()
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_the_conversation_of_a_hidden_customer_is_read_only_and_names_nobody(client, parcel, ada, page, said):
    """Decisions 19, 43."""
    services.hide_customer(ada, by=Actor.command())
    shown = page(parcel).content.decode()
    assert "Byron" not in shown
    assert "ada@shop.example" not in shown
    assert f"/messages/{parcel.pk}/reply/" not in shown
    answer = client.post(f"/messages/{parcel.pk}/reply/", {"text": "Hello"})
    assert answer.status_code == 200
    assert "Byron" not in answer.content.decode()
    assert parcel.messages.count() == 1
    client.post("/messages/actions/set_status/", {"selected": [parcel.pk], "choice": "closed"})
    assert now(parcel).status == "open"


def test_of_a_long_conversation_the_latest_fifty_messages_are_shown_and_the_way_to_earlier_ones(
    page, client, parcel
):
    for number in range(59):
        services.receive_message(None, f"Number {number}", thread=now(parcel), by=SHOP)
    shown = read(page(parcel))
    assert len(shown.one("ol", "talk").all("li", "said")) == 50
    link = next(one for one in shown.all("a") if one.text == "Earlier messages")
    earlier = read(client.get(link["href"])).one("ol", "talk").all("li", "said")
    assert len(earlier) == 10
    assert "Where is my parcel?" in earlier[0].text


def test_a_conversation_in_which_nothing_was_said_yet_has_its_page(page, ada):
    """A file of another shop may hold one."""
    assert page(Thread.objects.create(customer=ada, subject="Nothing")).status_code == 200


def test_a_page_costs_the_same_however_much_was_said(client, parcel, page):
    page(parcel)
    with_one = _queries(lambda: page(parcel))
    for number in range(10):
        services.receive_message(None, f"Number {number}", thread=now(parcel), by=SHOP)
    assert _queries(lambda: page(parcel)) == with_one


def _queries(ask) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)

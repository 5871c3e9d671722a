"""What is said in a conversation, by the customer and by staff (S0.46, S4.73; facts 1.13)."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.models import Counter
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.rules import line
from backoffice.staff.models import StaffMember

from .. import rules
from ..models import Customer, Delivery, Direction, Message, Thread, ThreadStatus
from ..models.messages import BEGINNING
from .answers import deliver, refuse_hidden
from .mails import undeliverable

_SUBJECT_MAX, _AGENT_MAX = 255, 500


@one_change()
def receive_message(
    customer: Customer | None,
    text: str,
    *,
    by: Actor,
    email: str = "",
    subject: str = "",
    thread: Thread | None = None,
    order_reference: str = "",
    language: str = "",
    user_agent: str = "",
) -> Message:
    """The customer, or a visitor of this address, writes: a new conversation, or more of `thread`, open again then.

    `text` is kept as plain text, whatever it looks like. Broken where it is too long, NotAllowed where it says nothing.
    """
    text = rules.long_text(text).strip()
    if not text:
        raise NotAllowed(_("Write a message first."))
    current = (
        changes.lock(thread)
        if thread
        else Thread(
            customer=customer,
            email=email or (customer.email if customer else ""),
            subject=line(subject)[:_SUBJECT_MAX],
            order_reference=order_reference,
            language=language or (customer.language if customer else settings.LANGUAGE_CODE),
        )
    )
    changes.save(current, {"status": ThreadStatus.OPEN}, by=by)
    message = Message(direction=Direction.CUSTOMER, text=text, ip=by.ip, user_agent=user_agent[:_AGENT_MAX])
    return _say(current, message, unread=True)


@verb("customers.add_message")
@one_change()
def reply(
    thread: Thread, text: str, *, by: Actor, version: int | None = None, close: bool = False
) -> Message:
    """Answer the customer: kept here, and mailed to them once this is committed. What they wrote is read then.

    Conflict where somebody wrote or changed something since `version`; NotAllowed where no mail reaches them.
    """
    current = lock_open(thread, version=version)
    if refusal := undeliverable(current.address):
        raise NotAllowed(refusal)
    if close:
        changes.save(current, {"status": ThreadStatus.CLOSED}, by=by)
    message = Message(direction=Direction.STAFF, author=by.staff, text=text, delivery=Delivery.WAITING)
    _mark_read(current)
    _say(current, message, unread=False)
    transaction.on_commit(partial(deliver, message.pk), robust=True)
    return message


@verb("customers.add_message")
@one_change()
def remark(thread: Thread, text: str, *, by: Actor) -> Message:
    """Leave a private remark for the other staff: never mailed, and in no list."""
    current = lock_open(thread)
    message = Message(direction=Direction.STAFF, author=by.staff, text=text, private=True)
    return _say(current, message)


@verb("customers.change_thread")
@one_change()
def organise(
    thread: Thread, *, status: str, assignee: StaffMember | None, by: Actor, version: int | None = None
) -> Thread:
    """Say how far a conversation is, and whose it is. Conflict where it was changed since `version`."""
    current = lock_open(thread, version=version)
    changes.save(current, {"status": status, "assignee": assignee}, by=by)
    return current


@verb("customers.change_thread")
@one_change()
def set_unread(thread: Thread, field: str, value: bool | None, *, by: Actor) -> Thread:
    """Mark what the customer wrote last as still to be read, or all of it as read; None turns it over."""
    current = lock_open(thread)
    unread = not current.unread if value is None else value
    if unread == current.unread:
        return current
    if unread:
        last = current.messages.filter(direction=Direction.CUSTOMER).order_by("-sent_at", "-id").first()
        if last is None:
            raise NotAllowed(_("The customer has written nothing here."))
        Message.objects.filter(pk=last.pk).update(read_at=None)
    else:
        _mark_read(current)
    _keep(current, unread=unread)
    return current


def lock_open(thread: Thread, *, version: int | None = None) -> Thread:
    """The conversation, locked. NotAllowed where its customer is hidden, and so read-only (decision 43)."""
    current = changes.lock(thread, version=version)
    refuse_hidden(current)
    return current


def _mark_read(thread: Thread) -> None:
    waiting = thread.messages.filter(direction=Direction.CUSTOMER, read_at=None)
    waiting.update(read_at=timezone.now())


def _say(thread: Thread, message: Message, **values: Any) -> Message:
    """Add a message; the conversation has a new version, so that who is writing an answer is told of it."""
    message.thread = thread
    message.save()
    Counter.move(Message._meta.label_lower, 1)
    if not message.private:
        beginning = " ".join(message.text[: 4 * BEGINNING].split())[:BEGINNING]
        values |= {"last_text": beginning, "last_message_at": message.sent_at}
    thread.version += 1
    _keep(thread, **values)
    return message


def _keep(thread: Thread, **values: Any) -> None:
    """Store what the list shows of the messages; they themselves are what has happened, so no history is written."""
    for name, value in values.items():
        setattr(thread, name, value)
    thread.skip_history_when_saving = True
    thread.save()
    del thread.skip_history_when_saving
    Counter.move(thread._meta.label_lower)

"""An answer as a mail: sent once what was written is committed, never twice, and again where it failed."""

import datetime as dt

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from backoffice.access.verbs import verb
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.screen import formats

from ..models import Delivery, Direction, Message, Thread
from . import mails

TEMPLATE = "reply_msg"
QUOTED = 2_000
# After this whoever was sending it is taken to have died on the way.
GIVEN_UP = dt.timedelta(minutes=10)


def unsent() -> Q:
    """The answers that may be sent: not tried, failed, or lost on the way."""
    lost = Q(delivery=Delivery.SENDING, tried_at__lt=timezone.now() - GIVEN_UP)
    return Q(delivery__in=(Delivery.WAITING, Delivery.FAILED)) | lost


def refuse_hidden(thread: Thread) -> None:
    """NotAllowed where the customer is hidden, and so read-only (decision 43); nobody is named (decision 19)."""
    if thread.customer and thread.customer.is_hidden:
        raise NotAllowed(_("The customer is deleted: nothing more can be written here."))


def deliver(key: int) -> None:
    """Mail this answer to the customer in their language. One that was sent, or is being sent, is left alone."""
    begun = {"delivery": Delivery.SENDING, "tried_at": timezone.now()}
    if not Message.objects.filter(unsent(), pk=key).update(**begun):
        return
    message = Message.objects.select_related("thread__customer").get(pk=key)
    thread = message.thread
    language = thread.customer.language if thread.customer else thread.language
    with translation.override(language):
        subject, text = _subject(message), _text(message)
    went_out = mails.send(
        thread.customer,
        recipient=thread.address,
        template=TEMPLATE,
        subject=subject,
        text=text,
        language=language,
    )
    ended = Delivery.SENT if went_out else Delivery.FAILED
    Message.objects.filter(pk=key, delivery=Delivery.SENDING).update(delivery=ended)


@verb("customers.add_message")
def send_again(message: Message, *, by: Actor) -> None:
    """Mail an answer whose mail did not go out. NotAllowed where its customer is hidden (decision 43)."""
    refuse_hidden(message.thread)
    deliver(message.pk)


def _subject(message: Message) -> str:
    said = message.thread.subject or _("Your message to %(shop)s") % {"shop": settings.SHOP_NAME}
    return _("Re: %(subject)s") % {"subject": said}


def _text(message: Message) -> str:
    """What was written, the shop's name, and what it answers."""
    before = message.thread.messages.filter(direction=Direction.CUSTOMER, sent_at__lte=message.sent_at)
    asked = before.order_by("-sent_at", "-id").first()
    parts = [message.text, settings.SHOP_NAME]
    if asked:
        lines = asked.text[:QUOTED].splitlines()
        parts.append(
            "\n".join(
                (
                    _("On %(day)s you wrote:") % {"day": formats.day(asked.sent_at)},
                    *(f"> {line}" for line in lines),
                )
            )
        )
    return "\n\n".join(parts)

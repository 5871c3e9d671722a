"""Messages that customers write in the shop, and mails that the shop sent them."""

from django.conf import settings
from django.http import HttpRequest
from pydantic import Field

from backoffice.access.scopes import Scope
from backoffice.api.endpoints import router_of, writes
from backoffice.api.refusals import refuse, refused_at
from backoffice.api.shapes import (
    Done,
    Given,
    Id,
    Language,
    Line,
    Moment,
    Taken,
    Text,
    filled_line_of,
    line_of,
)
from backoffice.records.errors import NotThere
from backoffice.rules import email

from .. import rules, services
from ..models import Thread
from .lookups import by_customer, customer_named

router = router_of("Correspondence")


class MessageTold(Taken):
    """What a customer, or somebody of this address, writes."""

    text: Text = Field(max_length=rules.TEXT_MAX)
    customer_id: Id | None = None
    email: str = Field("", max_length=255, description="Of who is no customer, or is not signed in")
    subject: Line = ""
    order_reference: line_of(32) = ""
    conversation: Id | None = Field(
        None, description="The one that goes on, where it is theirs; else a new one begins"
    )
    language: Language | None = None
    user_agent: Text = Field("", max_length=2000)


class MessageGiven(Given):
    """Where the message stands."""

    conversation: Id
    message: Id


class MailTold(Taken):
    """A mail that the shop's own pages sent."""

    recipient: str = Field(max_length=255)
    template: filled_line_of(100)
    subject: Line
    customer_id: Id | None = None
    language: Language = settings.LANGUAGE_CODE
    sent_at: Moment | None = None


@writes(router, "POST", "/messages", scope=Scope.MESSAGES_WRITE, answer=MessageGiven)
def pass_on_message(request: HttpRequest, said: MessageTold) -> MessageGiven:
    """Pass on a message from a customer."""
    if not said.text.strip():
        refuse("required", field="text")
    customer = customer_named(said.customer_id)
    address = judged_address(said.email, field="email") if said.email else ""
    if customer is None and not address:
        refuse("required", field="email")
    message = services.receive_message(
        customer,
        said.text,
        by=by_customer(request),
        email=address,
        subject=said.subject,
        thread=_thread_of(said, customer, address),
        order_reference=said.order_reference,
        language=said.language or "",
        user_agent=said.user_agent,
    )
    return MessageGiven(conversation=message.thread_id, message=message.pk)


def _thread_of(said: MessageTold, customer, address: str) -> Thread | None:
    """The conversation that goes on. Somebody else's is not there (G17)."""
    if said.conversation is None:
        return None
    thread = Thread.objects.filter(pk=said.conversation).first()
    theirs = thread is not None and (
        thread.customer_id == customer.pk
        if customer
        else thread.customer_id is None and thread.email.lower() == address.lower()
    )
    if not theirs:
        raise NotThere(said.conversation)
    return thread


def judged_address(text: str, *, field: str) -> str:
    """An e-mail address, normalised; Refused at that field where it is none."""
    with refused_at(field):
        return email(text)


@writes(router, "POST", "/mails", scope=Scope.MAILS_WRITE, answer=Done)
def record_mail(request: HttpRequest, said: MailTold) -> Done:
    """Write down that the shop sent a mail."""
    services.log_mail(
        customer_named(said.customer_id),
        recipient=judged_address(said.recipient, field="recipient"),
        template=said.template,
        subject=said.subject,
        language=said.language,
        sent_at=said.sent_at,
    )
    return Done()

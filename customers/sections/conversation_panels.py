"""The page of a conversation: what was said, the answer to it, how far it is and whose (S0.46, S4.73)."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.access.verbs import right_of
from backoffice.database.folding import fold
from backoffice.records import once
from backoffice.records.errors import NotAllowed
from backoffice.screen import formats
from backoffice.screen.tables import as_facts
from backoffice.tables.switches import draw_switch

from .. import services
from ..models import Delivery, Direction, Message, Thread, ThreadStatus
from ..queries import assignable
from .inbox_columns import TONES

SHOWN = 50


def heading(thread: Thread, staff) -> dict:
    """Number and state beside the subject."""
    badges = [{"text": thread.get_status_display(), "tone": TONES.get(thread.status, "")}]
    if thread.unread:
        badges.append({"text": _("Unread"), "tone": "accent"})
    return {"record_id_text": formats.labelled(_("ID"), thread.pk), "badges": badges}


def conversation_panel(thread: Thread, staff) -> dict:
    """The latest messages, the oldest of them first, with the form for an answer, and the one for a remark."""
    refusal = _refusal(thread)
    may = staff.has_perm(right_of(services.reply)) and not refusal
    address = thread.address
    no_mail = services.undeliverable(address)
    return {
        "count": thread.messages.count(),
        **said_in(thread, staff),
        "refusal": refusal,
        "no_mail": no_mail if may else "",
        "reply_url": reverse("messages_reply", args=[thread.pk]) if may and not no_mail else "",
        "remark_url": reverse("messages_remark", args=[thread.pk]) if may else "",
        "address": address,
        "once": once.new_key(),
        "version": thread.version,
    }


def said_in(thread: Thread, staff, *, before: Message | None = None) -> dict[str, Any]:
    """Up to fifty messages, the last ones or those before that one; and the way to still earlier ones."""
    rows = thread.messages.select_related("author").order_by("-sent_at", "-id")
    if before is not None:
        earlier = Q(sent_at__lt=before.sent_at) | Q(sent_at=before.sent_at, pk__lt=before.pk)
        rows = rows.filter(earlier, sent_at__lte=before.sent_at)
    found = list(rows[: SHOWN + 1])
    shown = found[:SHOWN][::-1]
    more = len(found) > SHOWN
    may_send = staff.has_perm(right_of(services.send_again)) and not _refusal(thread)
    return {
        "messages_said": [_shown(message, thread, may_send) for message in shown],
        "earlier_url": f"{reverse('messages_earlier', args=[thread.pk])}?before={shown[0].pk}"
        if more
        else "",
    }


def _shown(message: Message, thread: Thread, may_send: bool) -> dict:
    from_customer = message.direction == Direction.CUSTOMER
    who = _writer(thread) if from_customer else message.author.name if message.author else _("Staff")
    unsent = message.delivery and message.delivery != Delivery.SENT
    return {
        "pk": message.pk,
        "who": who,
        "when": formats.moment(message.sent_at),
        "when_iso": message.sent_at.isoformat(),
        "text": message.text,
        "kind": "customer" if from_customer else "private" if message.private else "staff",
        "is_unread": from_customer and message.read_at is None,
        "delivery": message.get_delivery_display() if message.delivery else "",
        "is_unsent": bool(unsent),
        "send_url": reverse("messages_send", args=[thread.pk, message.pk])
        if unsent and may_send and _may_go_out(message)
        else "",
    }


def _may_go_out(message: Message) -> bool:
    lost = message.tried_at is not None and message.tried_at < timezone.now() - services.GIVEN_UP
    return message.delivery in (Delivery.WAITING, Delivery.FAILED) or lost


def _writer(thread: Thread) -> str:
    if thread.customer is None:
        return thread.email
    return _("Deleted customer") if thread.customer.is_hidden else thread.customer.name


def _refusal(thread: Thread) -> str:
    """Why nobody writes here any more, "" where they may."""
    try:
        services.refuse_hidden(thread)
    except NotAllowed as refusal:
        return refusal.message
    return ""


def state_panel(thread: Thread, staff) -> dict:
    """With whom it is, how far, and whose; with the form for who may change that."""
    may = staff.has_perm(right_of(services.organise)) and not _refusal(thread)
    customer = thread.customer
    facts = [
        (_("Started"), formats.moment(thread.created_at)),
        (_("Language"), formats.language_label(customer.language if customer else thread.language)),
        (_("Order"), thread.order_reference),
    ]
    if not may:
        facts.append((_("Assigned to"), thread.assignee.name if thread.assignee else _("Nobody")))
    shown = customer if customer and not customer.is_hidden else None
    return {
        "who": _writer(thread),
        "who_url": reverse("customers_view", args=[shown.pk]) if shown else "",
        "email": "" if customer and not shown else thread.address,
        "facts": as_facts(facts),
        "state_url": reverse("messages_state", args=[thread.pk]) if may else "",
        "statuses": [(value, label, value == thread.status) for value, label in ThreadStatus.choices],
        "colleagues": _colleagues(thread) if may else [],
        "is_mine": thread.assignee_id == staff.pk,
        "me": staff.pk,
        "version": thread.version,
        "unread_switch": draw_switch(
            thread.unread,
            label=_("Unread"),
            url=reverse("messages_toggle", args=[thread.pk, "unread"]) if may else "",
        ),
    }


def _colleagues(thread: Thread) -> list[tuple[int, str, bool]]:
    people = sorted(assignable(thread.assignee_id), key=lambda one: (fold(one.name), one.pk))
    return [(one.pk, one.name, one.pk == thread.assignee_id) for one in people]

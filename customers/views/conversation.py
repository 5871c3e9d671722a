"""Writing in a conversation, and saying how far it is: `/messages/<id>/…` (S4.73, facts 1.13)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from backoffice.access.rights import needs
from backoffice.access.verbs import right_of
from backoffice.forms.forms import judged, told_by_form
from backoffice.numbers import LARGEST, whole
from backoffice.records import once
from backoffice.records.actors import Actor
from backoffice.records.errors import Conflict, Gone, NotAllowed
from backoffice.views.back import at_row, back_to_list, kept_of, record_page
from backoffice.views.gone import keeps_typed
from backoffice.views.records import record_or_404

from .. import rules, services
from ..models import Delivery, Message, Thread, ThreadStatus
from ..queries import assignable
from ..sections.conversation_panels import said_in
from ..sections.messages import MESSAGES


class MessageForm(forms.Form):
    """What somebody writes; `version` is the conversation's as it was read."""

    text = forms.CharField(
        label=gettext_lazy("Message"),
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": rules.TEXT_MAX}),
        error_messages={"required": gettext_lazy("Write a message first.")},
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    close = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return judged(rules.long_text, self.cleaned_data["text"])


class StateForm(forms.Form):
    """How far a conversation is, and whose it is: of who works here, or has it already."""

    status = forms.ChoiceField(choices=ThreadStatus.choices)
    assignee = forms.ModelChoiceField(None, required=False)
    version = forms.IntegerField(required=False, min_value=0)

    def __init__(self, data: QueryDict, *, thread: Thread):
        super().__init__(data)
        self.fields["assignee"].queryset = assignable(thread.assignee_id)


def _where(request: HttpRequest, thread: Thread) -> dict[str, Any]:
    """What the way back to the conversation and to the list is made of."""
    page = record_page(request, MESSAGES, thread.pk)
    return {
        "section": MESSAGES,
        "list_url": at_row(back_to_list(request, MESSAGES), thread.pk),
        "record_title": str(thread),
        "record_url": page,
        "kept": kept_of(page),
    }


@needs("customers.view_thread", right_of(services.reply))
@require_POST
@told_by_form
@keeps_typed(lambda data, thread: [MessageForm(data, label_suffix="")])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answers the customer by mail, once however often it is pressed."""
    thread = record_or_404(MESSAGES, pk, request.user)

    def write(form: MessageForm, by: Actor) -> Message:
        said = form.cleaned_data
        return services.reply(thread, said["text"], by=by, version=said["version"], close=said["close"])

    return _write(request, thread, write, title=_("Your reply"), tell=_tell_sent)


@needs("customers.view_thread", right_of(services.remark))
@require_POST
@told_by_form
@keeps_typed(lambda data, thread: [MessageForm(data, label_suffix="")])
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Leaves a private remark, which no mail carries."""
    thread = record_or_404(MESSAGES, pk, request.user)

    def write(form: MessageForm, by: Actor) -> Message:
        return services.remark(thread, form.cleaned_data["text"], by=by)

    def tell(request: HttpRequest, message: Message) -> None:
        messages.success(request, _("Remark saved."))

    return _write(request, thread, write, title=_("Private remark"), tell=tell)


def _write(
    request: HttpRequest,
    thread: Thread,
    write: Callable[[MessageForm, Actor], Message],
    *,
    title: str,
    tell: Callable[[HttpRequest, Message], None],
) -> HttpResponse:
    """What cannot be kept is asked for again, with all that was typed, and why."""
    form, page = (
        MessageForm(request.POST, label_suffix=""),
        HttpResponseRedirect(record_page(request, MESSAGES, thread.pk)),
    )
    mark = once.mark_of(request.POST, form=request.path, staff=request.user)
    if once.made_by(mark):
        return page
    if not form.is_valid():
        return _again(request, thread, form, title)
    try:
        message = once.make_once(mark, partial(write, form, Actor.of(request)))
    except once.MadeAlready:
        return page
    except Conflict as conflict:
        form.data = {**request.POST.dict(), "version": conflict.current.version}
        form.add_error(None, _("The conversation went on while you were writing. Read it, then send again."))
        return _again(request, conflict.current, form, title, status=409)
    except NotAllowed as refusal:
        form.add_error(None, refusal.message)
        return _again(request, thread, form, title, status=404 if isinstance(refusal, Gone) else 200)
    tell(request, message)
    return page


def _again(
    request: HttpRequest, thread: Thread, form: MessageForm, title: str, *, status: int = 200
) -> HttpResponse:
    context = {
        "page_title": str(thread),
        "form": form,
        "title": title,
        "once": form.data.get(once.KEY) or once.new_key(),
        **_where(request, thread),
        **said_in(thread, request.user),
    }
    return render(request, "customers/write_again.html", context, status=status)


def _tell_sent(request: HttpRequest, message: Message) -> None:
    message.refresh_from_db()
    address = {"email": message.thread.address}
    if message.delivery == Delivery.FAILED:
        messages.error(
            request,
            _("The e-mail to %(email)s could not be sent. Your reply is kept: send it again from here.")
            % address,
        )
    elif message.delivery == Delivery.SENT:
        messages.success(request, _("Sent to %(email)s.") % address)
    else:
        messages.success(request, _("Your reply is kept, and being sent to %(email)s.") % address)


@needs("customers.view_thread", right_of(services.send_again))
@require_POST
def send(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    """Sends an answer whose mail did not go out; one that is on its way, or went out, is left alone."""
    thread = record_or_404(MESSAGES, pk, request.user)
    if message > LARGEST:
        raise Http404
    answer = get_object_or_404(thread.messages.exclude(delivery=""), pk=message)
    try:
        services.send_again(answer, by=Actor.of(request))
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
    else:
        _tell_sent(request, answer)
    return HttpResponseRedirect(record_page(request, MESSAGES, thread.pk))


@needs("customers.view_thread", right_of(services.organise))
@require_POST
@told_by_form
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets the status and the colleague; nothing is changed where somebody did so since the page was opened."""
    thread = record_or_404(MESSAGES, pk, request.user)
    form = StateForm(request.POST, thread=thread)
    page = HttpResponseRedirect(record_page(request, MESSAGES, thread.pk))
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return page
    try:
        services.organise(thread, by=Actor.of(request), **form.cleaned_data)
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
    except Conflict:
        messages.warning(
            request, _("The conversation was changed meanwhile: nothing is saved yet. Check it first.")
        )
    else:
        messages.success(request, _("%(name)s saved.") % {"name": thread})
    return page


@needs("customers.view_thread", "customers.view_message")
@require_safe
def earlier(request: HttpRequest, pk: int) -> HttpResponse:
    """Fifty messages before a certain one."""
    thread = record_or_404(MESSAGES, pk, request.user)
    key = whole(request.GET.get("before", ""))
    before = thread.messages.filter(pk=key).first() if key is not None else None
    context = {
        "page_title": str(thread),
        **_where(request, thread),
        **said_in(thread, request.user, before=before),
    }
    return render(request, "customers/earlier.html", context)

"""Notes about a customer: `/customers/<id>/notes/…` (S3.20, S3.21, B17)."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.access.rights import needs
from backoffice.access.verbs import right_of
from backoffice.forms.forms import judged, told_by_form
from backoffice.numbers import LARGEST, whole
from backoffice.records import once
from backoffice.records.actors import Actor
from backoffice.records.errors import Conflict, Gone, NotAllowed
from backoffice.views.back import at_row, back_to_list, kept_of, record_page
from backoffice.views.gone import keeps_typed
from backoffice.views.records import NotHere, record_or_404

from .. import rules, services
from ..models import Customer, Note
from ..sections.customers import CUSTOMERS
from ..sections.note_panels import notes_of, notes_shown

PER_PAGE = 50


class NoteForm(forms.Form):
    """A note; `version` is that of the note which is changed."""

    text = forms.CharField(
        label=pgettext_lazy("one of many", "Note"),
        help_text=gettext_lazy("Shown to all staff, never to the customer."),
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": rules.TEXT_MAX}),
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return judged(rules.long_text, self.cleaned_data["text"])


def _customer(request: HttpRequest, pk: int) -> Customer:
    return record_or_404(CUSTOMERS, pk, request.user)


def _note(customer: Customer, key: int) -> Note:
    note = customer.notes.select_related("author").filter(pk=key).first() if key <= LARGEST else None
    if note is None:
        raise NotHere(CUSTOMERS, customer.pk, model=Note, key=key, title=_("Note"))
    return note


def _file(request: HttpRequest, customer: Customer) -> HttpResponse:
    return HttpResponseRedirect(record_page(request, CUSTOMERS, customer.pk) + "#notes")


@needs("customers.view_customer", "customers.view_note")
@require_safe
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """All notes of a customer beside the pinned one, fifty a page."""
    customer = _customer(request, pk)
    page = min(whole(request.GET.get("page", ""), 8) or 1, 10_000)
    found = list(notes_of(customer)[(page - 1) * PER_PAGE : page * PER_PAGE + 1])
    context = {
        "page_title": _("Notes about %(name)s") % {"name": customer},
        "notes": notes_shown(found[:PER_PAGE], customer, request.user),
        "older_url": f"?page={page + 1}" if len(found) > PER_PAGE else "",
        "newer_url": f"?page={page - 1}" if page > 1 else "",
        **_where(request, customer),
    }
    return render(request, "customers/notes.html", context)


def _where(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """What the way back to the file and to the list is made of."""
    file = record_page(request, CUSTOMERS, customer.pk)
    return {
        "section": CUSTOMERS,
        "list_url": at_row(back_to_list(request, CUSTOMERS), customer.pk),
        "record_title": customer.name,
        "record_url": file,
        "cancel_url": file,
        "kept": kept_of(file),
    }


@needs("customers.view_customer", right_of(services.add_note))
@require_POST
@told_by_form
@keeps_typed(lambda data, record: [NoteForm(data, label_suffix="")])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes a note down, once however often it is pressed."""
    customer, form = _customer(request, pk), NoteForm(request.POST, label_suffix="")
    mark = once.mark_of(request.POST, form=request.path, staff=request.user)
    if once.made_by(mark):
        return _file(request, customer)
    if not form.is_valid():
        return _again(request, customer, form, _("New note"))
    by = Actor.of(request)
    try:
        once.make_once(mark, partial(services.add_note, customer, form.cleaned_data["text"], by=by))
    except once.MadeAlready:
        return _file(request, customer)
    except NotAllowed as refusal:
        form.add_error(None, refusal.message)
        return _again(request, customer, form, _("New note"))
    messages.success(request, _("Note saved."))
    return _file(request, customer)


@needs("customers.view_customer", right_of(services.edit_note))
@require_http_methods(["GET", "HEAD", "POST"])
@told_by_form
@keeps_typed(lambda data, record: [NoteForm(data, label_suffix="")])
def edit(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Changes a note: one's own, or any for who may delete notes."""
    customer = _customer(request, pk)
    stored = _note(customer, note)
    if request.method != "POST":
        form = NoteForm(initial={"text": stored.text, "version": stored.version}, label_suffix="")
        return _again(request, customer, form, _("Edit the note"))
    form = NoteForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _again(request, customer, form, _("Edit the note"))
    said = form.cleaned_data
    try:
        services.edit_note(stored, said["text"], by=Actor.of(request), version=said["version"])
    except NotAllowed as refusal:
        form.add_error(None, refusal.message)
        return _again(request, customer, form, _("Edit the note"))
    except Conflict as conflict:
        form.data = {**request.POST.dict(), "version": conflict.current.version}
        form.add_error(
            None, _("Somebody changed this note meanwhile: “%(text)s”") % {"text": conflict.current.text}
        )
        return _again(request, customer, form, _("Edit the note"), status=409)
    messages.success(request, _("Note saved."))
    return _file(request, customer)


def _again(
    request: HttpRequest, customer: Customer, form: NoteForm, title: str, *, status: int = 200
) -> HttpResponse:
    context = {
        "page_title": title,
        "form": form,
        "form_groups": [{"title": customer.name, "fields": [form["text"]]}],
        "once": form.data.get(once.KEY, ""),
        **_where(request, customer),
    }
    return render(request, "backoffice/form.html", context, status=status)


@needs("customers.view_customer", right_of(services.pin_note))
@require_POST
def pin(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Makes it the private note (`pinned=true`), or a note like the others."""
    customer = _customer(request, pk)
    pinned = request.POST.get("pinned") == "true"
    try:
        services.pin_note(_note(customer, note), pinned, by=Actor.of(request))
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Pinned as the private note.") if pinned else _("No longer pinned."))
    return _file(request, customer)


@needs("customers.view_customer", right_of(services.delete_note))
@require_POST
def delete(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Takes a note away at once, and offers to bring it back."""
    customer = _customer(request, pk)
    try:
        services.delete_note(_note(customer, note), by=Actor.of(request))
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
    else:
        undo = reverse("customers_note_restore", args=[pk, note])
        messages.success(request, _("Note deleted."), extra_tags=undo)
    return _file(request, customer)


@needs("customers.view_customer", right_of(services.restore_note))
@require_POST
def restore(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Brings a deleted note back."""
    customer = _customer(request, pk)
    if note > LARGEST:
        raise Http404
    try:
        services.restore_note(customer, note, by=Actor.of(request))
    except Gone:
        raise Http404 from None
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The note is back."))
    return _file(request, customer)

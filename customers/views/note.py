"""The private note on a customer's page: `/customers/<id>/note/` (S1.52, facts 4.6)."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from backoffice.access.rights import needs
from backoffice.faults import as_validation_error
from backoffice.forms.forms import told_by_form
from backoffice.records.actors import Actor
from backoffice.records.conflicts import THEIRS
from backoffice.records.errors import Conflict, Gone, NotAllowed
from backoffice.rules import Broken, at_most, lines
from backoffice.views.editing import who_saved
from backoffice.views.records import record_or_404

from .. import services
from ..models import Customer
from ..sections.customers import CUSTOMERS

NOTE_MAX = 65_000


class NoteForm(forms.Form):
    """The private note, and the fingerprint of the one that was seen."""

    note = forms.CharField(
        label=gettext_lazy("Private note"),
        help_text=gettext_lazy("This note is shown to all staff, never to the customer."),
        widget=forms.Textarea(attrs={"rows": 12, "maxlength": NOTE_MAX}),
        required=False,
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_note(self) -> str:
        try:
            return at_most(lines(self.cleaned_data["note"]), NOTE_MAX)
        except Broken as fault:
            raise as_validation_error(fault) from None


@needs("customers.view_customer", "customers.change_note")
@require_POST
@told_by_form
def write_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves the private note; an empty one clears it (S1.52, facts 4.6).

    What cannot be saved is asked for again, with all that was typed.
    """
    customer = record_or_404(CUSTOMERS, pk, request.user)
    view = HttpResponseRedirect(reverse(CUSTOMERS.url("view"), args=[pk]))
    if request.POST.get("use_note") == THEIRS:
        return view
    form, before = NoteForm(request.POST, label_suffix=""), customer.note
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return _note_again(request, customer, form)
    try:
        services.write_note(
            customer, form.cleaned_data["note"], was=form.cleaned_data["was"], by=Actor.of(request)
        )
    except Conflict as conflict:
        return _note_of_two(request, form, conflict.current)
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
        return _note_again(request, customer, form, status=404 if isinstance(refusal, Gone) else 200)
    undo = reverse("customers_note_undo", args=[pk, services.fingerprint(form.cleaned_data["note"])])
    messages.success(
        request, _("Note saved."), extra_tags=undo if before != form.cleaned_data["note"] else ""
    )
    return view


@needs("customers.view_customer", "customers.change_note")
@require_POST
def undo_note(request: HttpRequest, pk: int, was: str) -> HttpResponse:
    """Gives the private note its words before back, unless somebody has written it anew since (S1.52)."""
    customer = record_or_404(CUSTOMERS, pk, request.user)
    try:
        services.take_note_back(customer, was=was, by=Actor.of(request))
    except Conflict:
        messages.warning(request, _("The note was changed again meanwhile: nothing was undone."))
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The note is as it was."))
    return HttpResponseRedirect(reverse(CUSTOMERS.url("view"), args=[pk]))


def _note_again(
    request: HttpRequest, customer: Customer, form: NoteForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "page_title": customer.name,
        "form": form,
        "form_groups": [{"title": _("Private note"), "fields": [form["note"]]}],
        "cancel_url": reverse(CUSTOMERS.url("view"), args=[customer.pk]),
    }
    return render(request, "backoffice/form.html", context, status=status)


def _note_of_two(request: HttpRequest, form: NoteForm, current: Customer) -> HttpResponse:
    """Somebody else wrote another note meanwhile: both are shown, and one is chosen."""
    note, view = form.cleaned_data["note"], reverse(CUSTOMERS.url("view"), args=[current.pk])
    context = {
        **who_saved(current, request.user),
        "fields": [{"name": "note", "label": _("Private note"), "theirs": current.note, "yours": note}],
        "kept": [("note", note), ("was", services.fingerprint(current.note)), ("from_page", view)],
        "version": current.version,
        "draft": {
            "path": view,
            "mark": "was",
            "opened": request.POST.get("opened") or form.cleaned_data["was"],
        },
        "cancel_url": view,
    }
    return render(request, "backoffice/conflict.html", context, status=409)

"""The private note on a customer's page: `/customers/<id>/note/` (S1.52, facts 4.6)."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from backoffice.access.rights import needs
from backoffice.forms.forms import judged, told_by_form
from backoffice.lists import edits
from backoffice.records.actors import Actor
from backoffice.records.conflicts import THEIRS
from backoffice.records.errors import Conflict, Gone, NotAllowed
from backoffice.views.back import at_row, back_to_list, kept_of, record_page
from backoffice.views.editing import who_saved
from backoffice.views.gone import keeps_typed
from backoffice.views.job_messages import offer_of
from backoffice.views.records import record_or_404

from .. import rules, services
from ..models import Customer
from ..sections.customers import CUSTOMERS


class NoteForm(forms.Form):
    """The private note, and the fingerprint of the one that was seen."""

    note = forms.CharField(
        label=gettext_lazy("Private note"),
        help_text=gettext_lazy("This note is shown to all staff, never to the customer."),
        widget=forms.Textarea(attrs={"rows": 12, "maxlength": rules.TEXT_MAX}),
        required=False,
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_note(self) -> str:
        return judged(rules.long_text, self.cleaned_data["note"])


@needs("customers.view_customer", "customers.change_note")
@require_POST
@told_by_form
@keeps_typed(lambda data, customer: [NoteForm(data, label_suffix="")])
def write_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves the private note; an empty one clears it (S1.52, facts 4.6).

    What cannot be saved is asked for again, with all that was typed.
    """
    customer = record_or_404(CUSTOMERS, pk, request.user)
    view = HttpResponseRedirect(record_page(request, CUSTOMERS, pk))
    if request.POST.get("use_note") == THEIRS:
        return view
    form = NoteForm(request.POST, label_suffix="")
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return _note_again(request, customer, form)
    try:
        saved, job = edits.save(
            CUSTOMERS,
            customer,
            {"note": form.cleaned_data["note"]},
            by=Actor.of(request),
            service=partial(_write, was=form.cleaned_data["was"]),
        )
    except Conflict as conflict:
        return _note_of_two(request, form, conflict.current)
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
        return _note_again(request, customer, form, status=404 if isinstance(refusal, Gone) else 200)
    if saved.version == customer.version:
        messages.info(request, _("No changes."))
    else:
        messages.success(request, _("Note saved."), extra_tags=offer_of(request, job) if job else "")
    return view


def _write(customer: Customer, values: dict, *, by: Actor, version: int | None, was: str) -> Customer:
    return services.write_note(customer, values["note"], was=was, by=by)


def _note_again(
    request: HttpRequest, customer: Customer, form: NoteForm, *, status: int = 200
) -> HttpResponse:
    file = record_page(request, CUSTOMERS, customer.pk)
    context = {
        "page_title": customer.name,
        "form": form,
        "form_groups": [{"title": _("Private note"), "fields": [form["note"]]}],
        "section": CUSTOMERS,
        "list_url": at_row(back_to_list(request, CUSTOMERS), customer.pk),
        "record_title": customer.name,
        "record_url": file,
        "cancel_url": file,
        "kept": kept_of(file),
    }
    return render(request, "backoffice/form.html", context, status=status)


def _note_of_two(request: HttpRequest, form: NoteForm, current: Customer) -> HttpResponse:
    """Somebody else wrote another note meanwhile: both are shown, and one is chosen."""
    note, view = form.cleaned_data["note"], reverse(CUSTOMERS.url("view"), args=[current.pk])
    file = record_page(request, CUSTOMERS, current.pk)
    context = {
        **who_saved(current, request.user),
        "fields": [{"name": "note", "label": _("Private note"), "theirs": current.note, "yours": note}],
        "kept": [
            ("note", note),
            ("was", services.fingerprint(current.note)),
            ("from_page", view),
            *kept_of(file),
        ],
        "version": current.version,
        "draft": {
            "path": view,
            "mark": "was",
            "opened": request.POST.get("opened") or form.cleaned_data["was"],
        },
        "cancel_url": file,
    }
    return render(request, "backoffice/conflict.html", context, status=409)

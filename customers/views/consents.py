"""Stating on what ground a consent rests, after the fact: `/customers/<id>/consents/<kind>/` (decision 9)."""

from contextlib import suppress

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.access.rights import needs
from backoffice.forms.forms import told_by_form
from backoffice.records import once
from backoffice.records.actors import Actor
from backoffice.records.changes import refusal_to_change
from backoffice.records.errors import NotAllowed
from backoffice.views.back import FROM_LIST, at_row, back_to_list, is_from_list, kept_of, record_page
from backoffice.views.gone import keeps_typed
from backoffice.views.records import record_or_404

from .. import services
from ..forms.fields import ground_field
from ..models import ConsentKind, Customer
from ..sections.customers import CUSTOMERS


class GroundForm(forms.Form):
    """What the consent rests on, in staff's words."""

    ground = ground_field(required=True)


@needs("customers.view_customer", "customers.consent_customer")
@require_http_methods(["GET", "HEAD", "POST"])
@told_by_form
@keeps_typed(lambda data, customer: [GroundForm(data, label_suffix="")])
def state_ground(request: HttpRequest, pk: str, kind: str) -> HttpResponse:
    """Adds a line to the ledger: the consent as it is now, with its ground. The ledger is only ever added to.

    Who came from the list goes back to the row there (U11).
    """
    customer = record_or_404(CUSTOMERS, int(pk), request.user)
    form = GroundForm(request.POST if request.method == "POST" else None, label_suffix="")
    back, from_list = back_to_list(request, CUSTOMERS), is_from_list(request, CUSTOMERS)
    view = at_row(back, customer.pk) if from_list else record_page(request, CUSTOMERS, customer.pk)
    if not form.is_bound and (refusal := refusal_to_change(customer)):
        messages.error(request, refusal)
        return HttpResponseRedirect(view)
    if form.is_bound and form.is_valid():
        try:
            _state_once(request, customer, kind, form.cleaned_data["ground"])
        except NotAllowed as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Source of consent saved for %(name)s.") % {"name": customer})
            return HttpResponseRedirect(view)
    title = _("%(consent)s of %(name)s: how did they consent?")
    context = {
        "page_title": title % {"consent": ConsentKind(kind).label, "name": customer},
        "form": form,
        "form_groups": [{"title": _("Consent"), "fields": [form["ground"]]}],
        "once": form.data.get(once.KEY) or once.new_key(),
        "section": CUSTOMERS,
        "list_url": at_row(back, customer.pk),
        "record_title": customer.name,
        "record_url": reverse(CUSTOMERS.url("view"), args=[pk]),
        "cancel_url": view,
        "kept": [("back", back), FROM_LIST] if from_list else kept_of(view),
    }
    return render(request, "backoffice/form.html", context)


def _state_once(request: HttpRequest, customer: Customer, kind: str, ground: str) -> None:
    """One line of the ledger, however often the same form is sent (finding V8)."""

    def state() -> Customer:
        services.state_ground(customer, kind, services.stored_ground(ground), by=Actor.of(request))
        return customer

    mark = once.mark_of(request.POST, form=f"consent {customer.pk} {kind}", staff=request.user)
    with suppress(once.MadeAlready):
        once.make_once(mark, state)

"""Customers options: `/customers/options/` (S0.12–S0.15, S1.20–S1.24)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.access.rights import needs
from backoffice.forms.forms import told_by_form
from backoffice.records.actors import Actor
from backoffice.records.errors import Gone
from backoffice.views.back import back_to_list, kept_back, list_before

from .. import services
from ..forms.options import CustomerOptionsForm
from ..options import customer_options
from ..sections.customers import CUSTOMERS


@needs("customers.view_customer", "customers.settings_customer")
@require_http_methods(["GET", "HEAD", "POST"])
@told_by_form
def options(request: HttpRequest) -> HttpResponse:
    """Shows and saves the options; a wrong value is told at its field and nothing is saved.

    Who came from the list goes back to it, as it was (U11).
    """
    only = ("password_minutes",) if request.POST.get("only") == "password_minutes" else ()
    form = CustomerOptionsForm(
        request.POST if request.method == "POST" else None, options=customer_options(), only=only
    )
    back = list_before(request, CUSTOMERS)
    if form.is_bound and form.is_valid() and _stored(form, request):
        messages.success(request, _("Options saved."))
        return HttpResponseRedirect(back or request.path)
    context = {
        "page_title": _("Customers options"),
        "form": form,
        "form_groups": form.fieldsets(),
        "section": CUSTOMERS,
        "list_url": back_to_list(request, CUSTOMERS),
        "cancel_url": back_to_list(request, CUSTOMERS),
        "kept": kept_back(back),
    }
    return render(request, "backoffice/form.html", context)


def _stored(form: CustomerOptionsForm, request: HttpRequest) -> bool:
    """Whether they could be stored; what they point at may be gone meanwhile."""
    try:
        services.choose_options(form.chosen, by=Actor.of(request))
    except Gone as refusal:
        form.add_error(None, refusal.message)
    return form.is_valid()

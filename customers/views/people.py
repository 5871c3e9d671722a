"""Small changes on a customer's page: the private note, and bringing a deleted customer back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.actors import Actor
from backoffice.rights import needs
from backoffice.views.records import record_or_404

from .. import services
from ..sections.customers import CUSTOMERS

NOTE_MAX = 65_000


@needs("customers.view_customer", "customers.change_note")
@require_POST
def write_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves the private note; an empty one clears it (S1.52, facts 4.6)."""
    customer = record_or_404(CUSTOMERS, pk, request.user)
    note = request.POST.get("note", "").replace("\r\n", "\n").strip()
    if len(note) > NOTE_MAX:
        messages.error(request, _("At most %(limit)s characters, please.") % {"limit": NOTE_MAX})
    else:
        services.edit_customer(customer, {"note": note}, by=Actor.of(request))
        messages.success(request, _("Note saved."))
    return HttpResponseRedirect(reverse(CUSTOMERS.url("view"), args=[pk]))


@needs("customers.view_customer", "customers.delete_customer")
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undoes a soft deletion (decision 19)."""
    customer = record_or_404(CUSTOMERS, pk, request.user)
    services.bring_back(customer, by=Actor.of(request))
    messages.success(request, _("%(name)s is back.") % {"name": customer})
    return HttpResponseRedirect(reverse(CUSTOMERS.url("view"), args=[pk]))

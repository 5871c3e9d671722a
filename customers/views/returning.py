"""Brings a deleted customer back: `/customers/<id>/bring-back/` (decision 19)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.access.rights import needs
from backoffice.records.actors import Actor
from backoffice.views.back import list_before
from backoffice.views.records import record_or_404

from .. import services
from ..sections.customers import CUSTOMERS


@needs("customers.view_customer", "customers.delete_customer")
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undoes a soft deletion (decision 19); from the list of the deleted one stays in it."""
    customer = record_or_404(CUSTOMERS, pk, request.user)
    if services.bring_back(customer, by=Actor.of(request)):
        messages.success(request, _("%(name)s is back.") % {"name": customer})
    else:
        messages.warning(request, _("Nothing was changed."))
    return HttpResponseRedirect(list_before(request, CUSTOMERS) or reverse(CUSTOMERS.url("view"), args=[pk]))

"""An address as it goes onto a parcel: `/addresses/<id>/label/`, to be printed (S0.2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backoffice.access.rights import needs
from backoffice.views.records import record_or_404

from ..sections.address_facts import printed
from ..sections.addresses import ADDRESSES


@needs("addresses.view_address")
@require_safe
def label(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines alone when printed; on the screen with the way back."""
    address = record_or_404(ADDRESSES, pk, request.user)
    context = {
        "section": ADDRESSES,
        "page_title": _("Address label"),
        "lines": printed(address),
        "list_url": reverse(ADDRESSES.url()),
        "record_title": str(address),
        "record_url": reverse(ADDRESSES.url("view"), args=[pk]),
    }
    return render(request, "addresses/label.html", context)

"""The floor of the addresses: 50 rows of 7 columns by a bare Django template and the simplest keyset query there is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from addresses.models import Address
from backoffice.access.rights import signed_in

COLUMNS = ("id", "first_name", "last_name", "address1", "address2", "postcode", "city", "country_id")


@signed_in
def floor(request: HttpRequest) -> HttpResponse:
    """The first 50 addresses: no count, no filters, no links, no frame, no translations."""
    rows = Address.objects.filter(deleted=False).order_by("id").values(*COLUMNS)[:50]
    return render(request, "bench/address_floor.html", {"rows": rows})

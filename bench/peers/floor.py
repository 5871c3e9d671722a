"""The floor: 50 rows of 12 columns by a bare Django template and the simplest keyset query there is."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backoffice.access.rights import signed_in
from customers.models import Customer

COLUMNS = (
    *("id", "title__name", "last_name", "first_name", "email", "default_group__name", "figures__total_spent"),
    *("active", "newsletter", "partner_offers", "registered_at", "figures__last_visit_at"),
)


@signed_in
def floor(request: HttpRequest) -> HttpResponse:
    """The latest 50 customers: no count, no filters, no links, no frame, no translations."""
    names = {name.replace("__", "_"): F(name) for name in COLUMNS if "__" in name}
    plain = [name for name in COLUMNS if "__" not in name]
    rows = (
        Customer.objects.filter(deleted=False).order_by("-registered_at", "-id").values(*plain, **names)[:50]
    )
    return render(request, "bench/floor.html", {"rows": rows})

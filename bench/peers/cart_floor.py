"""The floor of a cart: its lines by a bare Django template and the simplest query there is."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backoffice.access.rights import signed_in
from carts.models import CartLine


@signed_in
def floor(request: HttpRequest, pk: int) -> HttpResponse:
    """All lines of the cart with that number: no totals, no links, no frame, no translations."""
    rows = CartLine.objects.filter(cart=pk).order_by("id")
    names = {
        "name": F("product__name"),
        "reference": F("product__reference"),
        "stock": F("product__stock"),
        "sum": F("unit_price") * F("quantity"),
    }
    return render(
        request, "bench/cart_floor.html", {"rows": rows.values("product", "unit_price", "quantity", **names)}
    )

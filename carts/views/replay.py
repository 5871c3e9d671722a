"""The cart as it was after a step of its life: `/carts/<id>/replay/?at=N`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from backoffice.access.rights import needs
from backoffice.numbers import whole
from backoffice.views.back import at_row, back_to_list
from backoffice.views.records import record_or_404

from ..sections.cart_replay import TEMPLATE, replay_at
from ..sections.carts import CARTS


@needs("carts.view_cart")
@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """A part of the cart's page for who moves along its steps there, else a page of its own."""
    cart = record_or_404(CARTS, pk, request.user)
    shown = replay_at(cart, whole(request.GET.get("at", "")), request.user)
    if request.htmx:
        is_moved = request.htmx.target == "replay-now"
        return render(request, "carts/_replay_now.html" if is_moved and "steps" in shown else TEMPLATE, shown)
    context = {
        **shown,
        "section": CARTS,
        "list_url": at_row(back_to_list(request, CARTS), pk),
        "record_title": str(cart),
        "record_url": reverse("carts_view", args=[pk]),
    }
    return render(request, "carts/replay_page.html", context)

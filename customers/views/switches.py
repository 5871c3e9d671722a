"""One-click switches: POST `/customers/<id>/toggle/<active|newsletter|partner_offers>/` (S0.8–S0.10, decision 9)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.access.rights import needs
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.views.back import back_to_list
from backoffice.views.errors import error_page
from backoffice.views.records import record_or_404

from .. import services
from ..sections.customers import CUSTOMERS
from ..services.consents import CONSENTS

RIGHTS = {
    "active": "customers.change_customer",
    "newsletter": "customers.consent_customer",
    "partner_offers": "customers.consent_customer",
}
VALUES = {"true": True, "false": False, "": None}


@needs("customers.view_customer")
@require_POST
def toggle(request: HttpRequest, pk: str, field: str) -> HttpResponse:
    """Sets the flag (`value=true|false`), or without a value turns it over; any other one changes nothing.

    JSON for the page's script, else back to the page.
    """
    if not request.user.has_perm(RIGHTS[field]):
        raise PermissionDenied
    customer = record_or_404(CUSTOMERS, int(pk), request.user)
    value = request.POST.get("value", "")
    if value not in VALUES:
        return error_page(
            request,
            400,
            _("This request cannot be read"),
            _("A switch is set by “true” or “false”, nothing else. Nothing was changed."),
        )
    try:
        customer = services.switch(customer, field, VALUES[value], by=Actor.of(request))
    except NotAllowed as refusal:
        return _refused(request, pk, refusal)
    on = getattr(customer, field)
    said = sentence(field, on) % {"name": customer}
    hint = _("Make sure the customer wants it.") if on and field in CONSENTS else ""
    if request.accepts("text/html"):
        messages.success(request, f"{said} {hint}".strip())
        return HttpResponseRedirect(_from(request, pk))
    more = (
        {"url": reverse("customers_consent", args=[pk, field]), "title": _("State the ground")}
        if hint
        else None
    )
    undo = {"url": request.path, "value": "false" if on else "true"}
    return JsonResponse({"value": on, "message": said, "hint": hint, "more": more, "undo": undo})


def _refused(request: HttpRequest, pk: str, refusal: NotAllowed) -> HttpResponse:
    if request.accepts("text/html"):
        messages.error(request, refusal.message)
        return HttpResponseRedirect(_from(request, pk))
    return JsonResponse({"message": refusal.message}, status=409)


def sentence(field: str, on: bool) -> str:
    """What a switch did, with a place for the name."""
    return {
        ("active", True): _("%(name)s may log in again."),
        ("active", False): _("%(name)s may not log in any more."),
        ("newsletter", True): _("Newsletter switched on for %(name)s."),
        ("newsletter", False): _("Newsletter switched off for %(name)s."),
        ("partner_offers", True): _("Opt-in switched on for %(name)s."),
        ("partner_offers", False): _("Opt-in switched off for %(name)s."),
    }[field, on]


def _from(request: HttpRequest, pk: str) -> str:
    view = reverse(CUSTOMERS.url("view"), args=[pk])
    return view if view in request.headers.get("Referer", "") else back_to_list(request, CUSTOMERS)

"""One-click switches: POST `/customers/<id>/toggle/<active|newsletter|partner_offers>/` (S0.8–S0.10, decision 9)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.actors import Actor
from backoffice.rights import needs
from backoffice.views.back import back_to_list
from backoffice.views.records import record_or_404

from .. import services
from ..sections.customers import CUSTOMERS
from ..services.consents import CONSENTS

RIGHTS = {
    "active": "customers.change_customer",
    "newsletter": "customers.consent_customer",
    "partner_offers": "customers.consent_customer",
}


@needs("customers.view_customer")
@require_POST
def toggle(request: HttpRequest, pk: str, field: str) -> HttpResponse:
    """Sets the flag (`value=true|false`), or turns it over; JSON for the page's script, else back to the page."""
    if not request.user.has_perm(RIGHTS[field]):
        raise PermissionDenied
    customer = record_or_404(CUSTOMERS, int(pk), request.user)
    asked = {"true": True, "false": False}.get(request.POST.get("value", ""))
    customer = services.switch(customer, field, asked, by=Actor.of(request))
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


def sentence(field: str, on: bool) -> str:
    """What a switch did, with a place for the name."""
    return {
        ("active", True): _("%(name)s may log in again."),
        ("active", False): _("%(name)s may not log in any more."),
        ("newsletter", True): _("Newsletter switched on for %(name)s."),
        ("newsletter", False): _("Newsletter switched off for %(name)s."),
        ("partner_offers", True): _("Partner offers switched on for %(name)s."),
        ("partner_offers", False): _("Partner offers switched off for %(name)s."),
    }[field, on]


def _from(request: HttpRequest, pk: str) -> str:
    view = reverse(CUSTOMERS.url("view"), args=[pk])
    return view if view in request.headers.get("Referer", "") else back_to_list(request, CUSTOMERS)

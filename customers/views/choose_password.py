"""Where a customer chooses a password: `/account/password/<token>/`, open to whoever has the link (decision 31)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from backoffice.access.rights import open_to_all
from backoffice.forms.forms import told_by_form
from backoffice.records.actors import Actor, Door, ip_of
from backoffice.staff.limits import is_too_often

from .. import services
from ..forms.password import ChoosePasswordForm
from ..options import customer_options

TEMPLATE = "customers/choose_password.html"


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
@told_by_form
def choose_password(request: HttpRequest, token: str) -> HttpResponse:
    """Shows the form in the customer's language, and sets what they typed. Looking at it uses nothing up.

    A link that was used, is too old, was made up, or whose account may not log in: one answer for all of them.
    """
    if is_too_often(request, "password_link"):
        response = render(request, TEMPLATE, _context(state="often"), status=429)
        response.headers["Retry-After"] = "600"
        return _guarded(response)
    customer = services.customer_by(token)
    if customer is None:
        return _guarded(render(request, TEMPLATE, _context(state="dead"), status=404))
    with translation.override(customer.language):
        posted = request.POST if request.method == "POST" else None
        form = ChoosePasswordForm(posted, at_least=customer_options().password_min_length)
        state = "asked"
        if form.is_bound and form.is_valid():
            by = Actor(staff=None, door=Door.SHOP, ip=ip_of(request))
            chosen = services.choose_password(token, form.cleaned_data["password1"], by=by)
            state = "chosen" if chosen else "dead"
        context = _context(state=state, form=form, email=customer.email)
        response = render(request, TEMPLATE, context, status=404 if state == "dead" else 200)
        response.headers["Content-Language"] = customer.language
    return _guarded(response)


def _context(**said) -> dict:
    return {"shop_url": settings.SHOP_URL, "shop_name": settings.SHOP_NAME, **said}


def _guarded(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, found by no search engine; no request tells the link on.

    With the policy “no-referrer” browsers send forms as if from nowhere, which is refused as forged: “strict-origin”
    names our own host at most, never the path.
    """
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

"""Pages of the tokens of the API: the list, a new one and its secret, what it may, and taking it back."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...access.rights import needs
from ...access.scopes import Scope
from ...models import ApiToken
from ...records import once
from ...records.actors import Actor
from ...records.errors import NotAllowed
from ..views import FORM, sure
from . import services
from .forms import ApiTokenForm

manages_tokens = needs("backoffice.manage_apitoken")


@manages_tokens
@require_safe
def token_list(request: HttpRequest) -> HttpResponse:
    """The tokens in use, then those that open nothing any more, the newest first."""
    now = timezone.now()
    tokens = list(ApiToken.objects.select_related("created_by").order_by("-pk"))
    for token in tokens:
        token.may = [Scope(one).label for one in token.scopes if one in Scope.values]
        token.state, token.last_day = _state(token, now), _last_day(token)
    return render(
        request, "staff/api_tokens.html", {"tokens": sorted(tokens, key=lambda one: one.state != "open")}
    )


def _state(token: ApiToken, now: dt.datetime) -> str:
    if token.revoked_at:
        return "revoked"
    return "expired" if token.expires_at and token.expires_at <= now else "open"


@manages_tokens
@require_http_methods(FORM)
@sure
def token_add(request: HttpRequest) -> HttpResponse:
    """A new token; its secret stands on the page that answers, once, and is kept by no cache.

    The same form sent again, as by a reload of that page, makes no second one.
    """
    form = ApiTokenForm(request.POST or None)
    mark = once.mark_of(request.POST, form="api token", staff=request.user)
    if once.made_by(mark):
        return _made_already(request)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = _created(form, mark, by=request.actor)
        except once.MadeAlready:
            return _made_already(request)
        response = render(request, "staff/api_token_made.html", {"token": token, "secret": secret})
        add_never_cache_headers(response)
        return response
    key = form.data.get(once.KEY) or once.new_key()
    return render(request, "staff/api_token.html", {"form": form, "once": key})


def _created(form: ApiTokenForm, mark: str, *, by: Actor) -> tuple[ApiToken, str]:
    """The token and its secret; MadeAlready where an equal post was quicker."""
    secret = ""

    def create() -> ApiToken:
        nonlocal secret
        token, secret = services.create_token(**form.values, by=by)
        return token

    return once.make_once(mark, create), secret


def _made_already(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request,
        _(
            "This token had already been created; nothing was created twice. It is shown only once: "
            "if you have not copied it, revoke it and create another one."
        ),
    )
    return redirect("api_tokens")


@manages_tokens
@require_http_methods(FORM)
@sure
def token_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What a token is called, what it may and until when; one that was revoked is only looked at."""
    token = get_object_or_404(ApiToken, pk=pk)
    form, state = ApiTokenForm(request.POST or None, initial=_initial(token)), _state(token, timezone.now())
    for field in form.fields.values():
        field.disabled = state == "revoked"
    if request.method == "POST" and form.is_valid():
        try:
            services.change_token(token, **form.values, by=request.actor)
        except NotAllowed as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("%(name)s saved.") % {"name": form.cleaned_data["name"]})
            return redirect("api_tokens")
    return render(
        request,
        "staff/api_token.html",
        {"form": form, "token": token, "state": state},
    )


def _initial(token: ApiToken) -> dict:
    return {"name": token.name, "scopes": token.scopes, "last_day": _last_day(token)}


def _last_day(token: ApiToken) -> dt.date | None:
    """The last day of the shop on which it opens something; None for no end."""
    ends = token.expires_at and timezone.localtime(token.expires_at, timezone.get_default_timezone())
    return ends and (ends - dt.timedelta(microseconds=1)).date()


@manages_tokens
@require_http_methods(FORM)
@sure
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether it is to open nothing from now on, and sees to it once that was answered."""
    token = get_object_or_404(ApiToken, pk=pk)
    revoked = _("%(name)s has been revoked.") % {"name": token.name}
    if request.method == "POST" and "sure" in request.POST:
        services.revoke_token(token, by=request.actor)
        messages.success(request, revoked)
        return redirect("api_tokens")
    page = reverse("api_tokens_edit", args=[pk])
    context = {
        "page_title": _("Revoke %(name)s") % {"name": token.name},
        "question": _("Revoke the token %(name)s for good?") % {"name": token.name},
        "explained": _("The program is refused from its next request on. This cannot be undone."),
        "refused": revoked if token.revoked_at else "",
        "action": {"title": _("Revoke"), "icon": "lock", "is_final": True},
        "cancel_url": page,
        "list_title": _("API tokens"),
        "list_url": reverse("api_tokens"),
        "record_title": token.name,
        "record_url": page,
    }
    return render(request, "backoffice/ask.html", context)

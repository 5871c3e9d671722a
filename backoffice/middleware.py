"""What happens to every request: its log line, its errors, its limits, its reader, its rights."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from urllib.parse import urlencode, urlsplit

import structlog
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
    UnreadablePostError,
)
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_structlog.middlewares import RequestMiddleware

from .access.rights import LIBRARY_RULES, rule_of
from .database.failures import failure_of
from .database.limits import PAGE, limited
from .database.reading import read_once
from .records.actors import Actor
from .screen import preferences
from .staff.backends import recall_rights
from .staff.second_factor import lacks_second_factor
from .views.errors import not_allowed, too_large
from .views.health import WATCHED
from .views.polled import is_unchanged

log = structlog.get_logger(__name__)
FORM_METHODS = ("GET", "HEAD", "OPTIONS", "POST")
# What concerns one's own account: open to whoever has to set up a second factor first.
OF_ONESELF = frozenset((*LIBRARY_RULES, "profile", "set_language_of_staff", "set_theme"))
# What stands beside the fields of a form: nobody types it.
NO_FIELDS = ("back", "then", "from_page", "csrfmiddlewaretoken")


class FollowMiddleware:
    """Tells a page that follows that nothing changed, before anything else is done: two hundred ask all the time.

    It says so to nobody but staff who may ask, writes nothing, also no line in the log; all else goes on as ever.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_unchanged(request):
            return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
        return self.get_response(request)


class RequestLogMiddleware(RequestMiddleware):
    """One line a request: id, method, path, answer, and the number of the person; never a query string.

    The path is logged as the URL pattern with its numbers filled in: what else stands in a path may be a secret
    (the key of a password reset).
    """

    @staticmethod
    def format_request(request):
        match = request.resolver_match
        if match is None:
            return request.method
        numbers = " ".join(
            f"{name}={value}" for name, value in match.kwargs.items() if isinstance(value, int)
        )
        return f"{request.method} /{match.route} {numbers}".rstrip()

    @staticmethod
    def bind_user_id(request):
        # Only a person already looked up: the log never asks the database.
        person = getattr(request, "_cached_user", None)
        if person is not None and person.pk is not None:
            structlog.contextvars.bind_contextvars(user_id=person.pk)


class ErrorPagesMiddleware:
    """Speaks the reader's language before anything can fail; refuses what is too large and what no database stores."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        translation.activate(preferences.reader_by_cookies(request).language)
        most = max(settings.DATA_UPLOAD_MAX_MEMORY_SIZE, _most_with_a_file())
        response = too_large(request) if _length(request) > most else self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        patch_vary_headers(response, ("Accept-Language",))
        return response

    def process_view(self, request, view, args, kwargs):
        # Nothing has been read of it yet, and nothing is, of more than anybody may send, but for who may send a file.
        if _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and not _may_send_a_file(request, view):
            return too_large(request)
        try:
            has_nul = _has_nul(request, told_by_form=getattr(view, "told_by_form", False))
        except UnreadablePostError as fault:
            raise BadRequest("The request ended before its time") from fault
        if has_nul:
            raise BadRequest("NUL byte in the request")


def _length(request: HttpRequest) -> int:
    """How much is announced: what is more than may be sent is refused before a byte of it is read (S5)."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else 0


def _most_with_a_file() -> int:
    """The largest request with a file for the imports page; half a megabyte is for what stands around it."""
    return settings.IMPORT_MEGABYTES * 1024**2 + 512 * 1024


def _may_send_a_file(request: HttpRequest, view: Callable) -> bool:
    """Whether this address takes files, and of this person: nobody else may fill the disk."""
    rule = rule_of(view, request.resolver_match)
    is_known = getattr(view, "takes_a_file", False) and request.user.is_authenticated
    return is_known and rule is not None and rule.admits(request.user)


def _has_nul(request: HttpRequest, *, told_by_form: bool) -> bool:
    """PostgreSQL cannot store a NUL byte, and nobody types one."""
    texts = [
        request.path_info,
        request.META.get("QUERY_STRING", "").replace("%00", "\0"),
        *request.COOKIES.values(),
    ]
    if request.method == "POST" and request.content_type != "application/json":
        for name, values in request.POST.lists():
            texts += [name] if told_by_form and name not in NO_FIELDS else [name, *values]
        texts += [upload.name or "" for upload in request.FILES.values()]
    return any("\0" in text for text in texts)


class SignInMiddleware(SessionMiddleware):
    """Django's sessions; who has one goes on working where it cannot be saved at the moment (S10).

    What was asked for is done by then, and at worst a message is said once more. Django would tell it as a request that
    is malformed. A sign-in that cannot be kept fails, with the database's own reason.
    """

    def process_response(self, request, response):
        try:
            return super().process_response(request, response)
        except SessionInterrupted as interrupted:
            not_updated = interrupted.__context__
            failure = failure_of(not_updated.__context__) if not_updated else None
            if failure is None:
                raise
            log.warning("session_not_saved", failure=failure.name)
            patch_vary_headers(response, ("Cookie",))
            return response


class LimitsMiddleware:
    """Whatever a page asks of the database has the limits of a page; a view may set others (S2)."""

    def __init__(self, get_response):
        self.get_response = limited(PAGE)(get_response)

    def __call__(self, request):
        return self.get_response(request)


class ReaderMiddleware:
    """Who asks (`request.actor`) and how they read (`request.reader`: language, theme, density).

    What they get is kept by no cache and no browser (S13). Nobody is looked up where a machine watches the shop.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.watched = {reverse(name) for name in WATCHED}

    def __call__(self, request):
        if request.path in self.watched:
            return self.get_response(request)
        request.reader = preferences.reader_of(request)
        request.actor = Actor.of(request)
        translation.activate(preferences.language_of_page(request) or request.reader.language)
        request.LANGUAGE_CODE = translation.get_language()
        with read_once() if request.method in ("GET", "HEAD") else nullcontext():
            response = self.get_response(request)
        if request.user.is_authenticated:
            preferences.remember(request.reader, request, response)
            add_never_cache_headers(response)
        return response


class RightsMiddleware:
    """Closed unless opened: no rule or no right 403, nobody signed in leads to sign-in (decisions, Rights).

    A method that an address does not answer gets a page too: Django's own 405 is an empty one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            return not_allowed(request, response["Allow"])
        return response

    def process_view(self, request, view, args, kwargs):
        rule = rule_of(view, request.resolver_match)
        if rule is None:
            log.error("url_without_rule", route=request.resolver_match.route)
            raise PermissionDenied
        if rule.by_token:
            return None
        if getattr(view, "is_polled", False):
            request.session.modified = False  # a page that lies open is no sign of anybody (S14)
            if request.user.is_authenticated:
                recall_rights(request.user)
        if not rule.open and not request.user.is_authenticated:
            return ask_to_sign_in(request)
        if not rule.admits(request.user):
            raise PermissionDenied
        if (
            not rule.open
            and request.resolver_match.view_name not in OF_ONESELF
            and lacks_second_factor(request.user)
        ):
            return ask_for_second_factor(request)
        if request.method not in FORM_METHODS:
            return HttpResponseNotAllowed(FORM_METHODS)
        return None


def ask_for_second_factor(request: HttpRequest) -> HttpResponse:
    """Lead to where one is set up; what was asked for is not done (S15)."""
    address = reverse("mfa_index")
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"second_factor": address}, status=403)
    messages.warning(request, _("Your role needs a second factor: set one up to go on."))
    return _redirect(request, address)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to sign-in and back: a redirect, or in the words of whoever asked (fragment, JSON).

    `undone` makes the sign-in page say that what was sent was not done.
    """
    query = {"next": _way_back(request)} | ({"undone": "yes"} if request.method == "POST" else {})
    address = f"{reverse(settings.LOGIN_URL)}?{urlencode(query, safe='/')}"
    if request.headers.get("Accept", "").startswith("application/json") and not _is_fragment(request):
        return JsonResponse({"login": address}, status=401)
    return _redirect(request, address)


def _is_fragment(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def _redirect(request: HttpRequest, address: str) -> HttpResponse:
    """Lead there, in the words of whoever asked."""
    if _is_fragment(request):
        return HttpResponse(headers={"HX-Redirect": address, "Vary": "HX-Request"})
    return HttpResponseRedirect(address)


def _way_back(request: HttpRequest) -> str:
    """The page to come back to: the one asked for, or the one on which a button was pressed."""
    reads, is_fragment = request.method in ("GET", "HEAD"), _is_fragment(request)
    if reads and not is_fragment:
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL" if is_fragment else "Referer", "")
    if not reads:  # a question that was asked at an address that is no page says where it belongs
        page = request.POST.get("from_page", page)
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return reverse("home")
    parts = urlsplit(page)
    if reads and parts.path == request.path:  # a list asked for itself with another filter
        return request.get_full_path()
    return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"

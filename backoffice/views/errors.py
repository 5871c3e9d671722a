"""What people see when something goes wrong: a plain sentence and an error id; the details are in the log (G27).

Who is signed in keeps the frame where it was they who went astray, and is offered the way back (U12). All other pages
ask neither the database nor the session, and need no template but their own.
"""

from __future__ import annotations

import sys
import uuid
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ..access.rights import HasRights
from ..database.failures import Failure, failure_of
from ..screen.preferences import reader_by_cookies
from ..screen.problems import problem
from ..sections import all_sections
from .back import back_to_list
from .gone import told_gone
from .health import no_database
from .records import NotHere

log = structlog.get_logger(__name__)
API = "/api/"
BARE_PAGE = (
    '<!doctype html><html lang="{3}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{0}</title><h1>{0}</h1><p>{1}</p><p>{2}</p>"
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(
        request,
        400,
        _("This request cannot be read"),
        _("It contains invalid data or is too large. Nothing was changed. Go back and try again."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than any page takes, files included."""
    said = _("More was sent than this page accepts. Nothing was changed. Go back and send less at a time.")
    if request.path == reverse("imports"):
        said = _(
            "The file is larger than %(n)s MB. Nothing was changed."
            " Go back and choose a smaller one: split it, or use the command on the server."
        ) % {"n": settings.IMPORT_MEGABYTES}
    return error_page(request, 413, _("This is too large"), said)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(
        request,
        403,
        _("You do not have permission to do this"),
        _("Your role does not allow it. An owner of this shop can change your role."),
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's view for a forgery token that is missing or from before the last sign-in (G10).

    What was sent is never done; the page it came from, opened anew, puts what was typed back (static/js/frame.js).
    """
    return error_page(
        request,
        403,
        _("This form has expired"),
        _(
            "It was opened before you signed in, or cookies are off. Nothing was saved."
            " Open the page again: what you typed stands in the form then, but for passwords."
        ),
        again_url=_came_from(request),
    )


def _came_from(request: HttpRequest) -> str:
    """The address of our own page that was sent, "" where the browser does not say."""
    page = request.headers.get("Referer", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else ""


def _in_frame(request: HttpRequest, said: dict[str, Any]) -> str:
    """The page with rail, bar and ways back for who is signed in; "" for all others, and where it fails itself."""
    try:
        person = getattr(request, "user", None)
        # Where nobody is asked who they are, as at /alive/, nobody has a frame.
        if person is None or not hasattr(request, "reader") or not person.is_authenticated:
            return ""
        context = {**said, "back_url": _page_to_go_back_to(request), **_list_around(request, person)}
        return render_to_string("backoffice/errors/framed.html", context, request)
    except Exception:  # the plain page says it, and its own log line the fault
        log.exception("error_page_broken", error_id=said["error_id"])
        return ""


def _page_to_go_back_to(request: HttpRequest) -> str:
    """The page before, unless it is this one."""
    page = _came_from(request)
    return "" if urlsplit(page).path == request.path else page


def _list_around(request: HttpRequest, person: HasRights) -> dict[str, Any]:
    """The list of the section to which the address belongs, where this person may see it."""
    for section in all_sections():
        if request.path.startswith(reverse(section.url())) and person.has_perm(section.right("view")):
            return {"section": section, "list_url": back_to_list(request, section)}
    return {}


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if request.path.startswith(API):
        return problem(404, _("There is no such endpoint."))
    sent = request.method == "POST" and "HX-Request" not in request.headers
    if sent and isinstance(exception, NotHere) and (page := told_gone(request, exception)):
        return page
    return error_page(
        request,
        404,
        _("Page not found"),
        _("It may have been deleted, or the address is mistyped."),
    )


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: the address is there, but not for this method; `allowed` names those it answers."""
    response = error_page(
        request,
        405,
        _("This address cannot be opened directly"),
        _("It only takes what a form or a button sends. Nothing was changed."),
    )
    response["Allow"] = allowed
    return response


# What the database could not do: title, sentence, and the seconds after which asking again may help.
UNAVAILABLE = {
    Failure.BUSY: (
        gettext_lazy("This is being changed right now"),
        gettext_lazy("Another change is still in progress. Nothing was saved. Please try again in a moment."),
        5,
    ),
    Failure.SLOW: (
        gettext_lazy("This takes too long"),
        gettext_lazy("It was stopped, and nothing was saved. Narrow it down, or try again later."),
        30,
    ),
    Failure.READ_ONLY: (
        gettext_lazy("Nothing can be saved at the moment"),
        gettext_lazy(
            "The shop's database is read-only for a while. Pages still open. Please try again later."
        ),
        60,
    ),
    Failure.FULL: (
        gettext_lazy("The disk of the shop's server is full"),
        gettext_lazy("Nothing was saved. Pages still open. Whoever runs the server needs to free up space."),
        60,
    ),
    Failure.AWAY: (
        gettext_lazy("The shop's database cannot be reached"),
        gettext_lazy("Nothing was changed. Please try again in a minute."),
        30,
    ),
}


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it is the database that cannot do it now."""
    failure = failure_of(sys.exc_info()[1])
    if failure is not None:
        return unavailable(request, failure)
    return error_page(
        request,
        500,
        _("Something went wrong"),
        _("It is not your fault, and it has been written down. If it happens again, tell us the error id."),
    )


def unavailable(request: HttpRequest, failure: Failure) -> HttpResponse:
    """503 with the true reason, and when to ask again (S10)."""
    if request.path == reverse("health"):
        return no_database()
    title, sentence, seconds = UNAVAILABLE[failure]
    response = error_page(request, 503, str(title), str(sentence))
    response["Retry-After"] = str(seconds)
    return response


def error_page(
    request: HttpRequest, status: int, title: str, sentence: str, *, again_url: str = ""
) -> HttpResponse:
    """The answer in the words of whoever asked: a page, a fragment's notice, or JSON."""
    error_id = structlog.contextvars.get_contextvars().get("request_id", uuid.uuid4().hex)[:8]
    log.warning("error_page", status=status, error_id=error_id)
    if request.path.startswith(API):
        return problem(status, sentence, title=title)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"detail": title, "error_id": error_id}, status=status)
    said = {
        "status": status,
        "title": title,
        "sentence": sentence,
        "error_id": error_id,
        "again_url": again_url,
        "reader": reader_by_cookies(request),
        "language": get_language(),
        "shop_name": settings.SHOP_NAME,
    }
    is_fragment = "HX-Request" in request.headers
    if not is_fragment and status < 500 and (framed := _in_frame(request, said)):
        return HttpResponse(framed, status=status)
    try:
        page = render_to_string(f"backoffice/errors/{'fragment' if is_fragment else 'page'}.html", said)
    except Exception:  # whatever is broken, a collectstatic that never ended included, people get a sentence
        log.exception("error_page_broken", error_id=error_id)
        page = format_html(BARE_PAGE, title, sentence, error_id, get_language())
    return HttpResponse(page, status=status)

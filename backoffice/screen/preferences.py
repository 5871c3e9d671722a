"""How the person in front of the screen wants to read: language, theme, density.

A member of staff's own choice comes first. The same three stand in cookies, so that the sign-in and error
pages speak the same language without asking the database.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

YEAR = 365 * 24 * 3600
THEMES = ("auto", "light", "dark")
DENSITIES = ("compact", "comfortable")


@dataclass(frozen=True)
class Reader:
    language: str
    theme: str = "auto"
    density: str = "compact"


def reader_by_cookies(request: HttpRequest) -> Reader:
    """What the browser says: our cookies, else its Accept-Language, else the shop's language."""
    return Reader(
        language=translation.get_language_from_request(request),
        theme=_one_of(THEMES, request.COOKIES.get("theme")),
        density=_one_of(DENSITIES, request.COOKIES.get("density")),
    )


def reader_of(request: HttpRequest) -> Reader:
    """The signed-in person's choices where they made them, else what the browser says.

    The cookie is no answer to "as the browser": it may still hold what was chosen before, or by somebody else here.
    """
    seen = reader_by_cookies(request)
    person = request.user
    if not person.is_authenticated:
        return seen
    return Reader(
        language=person.language
        if person.language in dict(settings.LANGUAGES)
        else language_of_browser(request),
        theme=_one_of(THEMES, person.theme),
        density=_one_of(DENSITIES, person.density),
    )


def language_of_browser(request: HttpRequest) -> str:
    """The first of our languages that the browser asks for, else the shop's."""
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def language_of_page(request: HttpRequest) -> str:
    """The language of the page that a part is asked for, "" where a whole one is.

    A page that stands open while its reader chooses another language in a second tab goes on in its own.
    """
    said = request.headers.get("Page-Language", "") if "HX-Request" in request.headers else ""
    return said if said in dict(settings.LANGUAGES) else ""


def remember(reader: Reader, request: HttpRequest, response: HttpResponseBase) -> None:
    """Leave the choices in the browser, where they are not there yet."""
    wanted = {
        settings.LANGUAGE_COOKIE_NAME: reader.language,
        "theme": reader.theme,
        "density": reader.density,
    }
    for name, value in wanted.items():
        if request.COOKIES.get(name) != value:
            response.set_cookie(
                name,
                value,
                max_age=YEAR,
                samesite="Lax",
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
            )


def _one_of(allowed: tuple[str, ...], value: str | None) -> str:
    return value if value in allowed else allowed[0]

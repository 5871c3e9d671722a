"""The way back to the list somebody came from, with its filters (S4.94)."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import reverse

from ..sections import Section


def with_back(url: str, back: str) -> str:
    """A URL of a record's page that knows the list to come back to, where that list is narrowed or sorted."""
    return f"{url}?{urlencode({'back': back})}" if "?" in back else url


def back_to_list(request: HttpRequest, section: Section) -> str:
    """The list's address, with the query string of the page before where that was this list.

    A form carries it on in its field `back`; anything but a query string of our own list is ignored.
    """
    plain = reverse(section.url())
    asked = request.POST.get("back") or request.GET.get("back") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(asked[:4000])
    except ValueError:
        return plain
    if parts.path != plain or parts.netloc not in ("", request.get_host()) or "\n" in parts.query:
        return plain
    return f"{plain}?{parts.query}" if parts.query else plain

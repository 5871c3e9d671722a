"""The way back to the list somebody came from: with its filters, its page and its row (S4.94, U11)."""

from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, QueryDict
from django.urls import ResolverMatch, resolve, reverse

from ..lists.asked import AT, MOST_KEPT_TICKED, TICKED
from ..lists.selection import Selection
from ..numbers import whole
from ..sections import Section, all_sections, section_named

# An address has to fit into what servers read of it.
LONGEST = 3_000
# What a form carries along that was opened from the list itself, and leads back there when it is saved.
FROM_LIST = ("then", "list")


def list_before(request: HttpRequest, section: Section) -> str:
    """The address of the section's list, with its query string, where somebody came from there; "" where not.

    A form carries it on in its field `back`; anything but a query string of our own list is ignored.
    """
    plain = reverse(section.url())
    asked = request.POST.get("back") or request.GET.get("back") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(asked[:4000])
    except ValueError:
        return ""
    if parts.path != plain or parts.netloc not in ("", request.get_host()) or "\n" in parts.query:
        return ""
    return f"{plain}?{parts.query}" if parts.query else plain


def back_to_list(request: HttpRequest, section: Section) -> str:
    """The address of the section's list, as somebody left it where they came from there."""
    return list_before(request, section) or reverse(section.url())


def is_from_list(request: HttpRequest, section: Section) -> bool:
    """Whether this page was opened from the list itself: what was begun there ends there."""
    name, value = FROM_LIST
    if value in (request.POST.get(name), request.GET.get(name)):
        return True
    opened = request.method in ("GET", "HEAD") and "back" not in request.GET
    return opened and bool(list_before(request, section))


def page_begun_on(request: HttpRequest) -> str:
    """The address of another record's page on which this form was begun, at the block of this section: what is begun
    there ends there. The link says `then=customers-7`; "" for anything else."""
    slug, _sign, number = (request.POST.get("then") or request.GET.get("then") or "").partition("-")
    section, key = section_named(slug), whole(number)
    return reverse(section.url("view"), args=[key]) if section and key is not None else ""


def kept_then(request: HttpRequest) -> list[tuple[str, str]]:
    """The hidden field by which a form carries that page along."""
    asked = request.POST.get("then") or request.GET.get("then") or ""
    return [("then", asked)] if page_begun_on(request) else []


def with_then(request: HttpRequest, url: str) -> str:
    """A URL that goes on knowing that page."""
    kept = kept_then(request)
    return f"{url}{'&' if '?' in url else '?'}{urlencode(kept)}" if kept else url


def with_back(url: str, back: str, *, from_list: bool = False) -> str:
    """A URL of a record's page that knows the list one came from, if there is one."""
    if not back:
        return url
    query = urlencode([("back", back), *([FROM_LIST] if from_list else [])])
    path, sign, place = url.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{query}{sign}{place}"


def kept_back(back: str) -> list[tuple[str, str]]:
    """The hidden fields by which a form carries the list along that one came from."""
    return [("back", back)] if back else []


def with_record(back: str, pk: int) -> str:
    """A list's address that leads to the page with this record, which need not be the one it was left from."""
    path, _sign, query = back.partition("?")
    params = QueryDict(query, mutable=True)
    params[AT] = str(pk)
    return f"{path}?{params.urlencode()}"


def at_row(back: str, pk: int) -> str:
    """A list's address at the row of this record."""
    return f"{back}#row-{pk}"


def with_ticks(back: str, selection: Selection) -> str:
    """A list's address with the rows that are ticked in it, as long as it can be one (U19)."""
    if selection.everything or not 0 < len(selection.ids) <= MOST_KEPT_TICKED:
        return back
    ticked = f"{TICKED}={','.join(map(str, selection.ids))}"
    url = f"{back}{'&' if '?' in back else '?'}{ticked}"
    return url if len(url) <= LONGEST else back


def page_before(request: HttpRequest, *paths: str) -> str:
    """The page on which a button was pressed, with its query string, where it is one of these; "" where not."""
    try:
        parts = urlsplit(request.headers.get("Referer", "")[:4000])
    except ValueError:
        return ""
    if parts.path not in paths or parts.netloc != request.get_host():
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


# The pages of no section on which what was done is told with a way back.
_OTHER_PAGES = frozenset(("home", "search", "activity", "jobs", "imports", "import", "maintenance"))


def pressed_on(request: HttpRequest) -> str:
    """The page on which Undo was pressed, with its query string; "" where it is gone, or is itself about undoing."""
    try:
        page = urlsplit(request.headers.get("Referer", "")[:4000])
        found = resolve(page.path)
    except (ValueError, Http404):
        return ""
    if page.netloc != request.get_host() or not (found.url_name in _OTHER_PAGES or _is_open(request, found)):
        return ""
    return f"{page.path}?{page.query}" if page.query else page.path


def _is_open(request: HttpRequest, found: ResolverMatch) -> bool:
    """Whether it is a list, or a page of a record that is there."""
    for section in all_sections():
        if found.url_name == section.url():
            return True
        if found.url_name in (section.url("view"), section.url("history")):
            return section.record(found.kwargs["pk"], request.user) is not None
    return False


def record_page(request: HttpRequest, section: Section, pk: int) -> str:
    """The page of a record, on which a button was pressed: it goes on knowing the list one came from."""
    url = reverse(section.url("view"), args=[pk])
    return page_before(request, url) or with_back(url, list_before(request, section))


def kept_of(page: str) -> list[tuple[str, str]]:
    """The hidden fields by which a form that is shown again carries the list along that a record's page knows."""
    return kept_back(QueryDict(urlsplit(page).query).get("back", ""))

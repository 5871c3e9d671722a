"""Who changed what in a record: `/<slug>/<id>/history/`, and putting one value back."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..access.rights import needs
from ..lists import edits
from ..numbers import LARGEST, whole
from ..records.actors import Actor
from ..records.errors import Conflict, NotAllowed, NotThere
from ..records.history_reading import changes_of, old_value
from ..records.required_fields import still_required
from ..records.timeline import by_day, may_put_back, may_see_imports, moments_of
from ..sections import Section
from ..sections.doors import label_in
from .back import at_row, back_to_list, kept_back, list_before, with_back
from .job_messages import offer_of
from .records import record_or_404, removed_or_404

PER_PAGE = 50


def history_view(section: Section) -> Callable:
    """The changes of a record, newest first, 50 a page; also of one that was removed (D-93)."""

    @needs(section.right("view"))
    @require_safe
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            record, here = record_or_404(section, pk, request.user), True
        except Http404:
            record, here = removed_or_404(section, pk, request.user), False
        page = min(whole(request.GET.get("page", ""), 8) or 1, 10_000)
        entries = changes_of(
            section, record, offset=(page - 1) * PER_PAGE, limit=PER_PAGE + 1, staff=request.user
        )
        may = here and may_put_back(section, record, request.user)
        back = list_before(request, section)
        context = {
            "section": section,
            "page_title": _("History of %(name)s") % {"name": record},
            "days": by_day(
                moments_of(
                    section,
                    record,
                    entries[:PER_PAGE],
                    may=may,
                    imports=may_see_imports(section, request.user),
                )
            ),
            "older_url": _page_url(request, page + 1) if len(entries) > PER_PAGE else "",
            "newer_url": _page_url(request, page - 1) if page > 1 else "",
            "list_url": at_row(back_to_list(request, section), pk),
            "record_title": str(record),
            "record_url": with_back(reverse(section.url("view"), args=[pk]), back) if here else "",
            "kept": kept_back(back),
            "version": record.version,
        }
        return render(request, "backoffice/history.html", context)

    return view


def put_back_view(section: Section) -> Callable:
    """Puts one old value of one field back, through the section's own service (D-92).

    `version` is the record's on the page where it was pressed: nothing is changed where somebody has saved since.
    That page comes again: the record's own with `page=view`, else its history.
    """

    @needs(section.right("view"), section.right("change"))
    @require_POST
    def view(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        record = record_or_404(section, pk, request.user)
        field = request.POST.get("field", "")
        if entry > LARGEST:
            raise Http404
        to_list = list_before(request, section)
        page = "view" if request.POST.get("page") == "view" else "history"
        back = HttpResponseRedirect(with_back(reverse(section.url(page), args=[pk]), to_list))
        try:
            declared = section.now()
            value = old_value(declared, record, entry=entry, field=field)
            by, query = Actor.of(request), to_list.partition("?")[2]
            _saved, job = edits.save(
                declared,
                record,
                {field: value},
                by=by,
                version=_version_seen(request),
                query=query,
                service=section.editing.put_back,
            )
        except NotThere:
            raise Http404 from None
        except ValidationError as faults:
            messages.error(request, format_html_join(" ", "{}", ((one,) for one in faults.messages)))
        except NotAllowed as refusal:
            messages.error(request, refusal.message)
        except Conflict as conflict:
            said = _(
                "%(name)s was changed meanwhile: nothing has been put back yet. Check the latest changes first."
            )
            messages.warning(request, said % {"name": conflict.current})
        else:
            said = _("%(field)s put back.") % {"field": label_in(declared, field, record)}
            said = f"{said} {still_required(declared, [field] if value is False else [])}".strip()
            messages.success(request, said, extra_tags=offer_of(request, job) if job else "")
        return back

    return view


def _page_url(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"?{query.urlencode()}"


def _version_seen(request: HttpRequest) -> int | None:
    seen = request.POST.get("version")
    if seen is None:
        return None
    version = whole(seen)
    # What is no number is the version of nothing.
    return -1 if version is None else version

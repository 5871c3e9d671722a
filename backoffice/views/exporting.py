"""A list as a CSV file: `/<slug>/export/`, with the query string of the list."""

from collections.abc import Callable

from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..access.rights import needs
from ..lists.downloads import Download
from ..lists.exporting import Sheet
from ..lists.page import ListPage
from ..records.actors import Actor
from ..records.events import Kind, record
from ..sections import Section


def export_view(section: Section) -> Callable:
    """The download: nothing is ever kept on the server. `bom=1` puts a byte-order mark in front, for spreadsheets;
    `columns=all` takes all columns, else those of the list.

    While a few others are on their way there is no file, but a word on the list (S2).
    Under a filter that cannot be read there is no file, which would hold everybody: the list says what is wrong.
    A GET that writes one thing: the line on the activity page that says who took the rows away (G8), with the names of
    the filters in force and without what was typed there: it may be somebody's name. Records stay.
    """

    @needs(section.right("view"), section.right("export"))
    @require_safe
    def view(request: HttpRequest) -> HttpResponseBase:
        page = ListPage(section, request.GET, request.user)
        if page.filter_errors:
            messages.error(request, _("Nothing was exported: a filter cannot be read. Fix or remove it."))
            return HttpResponseRedirect(page.url(bom=None, columns=None))
        sheet = Sheet(page)
        headers = {
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{sheet.file_name()}"',
        }
        if request.method == "HEAD":
            return HttpResponse(headers=headers)
        file = Download.of(sheet.blocks(bom=request.GET.get("bom") == "1"))
        if file is None:
            messages.warning(request, _("Other exports are still running. Please try again in a minute."))
            return HttpResponseRedirect(page.url(bom=None, columns=None))
        try:
            record(
                Kind.EXPORT,
                by=Actor.of(request),
                target=section.slug,
                rows=len(sheet.keys),
                filters=sorted(page.filterset.given()),
            )
        except BaseException:
            file.close()
            raise
        return StreamingHttpResponse(file, headers=headers)

    return view

"""How a figure of a record's page comes about: `/<slug>/<id>/explained/<name>/`."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from ..access.rights import needs
from ..sections import Section, explanation_named
from .back import at_row, back_to_list
from .records import record_or_404


def explained_view(section: Section) -> Callable:
    """The explanations of this section's figures, each asked for its own right."""

    @needs(section.right("view"))
    @require_safe
    @vary_on_headers("HX-Request")
    def view(request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """A part of the record's page for who opened the figure there, else a page of its own."""
        record, found = record_or_404(section, pk, request.user), explanation_named(section, name)
        if found is None:
            raise Http404
        if found.right and not request.user.has_perm(found.right):
            raise PermissionDenied
        record_url = reverse(section.url("view"), args=[pk])
        context = {
            "section": section,
            "record": record,
            "record_url": "" if request.htmx else record_url,
            **found.content(record, request.user),
        }
        html = render_to_string(found.template, context, request=request)
        if request.htmx:
            return HttpResponse(html)
        page = {
            "section": section,
            "page_title": found.title,
            "html": html,
            "list_url": at_row(back_to_list(request, section), pk),
            "record_title": str(record),
            "record_url": record_url,
        }
        return render(request, "backoffice/explained.html", page)

    return view

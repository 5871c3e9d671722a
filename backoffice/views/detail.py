"""The page of one record: `/<slug>/<id>/`."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..access.rights import needs
from ..records.default_panels import default_panels
from ..sections import Section, added_panels
from .back import back_to_list, with_back
from .panels import drawn_panels
from .records import record_or_404


def detail_view(section: Section) -> Callable:
    """The view page of this section: its heading and its panels, each asked for its own right."""

    @needs(section.right("view"))
    @require_safe
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        record = record_or_404(section, pk, request.user)
        panels = drawn_panels(
            (*(section.page.panels or default_panels(section)), *added_panels(section)),
            request,
            record,
            fold=section.slug,
            record=record,
            section=section,
        )
        back = back_to_list(request, section)
        can = {action: request.user.has_perm(section.right(action)) for action in ("change", "delete")}
        context = {
            "section": section,
            "page_title": str(record),
            "panels_left": panels["left"],
            "panels_right": panels["right"],
            "edit_url": with_back(reverse(section.url("edit"), args=[pk]), back)
            if section.form and can["change"]
            else "",
            "delete_url": with_back(reverse(section.url("delete"), args=[pk]), back)
            if section.delete_ways and can["delete"]
            else "",
            "history_url": reverse(section.url("history"), args=[pk]),
            "back_url": back,
            **(section.page.heading(record, request.user) if section.page.heading else {}),
        }
        return render(request, "backoffice/view.html", context)

    return view

"""The page of one record: `/<slug>/<id>/`."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from ..access.rights import needs
from ..lists.related import related_block
from ..models import Counter
from ..records.default_panels import default_panels
from ..sections import Panel, Related, Section
from .back import back_to_list, with_back
from .records import record_or_404

_BLANK = {"count": None, "url": "", "empty": "", "edit_url": "", "edit_title": ""}


def detail_view(section: Section) -> Callable:
    """The view page of this section: its heading and its panels, each asked for its own right."""

    @needs(section.right("view"))
    @require_safe
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        record = record_or_404(section, pk, request.user)
        panels = {"left": [], "right": []}
        for panel, block in _blocks(request, section, record):
            panels[panel.side].append(block)
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
            "history_url": reverse(section.url("history"), args=[pk]) if section.keeps_history else "",
            "back_url": back,
            **(section.page.heading(record, request.user) if section.page.heading else {}),
        }
        return render(request, "backoffice/view.html", context)

    return view


def _blocks(request: HttpRequest, section: Section, record) -> Iterator[tuple[Panel | Related, dict]]:
    """The blocks this person may see, each with what it shows."""
    counters = SimpleLazyObject(Counter.by_name)
    for panel in section.page.panels or default_panels(section):
        if isinstance(panel, Related):
            block = related_block(panel, record.pk, request.user, counters)
            if block is not None:
                block["empty"] = str(block["empty"]) % {"name": record}
            template = "backoffice/panels/related.html"
        else:
            may = not panel.right or request.user.has_perm(panel.right)
            block = _block(panel, record, request.user) if may else None
            template = panel.template
        if block is not None:
            context = {"record": record, "section": section, **block}
            yield panel, {**_BLANK, **block, "html": render_to_string(template, context, request=request)}


def _block(panel: Panel, record, staff) -> dict:
    return {"name": panel.name, "title": panel.title, "icon": panel.icon, **panel.content(record, staff)}

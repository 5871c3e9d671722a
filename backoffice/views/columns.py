"""Which columns somebody wants in a list, and in what order: `/<slug>/columns/` (decision 1)."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..access.rights import needs
from ..lists.page import ListPage
from ..models import ColumnChoice
from ..numbers import whole
from ..sections import Section
from .back import back_to_list


def columns_view(section: Section) -> Callable:
    """Choose a ready-made set, or tick and number columns; it is one's own choice, filters stay as they are (D-85)."""

    @needs(section.right("view"))
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        back = back_to_list(request, section)
        if request.method == "POST":
            if not _chosen(section, request.POST):
                messages.error(request, _("Tick at least one column."))
                return HttpResponseRedirect(f"{request.path}?{urlencode({'back': back})}")
            ColumnChoice.objects.update_or_create(
                staff=request.user, section=section.slug, defaults={"columns": _chosen(section, request.POST)}
            )
            messages.success(request, _("Columns saved."))
            return HttpResponseRedirect(back)
        current = ListPage(section, request.GET, request.user).column_names
        names = [*current, *(name for name in section.table.names() if name not in current)]
        context = {
            "section": section,
            "page_title": _("Columns"),
            "columns": [
                {
                    "name": name,
                    "title": section.table.column(name).title,
                    "in_full": section.table.column(name).in_full,
                    "chosen": name in current,
                    "place": place,
                }
                for place, name in enumerate(names, start=1)
            ],
            "column_sets": [
                {
                    "name": name,
                    "title": one.title,
                    "current": one.columns == tuple(current),
                }
                for name, one in section.listing.sets.items()
            ],
            "list_url": back,
        }
        return render(request, "backoffice/columns.html", context)

    return view


def _chosen(section: Section, data) -> list[str]:
    """The columns of a ready-made set, or the ticked ones by their numbers."""
    if data.get("set") in section.listing.sets:
        return list(section.listing.sets[data["set"]].columns)
    known = section.table.names()
    ticked = [name for name in data.getlist("columns") if name in known]

    def place(name: str) -> tuple[int, int]:
        return whole(data.get(f"order_{name}", ""), 5) or 0, known.index(name)

    return sorted(dict.fromkeys(ticked), key=place)

"""Which columns somebody wants in a list, and in what order: `/<slug>/columns/` (decision 1)."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..access.rights import needs
from ..lists.asked import COLUMNS
from ..lists.page import ListPage
from ..models import ColumnChoice, Counter
from ..numbers import whole
from ..sections import Section
from .back import back_to_list

PUT_BACK = "put_back"


def columns_view(section: Section) -> Callable:
    """Choose a ready-made set, or tick and number columns; it is one's own choice, filters stay as they are (D-85).

    `reset` gives the choice up: the list is as everybody's again, also where that changes one day. Each offers Undo,
    which posts the columns of before in the address (`put_back`), none where there was no choice of one's own.
    """

    @needs(section.right("view"))
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        back = back_to_list(request, section)
        page = ListPage(section, request.GET, request.user)
        current, table = page.column_names, page.table
        names = [*current, *(name for name in table.names() if name not in current)]
        if request.method == "POST":
            mine = ColumnChoice.objects.filter(staff=request.user, section=section.slug)
            before, put_back = mine.first(), request.GET.get(PUT_BACK)
            if "reset" in request.POST or put_back == "":
                mine.delete()
                Counter.move(COLUMNS.counter)
            elif chosen := _put_back(put_back, names) or _chosen(section, request.POST, names):
                ColumnChoice.objects.update_or_create(
                    staff=request.user, section=section.slug, defaults={"columns": chosen}
                )
            else:
                messages.error(request, _("Tick at least one column."))
                return HttpResponseRedirect(f"{request.path}?{urlencode({'back': back})}")
            undo = {PUT_BACK: ",".join(before.columns if before else ()), "back": back}
            messages.success(request, _("Columns saved."), extra_tags=f"{request.path}?{urlencode(undo)}")
            return HttpResponseRedirect(back)
        context = {
            "section": section,
            "page_title": _("Columns"),
            "columns": [
                {
                    "name": name,
                    "title": table.column(name).title,
                    "in_full": table.column(name).in_full,
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
            "form_url": request.path,
            "list_url": back,
        }
        return render(request, "backoffice/columns.html", context)

    return view


def _put_back(columns: str | None, names: list[str]) -> list[str]:
    """The columns that an address names, those that there are."""
    return [name for name in (columns or "").split(",") if name in names]


def _chosen(section: Section, data: QueryDict, names: list[str]) -> list[str]:
    """The columns of a ready-made set, or the ticked ones by their numbers; `names` are all, in the order so far.

    One that was moved to the place of another stands before it where it came up, after it where it went down.
    """
    if data.get("set") in section.listing.sets:
        return list(section.listing.sets[data["set"]].columns)

    def place(name: str) -> tuple[int, int, int]:
        was = names.index(name) + 1
        number = whole(data.get(f"order_{name}", ""), 5) or 0
        return number, (number > was) - (number < was), was

    return sorted((name for name in names if name in data.getlist("columns")), key=place)

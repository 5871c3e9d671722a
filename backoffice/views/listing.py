"""The list of a section: `/<slug>/`."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from ..access.rights import needs
from ..lists.around import turn_to_asked
from ..lists.bulk import DELETE
from ..lists.key_figures import key_figures
from ..lists.page import ListPage
from ..lists.paging import CAP
from ..lists.selection_bar import actions_for
from ..live.blocks import asking
from ..live.lists import version_of_list
from ..screen import formats
from ..screen.links import link
from ..sections import Section
from ..tables.filter_menus import KEPT, OPEN
from .back import with_back


def list_view(section: Section) -> Callable:
    """The view of this section's list."""

    @needs(section.right("view"))
    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        versions = version_of_list(section)
        page = ListPage(section, request.GET, request.user)
        turn_to_asked(page)
        exports = page.can["export"] and page.records
        context = {
            "section": section,
            "can": page.can,
            "page_title": section.titles.list or section.titles.many,
            "list_url": page.list_url,
            "scope": page.query,
            "add_url": link(section.url("add")) if section.form else "",
            "gear": _gear(section, page),
            "export_url": _export_url(page) if exports else "",
            "export_choices": _export_choices(page) if exports else [],
            "tabs": section.listing.tabs(page) if section.listing.tabs else [],
            "note": section.listing.note(page) if section.listing.note else "",
            "chips": page.chips,
            "reset_url": page.reset_url,
            "filter_state": [
                (name, page.params[name]) for name in ("sort", "per_page") if page.params.get(name)
            ],
            "extra_filters": page.extra_filters,
            "more_filters": page.more_filters,
            "filters_open": page.more == OPEN,
            "filter_faults": [
                formats.labelled(page.filterset.filters[name].label, faults[0])
                for name, faults in page.filter_errors.items()
            ],
            "table": {
                "titles": page.titles,
                "filters": page.filters,
                "body": page.body,
                "selectable": page.selectable,
                "is_wide": len(page.column_names) > 13,
                "empty": _("Nothing here yet."),
            },
            "live": asking(request, link(section.url("list_live")), versions) if versions else None,
            "paging": page.paging,
            "today": formats.day(page.today),
            "actions": actions_for(section, page),
            "matching_text": _matching(page),
            "selected_text": _("All that match are selected: %(number)s") % {"number": page.total_text},
            "delete_selected_url": link(section.url("action"), DELETE)
            + (f"?{page.query}" if page.query else "")
            if section.delete_ways and page.can["delete"]
            else "",
            "required_fields_url": link(section.url("required_fields"))
            if section.requirable and page.can["settings"]
            else "",
            "options_html": section.options.fold(request)
            if section.options and section.options.fold and page.can["settings"]
            else "",
            **key_figures(section, page),
        }
        response = render(request, "backoffice/list.html", context)
        if page.more == KEPT:
            response["HX-Push-Url"] = page.url()
        return response

    return view


def _matching(page: ListPage) -> str:
    if page.pages == 1 or not page.records or page.filter_errors:
        return ""
    if not page.exact:
        return _("Select all that match, more than %(number)s") % {"number": formats.number(CAP)}
    return ngettext("Select all %(number)s that match", "Select all %(number)s that match", page.total) % {
        "number": page.total_text
    }


def _export_url(page: ListPage, **how: Any) -> str:
    """Where the file of what the list finds is, in the list's order."""
    query = page.url(page=None, per_page=None, **how).partition("?")[2]
    return link(page.section.url("export")) + (f"?{query}" if query else "")


def _export_choices(page: ListPage) -> list[dict]:
    """What may stand in a file: what the list shows, or everything (I22)."""
    return [
        {"title": _("Shown columns"), "url": _export_url(page), "icon": "columns"},
        {"title": _("Everything"), "url": _export_url(page, columns="all"), "icon": "export"},
        {"title": _("Shown columns, for Excel"), "url": _export_url(page, bom=1), "icon": "columns"},
        {
            "title": _("Everything, for Excel"),
            "url": _export_url(page, columns="all", bom=1),
            "icon": "export",
        },
    ]


def _gear(section: Section, page: ListPage) -> list[dict]:
    entries = [
        {"title": _("Refresh the list"), "url": page.url(), "icon": "refresh"},
        {
            "title": _("Columns"),
            "url": f"{link(section.url('columns'))}?{urlencode({'back': page.url()})}",
            "icon": "columns",
            "opens": "columns",
        },
    ]
    if page.can["export"] and page.records:
        entries += [
            {"title": pgettext("verb", "Export"), "url": _export_url(page), "icon": "export"},
            {"title": _("Export for Excel"), "url": _export_url(page, bom=1), "icon": "export"},
            {"title": _("Export all columns"), "url": _export_url(page, columns="all"), "icon": "export"},
        ]
    if page.can["import"] and section.is_imported:
        entries.append(
            {
                "title": pgettext("verb", "Import"),
                "url": f"{link('imports')}?{urlencode({'section': section.slug})}",
                "icon": "import",
            }
        )
    if page.can["settings"] and section.requirable:
        entries.append(
            {
                "title": _("Set required fields for this section"),
                "url": with_back(link(section.url("required_fields")), page.url()),
                "icon": "required",
            }
        )
    if page.can["settings"] and section.options:
        options = with_back(link(section.options.url), page.url())
        entries.append({"title": _("Options"), "url": options, "icon": "gear"})
    return entries

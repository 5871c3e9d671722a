"""Bulk actions of a list: `/<slug>/actions/<name>/`, and working its key figures out again."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..access.rights import needs
from ..lists import bulk
from ..lists.page import ListPage
from ..lists.questions import question
from ..lists.undo import offered, undo_of
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..sections import Section
from .back import back_to_list


def action_view(section: Section) -> Callable:
    """The view of this section's bulk actions; each action asks for its own right."""

    @needs(section.right("view"))
    @require_POST
    def view(request: HttpRequest, name: str) -> HttpResponse:
        query = _list_query(request, section, name)
        back = reverse(section.url()) + (f"?{query}" if query else "")
        page = ListPage(section, QueryDict(query), request.user)
        change = bulk.asked_for(page, name, request.POST)
        if change is None:
            raise Http404
        if not request.user.has_perm(change.right):
            raise PermissionDenied
        if change.refusal:
            messages.error(request, change.refusal)
        elif change.must_ask:
            return render(request, *question(change, back))
        else:
            _carry_out(request, change, query)
        return HttpResponseRedirect(back)

    return view


def _list_query(request: HttpRequest, section: Section, name: str) -> str:
    """The query string of the list on which the action was called: its address has it, but for that of deleting."""
    query = request.GET.urlencode()
    return query if query or name != bulk.DELETE else back_to_list(request, section).partition("?")[2]


def _carry_out(request: HttpRequest, change: bulk.BulkChange, query: str) -> None:
    try:
        outcome = bulk.carry_out(change, by=Actor.of(request))
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
    else:
        undo = undo_of(change.section, change.action, outcome.changed, choice=change.choice, query=query)
        messages.success(request, outcome.said, extra_tags=offered(request, undo))


def figures_view(section: Section) -> Callable:
    """Works the key figures of this section out again."""

    @needs(section.right("view"))
    @require_POST
    def view(request: HttpRequest) -> HttpResponse:
        section.key_figures.refresh()
        return HttpResponseRedirect(back_to_list(request, section))

    return view

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
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..sections import Section
from .back import back_to_list, with_ticks
from .job_messages import say


def action_view(section: Section) -> Callable:
    """The view of this section's bulk actions; each action asks for its own right."""

    @needs(section.right("view"))
    @require_POST
    def view(request: HttpRequest, name: str) -> HttpResponse:
        # Whom it is for travels in the form (decision 41); the address says it to who posts without one.
        query = request.POST.get("scope", request.GET.urlencode())
        back = reverse(section.url()) + (f"?{query}" if query else "")
        change = bulk.asked_for(ListPage(section, QueryDict(query), request.user), name, request.POST)
        if change is None:
            raise Http404
        if not request.user.has_perm(change.right):
            raise PermissionDenied
        if change.refusal:
            messages.error(request, change.refusal)
            back = with_ticks(back, change.selection)
        elif change.must_ask:
            back = with_ticks(back, change.selection)
            return render(request, *question(change, back, by=Actor.of(request)))
        else:
            carry_out(request, change)
        return HttpResponseRedirect(back)

    return view


def carry_out(request: HttpRequest, change: bulk.BulkChange) -> None:
    """Do a change that needs no question any more, and tell what came of it."""
    try:
        say(request, bulk.carry_out(change, by=Actor.of(request)))
    except NotAllowed as refusal:
        messages.error(request, refusal.message)


def figures_view(section: Section) -> Callable:
    """Works the key figures of this section out again."""

    @needs(section.right("view"))
    @require_POST
    def view(request: HttpRequest) -> HttpResponse:
        section.key_figures.refresh()
        return HttpResponseRedirect(back_to_list(request, section))

    return view

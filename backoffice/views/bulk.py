"""Bulk actions of a list: `/<slug>/actions/<name>/`, and working its key figures out again."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from .. import bulk, formats
from ..actors import Actor
from ..counting import one_change
from ..errors import NotAllowed
from ..rights import needs
from ..sections import Section
from ..undo import Undo, sealed
from .back import back_to_list
from .deletion import ways_shown

SHOWN = 20


def action_view(section: Section) -> Callable:
    """The view of this section's bulk actions; each action asks for its own right."""

    @needs(section.right("view"))
    @require_POST
    def view(request: HttpRequest, name: str) -> HttpResponse:
        if name == "delete" and section.bulk_delete:
            return _delete(request, section)
        action = bulk.action_named(section, name)
        if action is None:
            raise Http404
        if not request.user.has_perm(action.right):
            raise PermissionDenied
        rows = bulk.chosen_rows(section, request.POST, request.GET, request.user)
        choice = request.POST.get(f"choice_{name}", request.POST.get("choice", ""))
        if refused := bulk.refusal(section, request.POST, request.GET, request.user):
            messages.error(request, refused)
        else:
            asked = rows.count()
            try:
                options = {"choice": choice} if action.choices else {}
                changed = action.run(rows, by=Actor.of(request), **options)
            except NotAllowed as refusal:
                messages.error(request, refusal.message)
            else:
                said = " ".join([action.said(len(changed)), *bulk.left_out(asked - len(changed))])
                undo = Undo(
                    section=section.slug,
                    action=action.undone_by,
                    ids=changed,
                    choice=choice,
                    deleted=request.GET.get("deleted", ""),
                    query=request.GET.urlencode(),
                )
                messages.success(request, said, extra_tags=sealed(request, undo))
        return HttpResponseRedirect(_list_after(request, section))

    return view


def _list_after(request: HttpRequest, section: Section) -> str:
    query = request.GET.urlencode()
    return reverse(section.url()) + (f"?{query}" if query else "")


def _deleted(number: int) -> str:
    return ngettext("%(n)s deleted.", "%(n)s deleted.", number) % {"n": formats.number(number)}


def _delete(request: HttpRequest, section: Section) -> HttpResponse:
    if not request.user.has_perm(section.right("delete")):
        raise PermissionDenied
    back = back_to_list(request, section)
    query = back.partition("?")[2]
    params = request.GET if request.GET else QueryDict(query)
    everything = request.POST.get("all_matching") == "1"
    rows = bulk.chosen_rows(section, request.POST, params, request.user)
    if refused := bulk.refusal(section, request.POST, params, request.user):
        messages.error(request, refused)
        return HttpResponseRedirect(back)
    way = next((one for one in section.delete_ways if one.name == request.POST.get("way")), None)
    if way is not None:
        asked = rows.count()
        try:
            with one_change():
                gone = section.bulk_delete(rows, way=way.name, by=Actor.of(request))
        except NotAllowed as refusal:
            messages.error(request, refusal.message)
        else:
            said = " ".join([_deleted(len(gone)), *bulk.left_out(asked - len(gone))])
            undo = Undo(
                section=section.slug,
                action=way.undone_by,
                ids=gone,
                deleted="only",
                query=back.partition("?")[2],
            )
            messages.success(request, said, extra_tags=sealed(request, undo))
        return HttpResponseRedirect(back)
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        messages.error(request, bulk.nobody_left())
        return HttpResponseRedirect(back)
    kept = [("back", back)] + ([("all_matching", "1")] if everything else [("selected", key) for key in ids])
    question = ngettext(
        "How shall this %(n)s row be deleted?", "How shall these %(n)s rows be deleted?", len(ids)
    )
    context = {
        "page_title": _("Delete"),
        "question": question % {"n": formats.number(len(ids))},
        "names": [str(one) for one in rows[:SHOWN]],
        "more": max(0, len(ids) - SHOWN),
        "ways": ways_shown(section, ids),
        "kept": kept,
        "fault": _("Choose one of the ways.") if "way" in request.POST else "",
        "cancel_url": back,
    }
    return render(request, "backoffice/delete.html", context)


def figures_view(section: Section) -> Callable:
    """Works the key figures of this section out again."""

    @needs(section.right("view"))
    @require_POST
    def view(request: HttpRequest) -> HttpResponse:
        section.refresh_figures()
        return HttpResponseRedirect(back_to_list(request, section))

    return view

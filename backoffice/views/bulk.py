"""Bulk actions of a list: `/<slug>/actions/<name>/`, and working its key figures out again."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ..access.rights import needs
from ..database.counting import one_change
from ..lists import bulk
from ..lists.page import ListPage
from ..lists.undo import Undo, offered
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..screen import formats
from ..sections import BulkAction, Section
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
        return _act(request, section, action)

    return view


def _act(request: HttpRequest, section: Section, action: BulkAction) -> HttpResponse:
    page = ListPage(section, request.GET, request.user)
    if refused := bulk.refusal(page, request.POST):
        messages.error(request, refused)
        return HttpResponseRedirect(_list_after(request, section))
    rows = bulk.chosen_rows(page, request.POST)
    value = request.POST.get(f"choice_{action.name}", request.POST.get("choice", ""))
    choice = bulk.choice_of(action, page, value)
    label = choice.label
    asked = rows.count()
    if action.undo and action.undo.remembers and label:
        choice = replace(choice, remembered=action.undo.remembers(rows, choice))
    notes = [action.undo.aside(choice) if choice.remembered else "", action.words.note]
    if asked > bulk.MOST_UNASKED and "sure" not in request.POST:
        return _ask(request, page, action, label, asked, notes)
    try:
        changed = bulk.perform(section, action, rows, choice=choice, by=Actor.of(request))
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
    else:
        said = (
            [bulk.counted(action.words.done, len(changed), label), *notes]
            if changed
            else [_("Nothing was changed.")]
        )
        said += bulk.left_out(asked - len(changed), action.words.left)
        undo = Undo(
            section=section.slug,
            action=action.undo.action if action.undo else "",
            ids=changed,
            choice=choice.value,
            remembered=list(choice.remembered),
            hidden=page.filterset.shows_hidden,
            query=request.GET.urlencode(),
        )
        messages.success(
            request, " ".join(str(one) for one in said if one), extra_tags=offered(request, undo)
        )
    return HttpResponseRedirect(_list_after(request, section))


def _ask(
    request: HttpRequest, page: ListPage, action: BulkAction, label: str, number: int, notes: list[str]
) -> HttpResponse:
    """Asks before more than 1,000 records are changed; the answer is the same post again, with `sure`."""
    context = {
        "page_title": formats.labelled(action.title, label) if label else action.title,
        "question": _("This concerns all %(n)s that match.") % {"n": formats.number(number)},
        "filters": [chip["label"] for chip in page.chips],
        "notes": [one for one in notes if one],
        "kept": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", "selected")
        ]
        + [("from_page", _list_after(request, page.section))],
        "action": action,
        "cancel_url": _list_after(request, page.section),
    }
    return render(request, "backoffice/ask.html", context)


def _list_after(request: HttpRequest, section: Section) -> str:
    query = request.GET.urlencode()
    return reverse(section.url()) + (f"?{query}" if query else "")


def _deleted(number: int) -> str:
    return ngettext("%(n)s deleted.", "%(n)s deleted.", number) % {"n": formats.number(number)}


def _how(ways: list[dict], number: int) -> str:
    if len(ways) == 1:
        asked = ngettext("Delete this %(n)s row for good?", "Delete these %(n)s rows for good?", number)
    else:
        asked = ngettext(
            "How shall this %(n)s row be deleted?", "How shall these %(n)s rows be deleted?", number
        )
    return asked % {"n": formats.number(number)}


def _delete(request: HttpRequest, section: Section) -> HttpResponse:
    if not request.user.has_perm(section.right("delete")):
        raise PermissionDenied
    back = back_to_list(request, section)
    query = back.partition("?")[2]
    page = ListPage(section, request.GET if request.GET else QueryDict(query), request.user)
    everything = request.POST.get("all_matching") == "1"
    if refused := bulk.refusal(page, request.POST):
        messages.error(request, refused)
        return HttpResponseRedirect(back)
    rows = bulk.chosen_rows(page, request.POST)
    way = next((one for one in section.delete_ways if one.name == request.POST.get("way")), None)
    if way is not None:
        asked = rows.count()
        try:
            with one_change():
                gone = section.bulk_delete(rows, way=way.name, by=Actor.of(request))
                bulk.write_down(section, way.name, gone, by=Actor.of(request))
        except NotAllowed as refusal:
            messages.error(request, refusal.message)
        else:
            if not asked:
                messages.warning(request, bulk.nobody_left())
                return HttpResponseRedirect(back)
            done = _deleted(len(gone)) if gone else _("Nothing was changed.")
            said = " ".join([done, *bulk.left_out(asked - len(gone))])
            undo = Undo(
                section=section.slug,
                action=way.undone_by,
                ids=gone,
                hidden=True,
                query=query,
            )
            messages.success(request, said, extra_tags=offered(request, undo))
        return HttpResponseRedirect(back)
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        messages.error(request, bulk.nobody_left())
        return HttpResponseRedirect(back)
    kept = [("back", back), ("from_page", back)] + (
        [("all_matching", "1")] if everything else [("selected", key) for key in ids]
    )
    ways = ways_shown(section, ids)
    context = {
        "page_title": _("Delete"),
        "question": _how(ways, len(ids)),
        "names": [str(one) for one in rows[:SHOWN]],
        "more": max(0, len(ids) - SHOWN),
        "ways": ways,
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
        section.key_figures.refresh()
        return HttpResponseRedirect(back_to_list(request, section))

    return view

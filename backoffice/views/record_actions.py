"""What can be done to one record from its page: `/<slug>/<id>/<name>/`."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..access.rights import needs
from ..records.actors import Actor
from ..records.changes import refusal_to_change
from ..records.errors import NotAllowed
from ..sections import Question, RecordAction, Section
from ..staff.models import StaffMember
from .back import at_row, back_to_list, kept_back, list_before, with_back
from .records import record_or_404


def acts_of(section: Section, record: Model, staff: StaffMember, back: str) -> dict[str, Any]:
    """What this person may do to the record, as its page draws it beside the name; "" for a page that is not there."""

    def page(name: str, *, there: bool) -> str:
        return with_back(reverse(section.url(name), args=[record.pk]), back) if there else ""

    can = {action: staff.has_perm(section.right(action)) for action in ("change", "delete")}
    return {
        "edit_url": page(
            "edit", there=bool(section.form) and can["change"] and not refusal_to_change(record)
        ),
        "delete_url": page("delete", there=can["delete"] and _can_be_deleted(section, record)),
        "history_url": page("history", there=section.keeps_history),
        "actions": offered_to(section, record, staff, back),
    }


def _can_be_deleted(section: Section, record: Model) -> bool:
    """Whether any way of deleting is left, where the section tells it of each record (facts 8.4)."""
    return any(not (way.refused and way.refused([record.pk])) for way in section.delete_ways)


def offered_to(section: Section, record: Model, staff: StaffMember, back: str) -> list[dict]:
    """Its own acts: {name, title, icon, url, asks, main}."""
    return [
        {
            "name": one.name,
            "title": one.title,
            "icon": one.icon,
            "url": with_back(_url(section, one, record), back if one.asks else ""),
            "asks": one.asks is not None,
            "main": one.main,
        }
        for one in section.page.actions
        if staff.has_perm(one.right) and (one.offered is None or one.offered(record))
    ]


def record_action_view(section: Section, action: RecordAction) -> Callable:
    """Asks first where the action does, and does it; an answer counts for the question as it is now."""

    @needs(section.right("view"), action.right)
    @require_http_methods(["GET", "HEAD", "POST"] if action.asks else ["POST"])
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        record = record_or_404(section, pk, request.user)
        back = list_before(request, section)
        page = reverse(section.url("view"), args=[pk])
        if action.asks is None:
            _carry_out(request, action, record)
            return HttpResponseRedirect(back or page)
        question, page = action.asks(record, request.user), with_back(page, back)
        answered = request.method == "POST" and request.POST.get("sure") == question.answer
        if answered and not question.refusal:
            _carry_out(request, action, record, **({question.accepts: True} if question.accepts else {}))
            return HttpResponseRedirect(page)
        return render(
            request, "backoffice/ask.html", _asked(request, section, action, record, question, page)
        )

    return view


def _carry_out(request: HttpRequest, action: RecordAction, record: Model, **accepted: bool) -> None:
    try:
        told = action.run(record, by=Actor.of(request), **accepted)
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
    else:
        if told is False:
            messages.warning(request, _("Nothing was changed."))
        elif isinstance(told, str) and told:
            messages.warning(request, told)
        else:
            messages.success(request, str(action.said) % {"name": record})


def _asked(
    request: HttpRequest, section: Section, action: RecordAction, record: Model, question: Question, page: str
) -> dict:
    back = list_before(request, section)
    return {
        "page_title": action.title,
        "question": question.sentence,
        "way": {"effects": question.effects},
        "notes": question.notes,
        "refused": question.refusal,
        "sure": question.answer,
        "kept": kept_back(back),
        "action": {"title": question.button or action.title, "icon": action.icon},
        "cancel_url": page,
        "section": section,
        "list_url": at_row(back_to_list(request, section), record.pk),
        "record_title": str(record),
        "record_url": page,
    }


def _url(section: Section, action: RecordAction, record: Model) -> str:
    return reverse(section.url(action.name), args=[record.pk])

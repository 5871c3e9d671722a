"""Saving the form of a record that somebody deleted meanwhile: who did so, and what was typed, stay on one page (D14).

Nobody learns more than they could see: the name only who may delete (decision 19), as in its history.
"""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ..numbers import LARGEST
from ..records.actors import Actor
from ..records.changes import refusal_to_change
from ..records.required_fields import required_in
from ..screen import formats
from ..sections import RecordAction, Section
from ..staff.models import StaffMember
from .back import at_row, back_to_list, kept_back, list_before, with_back

# The button that has the record back, and saves what was typed.
BRING_BACK = "bring_back"


def gone_page(request: HttpRequest, section: Section, pk: int) -> HttpResponse:
    """The form as it was typed, over it who deleted the record and when, and the ways on; 404 for who sees none."""
    section = section.now()
    may_see, back = request.user.has_perm(section.right("delete")), list_before(request, section)
    record = section.record(pk, request.user)
    last = _last_row(section, pk)
    form = section.form(request.POST, record=record, required=required_in(section.slug), staff=request.user)
    if record is None:
        form.asked_again()
    else:
        form.full_clean()
        form.add_error(None, refusal_to_change(record))
    name = str(record or last.instance) if may_see and (record or last) else ""
    to_history = may_see and section.keeps_history and last is not None
    context = {
        "section": section,
        "page_title": _("%(name)s was deleted meanwhile") % {"name": name or section.titles.one},
        "said": _said(last),
        "form": form,
        "form_groups": form.fieldsets(),
        "kept": kept_back(back),
        "bring_back": BRING_BACK if record and way_back(section, record, request.user) else "",
        "history_url": with_back(reverse(section.url("history"), args=[pk]), back) if to_history else "",
        "list_url": at_row(back_to_list(request, section), pk),
    }
    return render(request, "backoffice/gone.html", context, status=200 if record else 404)


def way_back(section: Section, record: Model, staff: StaffMember) -> RecordAction | None:
    """The action by which this person may have a hidden record back."""
    found = (one for one in section.page.actions if section.hidden and one.name == section.hidden.back)
    return next((one for one in found if staff.has_perm(one.right) and one.offered(record)), None)


def brought_back(request: HttpRequest, section: Section, record: Model) -> Model | None:
    """The hidden record, if its way back was pressed and may be gone, as it is then; NotAllowed where it is refused."""
    action = way_back(section, record, request.user) if BRING_BACK in request.POST else None
    if action is None:
        return None
    action.run(record, by=Actor.of(request))
    return section.record(record.pk, request.user)


def is_gone(section: Section, record: Model | None) -> bool:
    """Whether nobody can write to it any more: removed, out of sight, or hidden."""
    return record is None or bool(refusal_to_change(record))


def _last_row(section: Section, pk: int) -> Any:
    """What history knows last of that record."""
    if pk > LARGEST or not section.keeps_history:
        return None
    key = section.model._meta.pk.attname
    rows = section.model.history.filter(**{key: pk}).select_related("history_user")
    return rows.order_by("-history_date", "-history_id").first()


def _said(row: Any) -> str:
    """Who deleted it and when; "" where history does not say so."""
    if row is None:
        return ""
    facts = {"when": formats.minute(row.history_date), "who": row.history_user}
    if row.history_user is None:
        return _("It was deleted at %(when)s.") % facts
    return _("%(who)s deleted it at %(when)s.") % facts

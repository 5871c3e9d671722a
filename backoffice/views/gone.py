"""Sending something to a record that somebody deleted meanwhile: who did so, and what was typed, stay on a page (D14).

It is the form of the record that is shown again, or what the view names by `keeps_typed`. Nobody learns more than they
could see: the name only who may delete (decision 19), as in its history.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model
from django.forms import Form
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ..numbers import LARGEST
from ..records.actors import Actor
from ..records.changes import refusal_to_change
from ..records.required_fields import required_in
from ..screen import formats
from ..sections import RecordAction, Section, all_sections
from ..staff.models import StaffMember
from .back import at_row, back_to_list, kept_back, list_before, with_back
from .records import NotHere

# The button that has the record back, and saves what was typed.
BRING_BACK = "bring_back"


def gone_page(request: HttpRequest, section: Section, pk: int) -> HttpResponse:
    """The form as it was typed, over it who deleted the record and when, and the ways on; 404 for who sees none."""
    section = section.now()
    may_see, back = request.user.has_perm(section.right("delete")), list_before(request, section)
    record = section.record(pk, request.user)
    last = _last_row(section.model, pk)
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
        "said": _said(section, last),
        "form": form,
        "form_groups": form.fieldsets(),
        "kept": kept_back(back),
        "bring_back": BRING_BACK if record and way_back(section, record, request.user) else "",
        "history_url": with_back(reverse(section.url("history"), args=[pk]), back) if to_history else "",
        "list_url": at_row(back_to_list(request, section), pk),
        **(_owner_deleted(section, last, request.user) if record is None else {}),
    }
    return render(request, "backoffice/gone.html", context, status=200 if record else 404)


def _owner_deleted(section: Section, last: Any, staff: StaffMember) -> dict[str, str]:
    """Where it is out of sight because whose it is was deleted: that, and the page that brings them back, for who may
    see it (decision 43)."""
    if last is None or last.history_type == "-":
        return {}
    for other in (one for one in all_sections() if one.hidden and one is not section):
        for field in section.model._meta.concrete_fields:
            key = getattr(last, field.attname, None) if field.related_model is other.model else None
            owner = other.record(key, staff) if key else None
            if owner is not None and (refusal := refusal_to_change(owner)):
                return {"said": refusal, "owner_url": reverse(other.url("view"), args=[key])}
    return {}


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


Typed = Callable[[QueryDict, Any], Sequence[Form]]


def keeps_typed(forms: Typed) -> Callable[[Callable], Callable]:
    """Marks a view with what shows again what was typed into it: its forms, made of what was posted and of the record
    as it was in the end."""

    def marked(view: Callable) -> Callable:
        view.typed = forms  # type: ignore[attr-defined]
        return view

    return marked


def told_gone(request: HttpRequest, gone: NotHere) -> HttpResponse | None:
    """The page that tells who posted to it what became of a record; None where there never was one."""
    last = _last_row(gone.model, gone.key)
    if last is None:
        return None
    section, of_record = gone.section, gone.model is gone.section.model
    may_see, back = request.user.has_perm(section.right("delete")), list_before(request, section)
    name = str(last.instance) if of_record and may_see else gone.title or section.titles.one
    view = request.resolver_match.func if request.resolver_match else None
    forms = list(view.typed(request.POST, last.instance)) if hasattr(view, "typed") else [Form()]
    for form in forms:
        form._errors = ErrorDict()  # nothing of it is judged any more
    fields = [field for form in forms for field in form.visible_fields()]
    shown = {field.html_name for field in (*fields, *forms[0].hidden_fields())} | {"csrfmiddlewaretoken"}
    sent = [(one, value) for one in request.POST if one not in shown for value in request.POST.getlist(one)]
    to_record = "" if of_record else reverse(section.url("view"), args=[gone.pk])
    to_history = may_see and section.keeps_history
    context = {
        "section": section,
        "page_title": _("%(name)s was deleted meanwhile") % {"name": name},
        "said": _said(section, last),
        "form": forms[0],
        "form_groups": [{"title": _("What you typed"), "fields": fields}] if fields else [],
        "kept": sent,
        "history_url": with_back(reverse(section.url("history"), args=[gone.pk]), back) if to_history else "",
        "list_url": to_record or at_row(back_to_list(request, section), gone.pk),
    }
    return render(request, "backoffice/gone.html", context, status=404)


def _last_row(model: Any, pk: int) -> Any:
    """What history knows last of that record."""
    if pk > LARGEST or not hasattr(model, "history"):
        return None
    rows = model.history.filter(**{model._meta.pk.attname: pk}).select_related("history_user")
    return rows.order_by("-history_date", "-history_id").first()


def _said(section: Section, row: Any) -> str:
    """Who deleted it and when; "" where history does not say so."""
    hidden = section.hidden is not None and getattr(row, section.hidden.field, False)
    if row is None or not (row.history_type == "-" or hidden):
        return ""
    facts = {"when": formats.minute(row.history_date), "who": row.history_user}
    if row.history_user is None:
        return _("It was deleted at %(when)s.") % facts
    return _("%(who)s deleted it at %(when)s.") % facts

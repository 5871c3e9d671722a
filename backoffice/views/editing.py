"""Adding and editing a record: `/<slug>/add/`, `/<slug>/<id>/edit/`."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BooleanField, BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..access.rights import needs
from ..custom import value_in
from ..forms.forms import CUSTOM, SectionForm, is_secret, told_by_form
from ..lists import edits
from ..lists.whereabouts import word_of_absence
from ..models import Job
from ..models.kept import Kept
from ..records import once
from ..records.actors import Actor
from ..records.changes import refusal_to_change
from ..records.conflicts import THEIRS, YOURS, differences, without_theirs
from ..records.errors import Conflict, Gone, NotAllowed
from ..records.required_fields import required_in, still_required
from ..screen import formats
from ..sections import Section
from ..tables.lookups import Tables
from .back import (
    FROM_LIST,
    at_row,
    back_to_list,
    is_from_list,
    kept_back,
    kept_then,
    list_before,
    page_begun_on,
    with_back,
    with_then,
)
from .gone import brought_back, gone_page, is_gone
from .job_messages import offer_of
from .records import record_or_404

# The button of a form that asks for other fields of it, and saves nothing.
AGAIN = "again"


def add_view(section: Section) -> Callable:
    """The view that adds a record."""

    @needs(section.right("view"), section.right("add"))
    @require_http_methods(["GET", "HEAD", "POST"])
    @told_by_form
    def view(request: HttpRequest) -> HttpResponse:
        return _edit(request, section, None)

    return view


def edit_view(section: Section) -> Callable:
    """The view that edits a record; there is no form for one that is hidden (decision 43)."""

    @needs(section.right("view"), section.right("change"))
    @require_http_methods(["GET", "HEAD", "POST"])
    @told_by_form
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        if request.method == "POST":
            return _posted(request, section, pk)
        record = record_or_404(section, pk, request.user)
        if refusal := refusal_to_change(record):
            messages.error(request, refusal)
            return HttpResponseRedirect(reverse(section.url("view"), args=[pk]))
        return _edit(request, section, record)

    return view


def _posted(request: HttpRequest, section: Section, pk: int) -> HttpResponse:
    """Saves what was typed; where the record was deleted meanwhile it is told so, and nothing typed is lost."""
    record = section.record(pk, request.user)
    if record is not None and is_gone(section, record):
        try:
            record = brought_back(request, section, record) or record
        except NotAllowed as refusal:
            messages.error(request, refusal.message)
    if is_gone(section, record):
        return gone_page(request, section, pk)
    return _edit(request, section, record)


def _edit(request: HttpRequest, section: Section, record) -> HttpResponse:
    tables = Tables()
    if section.custom:
        section = section.at(tables.version_of(section.custom.declared.counter))
    required = required_in(section.slug)
    data, status = request.POST if request.method == "POST" else None, 200
    form = section.form(
        data,
        record=record,
        required=required,
        staff=request.user,
        tables=tables,
        initial=_prefilled(request, section, record),
    )
    if data is not None and AGAIN in data:
        form.asked_again()
        return _page(request, section, form, record, 200)
    mark = once.mark_of(data, form=section.slug, staff=request.user, secret=_secrets(form)) if data else ""
    valid = data is not None and form.is_valid()
    if record is None and (made := once.made_by(mark)):
        return _made_already(request, section, made)
    if valid:
        try:
            saved, job = _save(request, section, form, record, mark)
        except once.MadeAlready as before:
            return _made_already(request, section, before.record)
        except ValidationError as faults:
            for field, errors in (
                faults.error_dict.items() if hasattr(faults, "error_dict") else [(None, faults)]
            ):
                form.add_error(field if field in form.fields else None, errors)
        except NotAllowed as refusal:
            if record and is_gone(section, section.record(record.pk, request.user)):
                return gone_page(request, section, record.pk)
            form.add_error(None, refusal.message)
            status = 404 if isinstance(refusal, Gone) else 200
        except Conflict as conflict:
            return _conflict(request, section, form, conflict)
        else:
            if record is None:
                said = _("%(name)s added.") % {"name": saved}
                messages.success(request, " ".join([said, *_also(section, saved)]))
            else:
                _told(request, section, form, saved, job)
            return HttpResponseRedirect(_after(request, section, saved, edited=record is not None))
    return _page(request, section, form, record, status)


def _prefilled(request: HttpRequest, section: Section, record) -> dict[str, str]:
    """What the link to the form of a new record says of it."""
    if record is not None or section.editing is None:
        return {}
    return {name: request.GET[name] for name in section.editing.prefilled if name in request.GET}


def _save(request: HttpRequest, section: Section, form: SectionForm, record, mark: str):
    """The record as the section's service writes it, and what takes it back; a new one only once (finding V8)."""
    values, by = without_theirs(form.values, request.POST), Actor.of(request)
    save = partial(section.editing.save, **form.said)
    if record is None:
        return once.make_once(mark, partial(save, None, values, by=by)), None
    query, version = back_to_list(request, section).partition("?")[2], form.cleaned_data.get("version")
    return edits.save(section, record, values, by=by, version=version, query=query, service=save)


def _also(section: Section, saved) -> list[str]:
    """What else came of saving it, beside the record itself."""
    assert section.editing is not None
    return section.editing.also(saved) if section.editing.also else []


def _switched_off(form: SectionForm, saved) -> list[str]:
    """The yes/no fields that were on when the form was opened, and are off now."""
    flags = [name for name, field in form.fields.items() if isinstance(field, BooleanField)]
    return [name for name in flags if form.initial.get(name) and not value_in(saved, name)]


def _made_already(request: HttpRequest, section: Section, key: int) -> HttpResponse:
    """To the record that an equal post has made; to the list where it is gone again."""
    made = section.rows().filter(pk=key).first()
    if made is None:
        return HttpResponseRedirect(back_to_list(request, section))
    messages.info(request, _("%(name)s had already been added; nothing was added twice.") % {"name": made})
    return HttpResponseRedirect(_after(request, section, made))


def _after(request: HttpRequest, section: Section, saved, *, edited: bool = False) -> str:
    """Where one goes on: at the row in the list where editing began there, else on the record's own page (U11)."""
    back, from_list = list_before(request, section), edited and is_from_list(request, section)
    if "stay" in request.POST:
        url = with_back(reverse(section.url("edit"), args=[saved.pk]), back, from_list=from_list)
        return with_then(request, url)
    if begun := page_begun_on(request):
        return f"{begun}#{section.slug}"
    if from_list:
        return at_row(back_to_list(request, section), saved.pk)
    return with_back(reverse(section.url("view"), args=[saved.pk]), back)


def _told(request: HttpRequest, section: Section, form: SectionForm, saved, job: Job | None) -> None:
    """Says what came of saving a record, with Undo; and why the list that one goes back to does not show it."""
    if saved.version == form.record.version:
        messages.info(request, _("No changes."))
        return
    said = [
        _("%(name)s saved.") % {"name": saved},
        *_also(section, saved),
        still_required(section, _switched_off(form, saved)),
    ]
    if is_from_list(request, section) and "stay" not in request.POST:
        query = back_to_list(request, section).partition("?")[2]
        said.append(word_of_absence(section, query, request.user, saved.pk))
    messages.success(request, " ".join(filter(None, said)), extra_tags=offer_of(request, job) if job else "")


def _page(request: HttpRequest, section: Section, form: SectionForm, record, status: int) -> HttpResponse:
    back, from_list = list_before(request, section), record is not None and is_from_list(request, section)
    to_list = back_to_list(request, section)
    for name in _typed_secrets(form):
        if form.errors and name not in form.errors:
            _typed_again(form, name)
    context = {
        "section": section,
        "page_title": _("Edit %(name)s") % {"name": record} if record else section.titles.add,
        "form": form,
        "form_groups": form.fieldsets(),
        "once": "" if record else form.data.get(once.KEY) or once.new_key(),
        "can_stay": True,
        "kept": [
            *kept_back(back),
            *([FROM_LIST] if from_list else kept_then(request)),
            *([(CUSTOM, form.custom_names)] if section.custom else []),
        ],
        "cancel_url": _cancel_url(request, section, record, from_list),
        "danger": {
            "title": _("Delete %(name)s") % {"name": record},
            "text": _("You will see what happens before anything is deleted."),
            "url": with_back(reverse(section.url("delete"), args=[record.pk]), back),
            "label": _("Delete…"),
        }
        if record and section.delete_ways and request.user.has_perm(section.right("delete"))
        else None,
        "list_url": at_row(to_list, record.pk) if record else to_list,
        "record_title": str(record) if record else "",
        "record_url": with_back(reverse(section.url("view"), args=[record.pk]), back) if record else "",
    }
    return render(request, "backoffice/form.html", context, status=status)


def _cancel_url(request: HttpRequest, section: Section, record, from_list: bool) -> str:
    """Where one goes who saves nothing: to where editing began."""
    to_list = back_to_list(request, section)
    if begun := page_begun_on(request):
        return f"{begun}#{section.slug}"
    if record is None:
        return to_list
    if from_list:
        return at_row(to_list, record.pk)
    return with_back(reverse(section.url("view"), args=[record.pk]), list_before(request, section))


def _conflict(request: HttpRequest, section: Section, form: SectionForm, conflict: Conflict) -> HttpResponse:
    """Both versions field by field; `use_<field>` = yours or theirs is posted back here with the new version."""
    current = conflict.current
    secret = _typed_secrets(form)
    found = differences(form, current)
    if not found and not secret:
        # Both wrote the same: there is nothing to choose.
        messages.success(request, _("%(name)s saved.") % {"name": current})
        return HttpResponseRedirect(_after(request, section, current, edited=True))
    return conflict_page(
        request,
        current,
        found,
        data=request.POST,
        version=form.cleaned_data["version"],
        form_url=reverse(section.url("edit"), args=[current.pk]),
        secret=secret,
        section=section,
        typed_again=[_typed_again(form, name) for name in secret],
        media=form.media if secret else "",
        cancel_url=_cancel_url(request, section, current, is_from_list(request, section)),
    )


def conflict_page(
    request: HttpRequest,
    current: Kept,
    fields: list[dict],
    *,
    data: QueryDict,
    version: int,
    form_url: str,
    secret: Sequence[str] = (),
    **more: Any,
) -> HttpResponse:
    """The page on which is chosen what a record keeps that somebody else changed meanwhile.

    `fields` are those that differ, `data` what was sent over that `version`, `secret` of it what is typed again;
    `form_url` is where it was typed, `more` what the template needs besides.
    """
    context = {
        **who_saved(current, request.user, times=current.version - version),
        "fields": fields,
        "is_partly_chosen": any(one["changed"] in (THEIRS, YOURS) for one in fields),
        "kept": [
            (name, value)
            for name, values in data.lists()
            for value in values
            if name not in ("version", "opened", "csrfmiddlewaretoken", *secret)
            and (value == THEIRS or not name.startswith("use_"))
        ],
        "version": current.version,
        "draft": {"path": form_url, "mark": "version", "opened": data.get("opened") or version},
        **more,
    }
    return render(request, "backoffice/conflict.html", context, status=409)


def _secrets(form: SectionForm) -> list[str]:
    return [name for name, field in form.fields.items() if is_secret(field)]


def _typed_secrets(form: SectionForm) -> list[str]:
    return [name for name in _secrets(form) if form.data.get(name)]


def _typed_again(form: SectionForm, name: str) -> BoundField:
    """The empty field of a secret that was typed: it is never sent back to a page (G26)."""
    field = form[name]
    field.help_text = _("Please type the password again.")
    return field


def who_saved(current, reader, *, times: int = 1) -> dict[str, str]:
    """Who saved the record the last so many times, for the page of the conflict: its titles, and a sentence."""
    rows = list(
        current.history.select_related("history_user").order_by("-history_date", "-history_id")[
            : max(1, min(times, 20))
        ]
    )
    # Groups and tags alone leave no row here: the last one is then of an earlier save.
    if rows and rows[0].history_date < getattr(current, "updated_at", rows[0].history_date):
        rows = []
    by_reader = bool(rows) and all(row.history_user == reader for row in rows)
    if by_reader:
        title = _("You have saved %(name)s in another window meanwhile")
    else:
        title = _("Somebody else has saved %(name)s")
    return {"page_title": title % {"name": current}, "said": _when_saved(rows[0], by_reader) if rows else ""}


def _when_saved(row, by_reader: bool) -> str:
    facts = {"when": formats.minute(row.history_date), "who": row.history_user}
    if by_reader or row.history_user is None:
        return _("It was saved at %(when)s.") % facts
    return _("%(who)s saved it at %(when)s.") % facts

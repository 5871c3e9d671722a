"""Which fields a section requires: `/<slug>/required-fields/` (S0.16–S0.18, S1.25–S1.29)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BooleanField, Field
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..access.rights import needs
from ..lists.lacking import who_lacks
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..records.required_fields import given, require, required_in
from ..sections import Field as DeclaredField
from ..sections import RequiredRow, Section
from .back import back_to_list, kept_back, list_before, with_back


def required_fields_view(section: Section) -> Callable:
    """A table of the fields that can be required, with how many records lack each today, and saving it."""

    @needs(section.right("view"), section.right("settings"))
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        declared = section.now()
        if request.method == "POST":
            try:
                names = request.POST.getlist("fields")
                require(declared, names, by=Actor.of(request))
                messages.success(
                    request, " ".join([_("Required fields saved."), *_passed_over(declared, names)])
                )
            except NotAllowed as refusal:
                messages.error(request, refusal.message)
                return HttpResponseRedirect(with_back(request.path, list_before(request, section)))
            return HttpResponseRedirect(list_before(request, section) or request.path)
        required = required_in(section.slug)
        assert declared.form is not None
        asked = declared.form(staff=request.user).fields
        context = {
            "section": section,
            "page_title": _("Required fields"),
            "fields": [
                _given(row)
                if row.given is not None
                else {
                    "technical_name": row.name,
                    "title": declared.form_fields[field.name].label,
                    "chosen": field.name in required,
                    "note": row.why or _note(asked.get(field.name)),
                    "lacking": who_lacks(declared, field, request.user),
                }
                for row, field in _rows(declared)
            ],
            "list_url": back_to_list(request, section),
            "kept": kept_back(list_before(request, section)),
        }
        return render(request, "backoffice/required_fields.html", context)

    return view


def _rows(section: Section) -> list[tuple[RequiredRow, DeclaredField]]:
    """The rows in their order, each with its field where staff may require it."""
    assert section.editing is not None
    fields: dict[str, Any] = {one.required_as: one for one in section.requirable}
    rows = section.editing.required or tuple(map(RequiredRow, fields))
    return [(row, fields.get(row.name)) for row in rows]


def _given(row: RequiredRow) -> dict:
    return {
        "technical_name": row.name,
        "title": row.title,
        "chosen": row.given,
        "given": True,
        "note": row.why,
        "lacking": None,
    }


def _passed_over(section: Section, names: list[str]) -> list[str]:
    """A word for who asked for what would make saving impossible."""
    never = [str(row.title) for row in given(section) if row.name in names and not row.given]
    said = _("Left as they were, since nothing could be saved otherwise: %(fields)s.")
    return [said % {"fields": ", ".join(never)}] if never else []


def _note(field: Field | None) -> str:
    """What it means to require a field of the form for a new record; None for one that it does not ask."""
    if field is None or field.disabled:
        return _("Switched off in the options: while it isn't asked, it isn't required.")
    if isinstance(field, BooleanField):
        return _("When required, nobody can be added without switching this on.")
    return ""

"""Which fields a section requires: `/<slug>/required-fields/` (S0.16–S0.18, S1.25–S1.29)."""

from collections.abc import Callable

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
from ..records.required_fields import require, required_in
from ..sections import Section
from .back import back_to_list, kept_back, list_before, with_back


def required_fields_view(section: Section) -> Callable:
    """A table of the fields that can be required, with how many records lack each today, and saving it."""

    @needs(section.right("view"), section.right("settings"))
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        declared = section.now()
        if request.method == "POST":
            try:
                require(declared, request.POST.getlist("fields"), by=Actor.of(request))
                messages.success(request, _("Required fields saved."))
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
                {
                    "technical_name": one.required_as,
                    "title": declared.form_fields[one.name].label,
                    "chosen": one.name in required,
                    "note": _note(asked.get(one.name)),
                    "lacking": who_lacks(declared, one, request.user),
                }
                for one in declared.requirable
            ],
            "list_url": back_to_list(request, section),
            "kept": kept_back(list_before(request, section)),
        }
        return render(request, "backoffice/required_fields.html", context)

    return view


def _note(field: Field | None) -> str:
    """What it means to require a field of the form for a new record; None for one that it does not ask."""
    if field is None or field.disabled:
        return _("Switched off in the options: while it isn't asked, it isn't required.")
    if isinstance(field, BooleanField):
        return _("When required, nobody can be added without switching this on.")
    return ""

"""Deleting one record, in one of its ways: `/<slug>/<id>/delete/` (facts 2.7)."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..access.rights import needs
from ..lists.bulk import act
from ..lists.bulk_jobs import what_became
from ..lists.questions import refusal_to_delete, which_way
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..sections import DeleteWay, Section
from .back import at_row, back_to_list, list_before, with_back
from .job_messages import offer_of
from .record_actions import offered_to
from .records import record_or_404


def delete_view(section: Section) -> Callable:
    """Asks which way, or whether where there is one only, saying with numbers what will happen, and does it."""

    @needs(section.right("view"), section.right("delete"))
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        record = record_or_404(section, pk, request.user)
        back = back_to_list(request, section)
        way = section.delete_way(request.POST.get("way", ""))
        fault = _("Choose one of the ways.") if request.method == "POST" and not way else ""
        refused = refusal_to_delete(section, pk)
        if way and not refused:
            try:
                _delete(request, section, record, way, back)
                return HttpResponseRedirect(back)
            except NotAllowed as refusal:
                refused = refusal.message
        context = {
            **which_way(section, record, back),
            "fault": fault,
            "refused": refused,
            "instead": _instead(request, section, record) if refused else [],
            "section": section,
            "list_url": at_row(back, pk),
            "cancel_url": at_row(back, pk),
            "record_title": str(record),
            "record_url": with_back(reverse(section.url("view"), args=[pk]), list_before(request, section)),
        }
        return render(request, "backoffice/delete.html", context)

    return view


def _instead(request: HttpRequest, section: Section, record: Model) -> list[dict]:
    """What this person may do to a record that cannot be deleted."""
    names = {way.instead for way in section.delete_ways}
    offered = offered_to(section, record, request.user, list_before(request, section))
    return [one for one in offered if one["name"] in names]


def _delete(request: HttpRequest, section: Section, record: Model, way: DeleteWay, back: str) -> None:
    job = act(section, way.action, [record.pk], query=back.partition("?")[2], by=Actor.of(request))
    if job.changed:
        said = (way.said or _("%(name)s deleted.")) % {"name": record}
        messages.success(request, " ".join([said, *what_became(job)]), extra_tags=offer_of(request, job))
    else:
        messages.warning(request, _("Nothing was changed."))

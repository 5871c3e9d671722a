"""Deleting one record, in one of its ways: `/<slug>/<id>/delete/` (facts 2.7)."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..access.rights import needs
from ..lists.undo import Undo, offered
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..sections import Section
from .back import back_to_list
from .records import record_or_404


def delete_view(section: Section) -> Callable:
    """Asks which way, or whether where there is one only, saying with numbers what will happen, and does it."""

    @needs(section.right("view"), section.right("delete"))
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        record = record_or_404(section, pk, request.user)
        back = back_to_list(request, section)
        asked = request.POST.get("way", "") if request.method == "POST" else ""
        way = next((one for one in section.delete_ways if one.name == asked), None)
        refusal = next(
            (said for one in section.delete_ways if one.refusal and (said := one.refusal([pk]))), ""
        )
        if way is not None and not refusal:
            name = str(record)
            try:
                way.run(record, by=Actor.of(request))
            except NotAllowed as error:
                refusal = error.message
            else:
                undo = Undo(
                    section=section.slug,
                    action=way.undone_by,
                    ids=[pk],
                    hidden=True,
                    query=back.partition("?")[2],
                )
                said = (way.said or _("%(name)s deleted.")) % {"name": name}
                messages.success(request, said, extra_tags=offered(request, undo))
                return HttpResponseRedirect(back)
        ways = ways_shown(section, [pk])
        question = _("How shall %(name)s be deleted?") if len(ways) > 1 else _("Delete %(name)s for good?")
        context = {
            "section": section,
            "page_title": _("Delete %(name)s") % {"name": record},
            "question": question % {"name": record},
            "ways": ways,
            "kept": [("back", back)],
            "fault": _("Choose one of the ways.") if request.method == "POST" and way is None else "",
            "refused": refusal,
            "cancel_url": back,
        }
        return render(request, "backoffice/delete.html", context)

    return view


def ways_shown(section: Section, ids: list[int]) -> list[dict]:
    """The ways of deleting with what each will do; none is chosen beforehand, one click must not remove people."""
    return [
        {"name": way.name, "title": way.title, "chosen": False, "effects": effects}
        for way in section.delete_ways
        if (effects := way.foretell(ids))
    ]

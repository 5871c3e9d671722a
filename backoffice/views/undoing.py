"""Takes back what was just done to many: `/undo/`."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..access.rights import signed_in
from ..lists import bulk
from ..lists.page import ListPage
from ..lists.selection import rows_of
from ..lists.undo import forget, handed_back
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..sections import section_named


@signed_in
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Runs the opposite action that was offered, by the rights that its reader has now."""
    offer = handed_back(request)
    if offer is None:
        messages.error(
            request, _("This can no longer be undone here. The history of each record has its old values.")
        )
        return HttpResponseRedirect(reverse("home"))
    section = section_named(offer.section)
    action = bulk.action_named(section, offer.action)
    if not request.user.has_perms([section.right("view"), action.right]):
        raise PermissionDenied
    # Only those who are to be brought back are hidden: all other actions leave the hidden as they are.
    hidden = section.hidden is not None and offer.action == section.hidden.back
    rows = rows_of(section, offer.ids, request.user, hidden=hidden)
    choice = bulk.choice_of(action, ListPage(section, request.GET, request.user), offer.choice)
    choice = replace(choice, remembered=offer.remembered)
    try:
        changed = bulk.perform(section, action, rows, choice=choice, by=Actor.of(request))
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
    else:
        forget(request)
        messages.success(
            request,
            _("Undone: %(what)s") % {"what": bulk.counted(action.words.done, len(changed), choice.label)},
        )
    return HttpResponseRedirect(reverse(section.url()) + (f"?{offer.query}" if offer.query else ""))

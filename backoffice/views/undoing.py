"""Takes back what was just done to many: `/undo/`."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import bulk
from ..actors import Actor
from ..errors import NotAllowed
from ..rights import signed_in
from ..sections import section_named
from ..undo import opened


@signed_in
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Runs the opposite action that was offered, by the rights that its reader has now."""
    offer = opened(request)
    if offer is None:
        messages.error(
            request, _("This can no longer be undone here. The history of each record has its old values.")
        )
        return HttpResponseRedirect(reverse("home"))
    section = section_named(offer.section)
    action = bulk.action_named(section, offer.action)
    if not request.user.has_perms([section.right("view"), action.right]):
        raise PermissionDenied
    rows = bulk.rows_of(section, offer.ids, request.user, deleted=offer.deleted)
    choice = {"choice": offer.choice} if action.choices else {}
    try:
        changed = action.run(rows, by=Actor.of(request), **choice)
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, action.said(len(changed)))
    return HttpResponseRedirect(reverse(section.url()) + (f"?{offer.query}" if offer.query else ""))

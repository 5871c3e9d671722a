"""Groups to start from, added at a click: `/groups/presets/` (S2.10, S3.8, B15)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.access.rights import needs
from backoffice.records.actors import Actor

from ..rules.presets import PRESETS
from ..services import add_preset


@needs("groups.view_group", "groups.add_group")
@require_POST
def presets(request: HttpRequest) -> HttpResponse:
    """Adds the groups of one preset, those that are not there yet."""
    name = request.POST.get("preset", "")
    if name not in PRESETS:
        raise Http404
    made = add_preset(name, by=Actor.of(request))
    if made:
        messages.success(request, _("Added: %(names)s.") % {"names": ", ".join(map(str, made))})
    else:
        messages.info(request, _("These groups are there already."))
    return HttpResponseRedirect(reverse("groups_list"))

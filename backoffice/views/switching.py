"""One-click switches: POST `/<slug>/<id>/toggle/<field>/` (S0.8–S0.10, decision 9)."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..access.rights import needs
from ..access.verbs import right_of
from ..records.actors import Actor
from ..records.errors import Gone, NotAllowed
from ..records.required_fields import still_required
from ..screen.markup import fill
from ..sections import Section, Switch
from .back import back_to_list, page_before
from .errors import error_page
from .latest_switch import Switched, remember
from .records import record_or_404

VALUES = {"true": True, "false": False, "": None}


def toggle_view(section: Section) -> Callable:
    """The view of this section's switches; each asks for the right of its verb."""

    @needs(section.right("view"))
    @require_POST
    def view(request: HttpRequest, pk: str, field: str) -> HttpResponse:
        """Sets the field (`value=true|false`), or without a value turns it over; any other one changes nothing.

        JSON for the page's script, else back to the page with a message that says and offers the same (U33).
        """
        switch = section.switches[field]
        if not request.user.has_perm(right_of(switch.run)):
            raise PermissionDenied
        record = record_or_404(section, int(pk), request.user)
        # The address says it to who posts without one: the Undo of a message.
        value = request.POST.get("value", request.GET.get("value", ""))
        if value not in VALUES:
            return error_page(
                request,
                400,
                _("This request cannot be read"),
                _("A switch is set by “true” or “false”, nothing else. Nothing was changed."),
            )
        by_script, was = not request.accepts("text/html"), getattr(record, field)
        try:
            record = switch.run(record, field, VALUES[value], by=Actor.of(request))
        except NotAllowed as refusal:
            if by_script:
                status = 404 if isinstance(refusal, Gone) else 409
                return JsonResponse({"message": refusal.message}, status=status)
            messages.error(request, refusal.message)
            return HttpResponseRedirect(_from(request, section, pk))
        on = getattr(record, field)
        if on is not was:
            remember(request, Switched(section.slug, int(pk), field, on, timezone.now().isoformat()))
        said = str(switch.said[0 if on else 1]) % {"name": record}
        hint = _hint(switch, record) if on else still_required(section, [field])
        more = None
        if on and switch.more:
            name, title = switch.more
            more = {"url": reverse(name, args=[pk, field]), "title": str(title)}
        undo = {"url": request.path, "value": "false" if on else "true"}
        if not by_script:
            messages.success(
                request, _in_words(said, hint, more), extra_tags=f"{undo['url']}?value={undo['value']}"
            )
            return HttpResponseRedirect(_from(request, section, pk))
        return JsonResponse({"value": on, "message": said, "hint": hint, "more": more, "undo": undo})

    return view


def _hint(switch: Switch, record: Model) -> str:
    """What to bear in mind now that it is on."""
    return f"{switch.hint} {switch.doubt(record) if switch.doubt else ''}".strip()


def _in_words(said: str, hint: str, more: dict[str, str] | None) -> str:
    """What the script makes of the answer: what was done, what to bear in mind, and where to go on."""
    words = f"{said} {hint}".strip()
    return fill('{} <a href="{}">{}</a>', words, more["url"], more["title"]) if more else words


def _from(request: HttpRequest, section: Section, pk: str) -> str:
    page = request.POST.get("next", "")  # said by a page that shows rows of another section
    if page and url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return page
    view = reverse(section.url("view"), args=[pk])
    return page_before(request, view) or back_to_list(request, section)

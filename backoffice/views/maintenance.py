"""What may have got out of order, and what mends it at a click: `/maintenance/` (S2.20)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ..access.rights import HasRights, signed_in
from ..lists import bulk
from ..lists.bulk_jobs import action_named, choice_of
from ..lists.page import ListPage
from ..records.actors import Actor
from ..records.errors import NotAllowed
from ..screen.formats import labelled
from ..sections import (
    BulkAction,
    MaintenanceCheck,
    Menu,
    MenuPage,
    Section,
    maintenance_checks,
    register_page,
    section_named,
)
from .job_messages import say

register_page(
    MenuPage(
        menu=Menu(group="advanced", place=95, icon="wrench"),
        url="maintenance",
        title=gettext_lazy("Maintenance"),
    )
)


@signed_in
@require_safe
def maintenance(request: HttpRequest) -> HttpResponse:
    """Every check of the sections that this person may see: what was found first, what is in order below."""
    counters = None
    found, well = [], []
    for check in maintenance_checks():
        section = _section_of(check)
        if not request.user.has_perm(section.right("view")):
            continue
        page = ListPage(section, QueryDict(check.query), request.user, counters=counters)
        counters = page.counters
        if page.total:
            found.append(_found(check, section, page))
        else:
            well.append(labelled(check.of, check.well) if check.of else check.well)
    context = {"page_title": _("Maintenance"), "found": found, "well": well}
    return render(request, "backoffice/maintenance.html", context)


@signed_in
@require_POST
def fix(request: HttpRequest, name: str) -> HttpResponse:
    """Does what mends a check to all that it finds now: a few at once, many by the worker, with Undo."""
    check = next((one for one in maintenance_checks() if one.name == name), None)
    if check is None or not check.action:
        raise Http404
    section = _section_of(check)
    action = _action_of(check, section)
    if not _may(request.user, section, action):
        raise PermissionDenied
    page = ListPage(section, QueryDict(check.query), request.user)
    if keys := sorted(page.rows.values_list("pk", flat=True)):
        try:
            choice = choice_of(action, page, check.value)
            by = Actor.of(request)
            say(request, bulk.act(section, action, keys, choice=choice, query=page.query, by=by))
        except NotAllowed as refusal:
            messages.error(request, refusal.message)
    else:
        messages.info(request, check.well)
    return HttpResponseRedirect(reverse("maintenance"))


def _section_of(check: MaintenanceCheck) -> Section:
    section = section_named(check.section)
    assert section is not None, f"{check.name} checks a section that there is not"
    return section


def _action_of(check: MaintenanceCheck, section: Section) -> BulkAction:
    action = action_named(section, check.action)
    assert action is not None, f"{check.name} is mended by an action that there is not"
    return action


def _may(staff: HasRights, section: Section, action: BulkAction) -> bool:
    return staff.has_perms([section.right("view"), action.right])


def _found(check: MaintenanceCheck, section: Section, page: ListPage) -> dict:
    title = str(check.found % {"count": page.total, "n": page.total_text})
    may_fix = bool(check.action) and _may(page.staff, section, _action_of(check, section))
    return {
        "title": labelled(title, check.of) if check.of else title,
        "why": check.why,
        "icon": section.menu.icon,
        "url": page.url(),
        "fix": check.fix if may_fix else "",
        "fix_url": reverse("maintenance_fix", args=[check.name]) if may_fix else "",
    }

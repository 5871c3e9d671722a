"""What may have got out of order, and what mends it at a click: `/maintenance/` (S2.20)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
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
from ..screen import formats
from ..screen.links import link
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
from ..staff.models import StaffMember
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
    found, well = [], []
    for check in maintenance_checks():
        if not request.user.has_perm(_section_of(check).right("view")):
            continue
        if shown := _found(check, request.user):
            found.append(shown)
        else:
            well.append(formats.labelled(check.of, check.well) if check.of else check.well)
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
    rows = page.rows.values_list("pk", flat=True) if check.records is None else map(_key, check.records())
    if keys := sorted(rows):
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


def _found(check: MaintenanceCheck, staff: StaffMember) -> dict:
    """What a check found, as the page shows it; empty where all is well."""
    section = _section_of(check)
    if check.records is None:
        page = ListPage(section, QueryDict(check.query), staff)
        number, told, url, records = page.total, page.total_text, page.url(), []
    else:
        records = [{"title": str(one), "url": link(section.url("view"), one.pk)} for one in check.records()]
        number, told, url = len(records), formats.number(len(records)), ""
    if not number:
        return {}
    title = str(check.found % {"count": number, "n": told})
    may_fix = bool(check.action) and _may(staff, section, _action_of(check, section))
    return {
        "title": formats.labelled(title, check.of) if check.of else title,
        "why": check.why,
        "icon": section.menu.icon,
        "url": url,
        "records": records,
        "fix": check.fix if may_fix else "",
        "fix_url": reverse("maintenance_fix", args=[check.name]) if may_fix else "",
    }


def _key(record: Model) -> int:
    return record.pk

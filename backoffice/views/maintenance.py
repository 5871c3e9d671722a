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
from ..lists.bulk_jobs import action_named
from ..lists.page import ListPage
from ..lists.questions import question
from ..lists.selection import MOST_TICKED
from ..numbers import whole
from ..records.actors import Actor
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
from .bulk import carry_out

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
    """Does what mends a check, with Undo: to those whom the page named, or, of many, once its question was answered.

    Who is in order by now is left as they are (decisions 41 and 42).
    """
    check = next((one for one in maintenance_checks() if one.name == name), None)
    if check is None or not check.action:
        raise Http404
    section = _section_of(check)
    if not _may(request.user, section, _action_of(check, section)):
        raise PermissionDenied
    page, back = ListPage(section, QueryDict(check.query), request.user), reverse("maintenance")
    change = bulk.asked_for(page, check.action, _bound(check, page, request.POST))
    assert change is not None, f"{name} is mended by an action that its list has not"
    if not change.number:
        messages.info(request, _("Nothing is left to mend of what the page showed."))
    elif change.refusal:
        messages.error(request, change.refusal)
    elif change.must_ask:
        return render(request, *question(change, back, by=Actor.of(request)))
    else:
        carry_out(request, change)
    return HttpResponseRedirect(back)


def _bound(check: MaintenanceCheck, page: ListPage, posted: QueryDict) -> QueryDict:
    """What was posted, as a list's own form would say it: all that the check finds, or those named who still are."""
    data = QueryDict(mutable=True)
    data.update({name: posted[name] for name in ("sure", "job") if name in posted} | {"choice": check.value})
    if check.records is None and posted.get("all_matching") == "1":
        data.update({"all_matching": "1", "scope": page.query})
    else:
        named = [key for one in posted.getlist("selected") if (key := whole(one)) is not None]
        data.setlist("selected", map(str, _keys(check, page, among=named[:MOST_TICKED])))
    return data


def _keys(check: MaintenanceCheck, page: ListPage, *, among: list[int] | None = None) -> list[int]:
    """The numbers of those whom a check finds, of these alone where they are given."""
    if check.records is not None:
        found = [one.pk for one in check.records()]
        return [key for key in found if among is None or key in among]
    rows = page.rows if among is None else page.rows.filter(pk__among=among)
    return sorted(rows.values_list("pk", flat=True))


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
    page = ListPage(section, QueryDict(check.query), staff)
    records = check.records() if check.records else []
    number, told = (
        (len(records), formats.number(len(records))) if check.records else (page.total, page.total_text)
    )
    if not number:
        return {}
    title = str(check.found % {"count": number, "n": told})
    shown = {
        "title": formats.labelled(title, check.of) if check.of else title,
        "why": check.why,
        "icon": section.menu.icon,
        "url": "" if check.records else page.url(),
        "records": [{"title": str(one), "url": link(section.url("view"), one.pk)} for one in records],
    }
    if check.action and _may(staff, section, _action_of(check, section)):
        many = check.records is None and number > bulk.MOST_UNASKED
        named = [("all_matching", "1")] if many else [("selected", str(key)) for key in _keys(check, page)]
        shown |= {"fix": check.fix, "fix_url": reverse("maintenance_fix", args=[check.name]), "kept": named}
    return shown

"""Adding and removing members on a group's own page: `/groups/<id>/members/` (issue 9, points 6 and 11)."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from backoffice.access.rights import needs
from backoffice.forms.forms import told_by_form
from backoffice.lists.bulk import act
from backoffice.lists.bulk_jobs import action_named
from backoffice.numbers import whole
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.screen import formats
from backoffice.sections import Choice, section_named
from backoffice.views.back import at_row, back_to_list, kept_back, list_before, with_back
from backoffice.views.gone import keeps_typed
from backoffice.views.job_messages import say
from backoffice.views.records import record_or_404
from groups.models import Group

from ..forms.group_members import ADD, REMOVE, MembersForm
from ..models import Customer
from ..rights import SEGMENT
from ..sections.customers import CUSTOMERS
from ..services.pasted_people import MOST_LINES, Line, Said, read_pasted

_ACTIONS = {ADD: "add_to_group", REMOVE: "remove_from_group"}
MOST_CHOSEN = 5 * MOST_LINES


@needs("groups.view_group", "customers.view_customer", SEGMENT.name)
@require_http_methods(["GET", "HEAD", "POST"])
@told_by_form
@keeps_typed(lambda data, group: [MembersForm(data, today=timezone.localdate())])
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whom to add or remove; a pasted list is told line by line first, and then done exactly as it was ticked."""
    group = record_or_404(section_named("groups"), pk, request.user)
    if request.method != "POST":
        return _page(request, group, MembersForm(today=timezone.localdate()))
    form = MembersForm(request.POST, today=timezone.localdate())
    valid, typed = form.is_valid(), form.cleaned_data
    adding = typed.get("act") == ADD
    if not valid:
        # What was found before stays, with what was ticked.
        carrying = request.POST.get("do") == "carry_out" and typed.get("emails")
        return _page(
            request, group, form, _ticked(request, group, typed["emails"], adding) if carrying else None
        )
    if request.POST.get("do") == "carry_out" or not typed["emails"]:
        ids = _chosen(request) if typed["emails"] else []
        ids += [typed["customer"].pk] if typed["customer"] else []
        if ids:
            return _carry_out(request, group, typed["act"], sorted(set(ids)), typed["until"])
        form.add_error(None, _("Tick somebody, please."))
        if request.POST.get("do") == "carry_out":
            return _page(request, group, form, _ticked(request, group, typed["emails"], adding))
    return _page(request, group, form, read_pasted(typed["emails"], group, adding=adding))


def _ticked(request: HttpRequest, group: Group, entries: list[tuple[int, str]], adding: bool) -> list[Line]:
    """The pasted lines with those ticked who were ticked on the page, and nobody else."""
    lines, chosen = read_pasted(entries, group, adding=adding), set(_chosen(request))
    for line in lines:
        line.chosen = [one.pk for one in line.people if one.pk in chosen]
    return lines


def _chosen(request: HttpRequest) -> list[int]:
    """The ids that were ticked, of those who are here."""
    posted = (whole(one) for one in request.POST.getlist("chosen")[:MOST_CHOSEN])
    asked = [one for one in posted if one]
    return list(Customer.objects.here().filter(pk__among=asked).values_list("pk", flat=True))


def _carry_out(request: HttpRequest, group: Group, do: str, ids: list[int], until) -> HttpResponse:
    action = action_named(CUSTOMERS, _ACTIONS[do])
    assert action is not None
    value = f"{group.pk}@{until.isoformat()}" if until and do == ADD else str(group.pk)
    try:
        job = act(CUSTOMERS, action, ids, choice=Choice(value, group.local_name), by=Actor.of(request))
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
    else:
        say(request, job)
    return HttpResponseRedirect(_page_of(request, group))


def _page_of(request: HttpRequest, group: Group) -> str:
    return with_back(reverse("groups_view", args=[group.pk]), list_before(request, section_named("groups")))


def _page(
    request: HttpRequest, group: Group, form: MembersForm, lines: list[Line] | None = None
) -> HttpResponse:
    removing = form["act"].value() == REMOVE
    context = {
        "page_title": _("Members of %(group)s") % {"group": group},
        "section": section_named("groups"),
        "list_url": at_row(back_to_list(request, section_named("groups")), group.pk),
        "kept": kept_back(list_before(request, section_named("groups"))),
        "record_title": str(group),
        "record_url": _page_of(request, group),
        "cancel_url": _page_of(request, group),
        "form": form,
        "lines": [_line(one, removing) for one in lines or ()],
        "summary": _summary(lines) if lines else [],
        "has_chosen": any(one.people for one in lines or () if one.said is not Said.ALREADY),
        "removing": removing,
    }
    return render(request, "customers/group_members.html", context)


def _line(line: Line, removing: bool) -> dict:
    told = {
        Said.FOUND: _("Found"),
        Said.SEVERAL: _("Several with this address: choose"),
        Said.ALREADY: _("Not in the group") if removing else _("Already in the group"),
        Said.AGAIN: _("The same as line %(line)s") % {"line": formats.number(line.first)},
        Said.NOBODY: _("No customer found"),
        Said.NO_ADDRESS: _("Not an e-mail address"),
    }
    return {
        "number": formats.number(line.number),
        "text": line.text[:200],
        "told": told[line.said],
        "tone": {Said.FOUND: "good", Said.SEVERAL: "warn", Said.ALREADY: "", Said.AGAIN: ""}.get(
            line.said, "bad"
        ),
        "can_choose": line.said in (Said.FOUND, Said.SEVERAL),
        "people": [
            {
                "pk": one.pk,
                "id": str(one.pk),
                "name": one.name,
                "kind": _("Guest") if one.guest else _("Account"),
                "chosen": one.pk in line.chosen,
            }
            for one in line.people
        ],
    }


def _summary(lines: list[Line]) -> list[str]:
    """How many lines there are of each kind."""
    numbers = Counter(one.said for one in lines)
    found = numbers[Said.FOUND] + numbers[Said.SEVERAL]
    missing = numbers[Said.NOBODY] + numbers[Said.NO_ADDRESS]
    said = [
        (found, ngettext("%(n)s found", "%(n)s found", found)),
        (missing, ngettext("%(n)s not found", "%(n)s not found", missing)),
        (numbers[Said.AGAIN], ngettext("%(n)s double", "%(n)s doubles", numbers[Said.AGAIN])),
        (numbers[Said.ALREADY], ngettext("%(n)s unchanged", "%(n)s unchanged", numbers[Said.ALREADY])),
    ]
    return [words % {"n": formats.number(number)} for number, words in said if number]

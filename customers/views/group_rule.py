"""The rule of a group: `/groups/<id>/rule/`, its preview while it is typed, carrying it out and taking it away."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.access.rights import needs
from backoffice.database.counting import one_change
from backoffice.faults import sentence
from backoffice.forms.forms import told_by_form
from backoffice.lists.bulk import MOST_UNASKED, act
from backoffice.models import Job
from backoffice.numbers import whole
from backoffice.records.actors import Actor
from backoffice.records.errors import Conflict, NotAllowed
from backoffice.rules import Broken
from backoffice.screen import formats
from backoffice.sections import Choice, Section, section_named
from backoffice.views.back import at_row, back_to_list, kept_back, list_before, with_back
from backoffice.views.gone import keeps_typed
from backoffice.views.job_messages import say
from backoffice.views.records import record_or_404
from groups.models import Group
from groups.rules.filling import Rule

from .. import services
from ..forms.group_rule import RuleEditor
from ..forms.rule_words import Words
from ..models import Customer, Membership, MembershipOrigin
from ..sections import group_actions
from ..sections.customers import CUSTOMERS
from ..services.group_rules import to_be_moved
from ..services.rule_preview import Preview, Some, moved_by, people, preview
from ..services.rule_sql import rule_of

SHOWN = 10
_RIGHTS = ("groups.view_group", "groups.change_group", "customers.view_customer")


def _section() -> Section:
    section = section_named("groups")
    assert section is not None
    return section


def _group(request: HttpRequest, pk: int) -> Group:
    return record_or_404(_section(), pk, request.user)


@needs(*_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
@told_by_form
@keeps_typed(lambda data, group: RuleEditor(data).forms)
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the editor; `do` says what is asked: add or remove a condition, look at the preview, save.

    Nobody is moved whom the preview has not shown (decision 41): without one, or with another, it is shown first.
    """
    group = _group(request, pk)
    if request.method != "POST":
        stored, fault = _stored(group)
        return _page(
            request, group, RuleEditor(rule=stored), preview(group, stored) if stored else None, fault
        )
    editor, do = RuleEditor(request.POST), request.POST.get("do", "save")
    asked, _colon, what = do.partition(":")
    if asked in ("add", "remove"):
        editor.add(request.POST.get("kind", "")) if asked == "add" else editor.remove(what)
        return _page(request, group, editor, None, told=False)
    typed = editor.rule
    seen = _preview(group, editor, typed)
    if asked == "preview":
        editor.tell_wrong_values()
    if asked == "preview" and request.htmx:
        told = {"editor": editor, "errors": editor.errors, "typing": True}
        return render(request, "customers/_rule_preview.html", _shown(group, typed, seen) | told)
    if asked == "preview" or typed is None or seen is None:
        return _page(request, group, editor, seen, editor.fault)
    if not seen.is_empty and request.POST.get("seen") != seen.fingerprint:
        return _page(request, group, editor, seen, look_first=True)
    try:
        _save(request, group, typed)
    except (Conflict, NotAllowed) as refusal:
        fault = getattr(refusal, "message", "") or _("Somebody else has saved this group meanwhile.")
        group.refresh_from_db()
        return _page(request, group, editor, seen, fault)
    return HttpResponseRedirect(_page_of(request, group))


def _page_of(request: HttpRequest, group: Group) -> str:
    return with_back(reverse("groups_view", args=[group.pk]), list_before(request, _section()))


def _list_of(request: HttpRequest, group: Group) -> str:
    return at_row(back_to_list(request, _section()), group.pk)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    return kept_back(list_before(request, _section()))


def _preview(group: Group, editor: RuleEditor, typed: Rule | None) -> Preview | None:
    return preview(group, typed) if typed is not None else None


def _stored(group: Group) -> tuple[Rule | None, str]:
    """The rule that is stored, and why it cannot be carried out."""
    try:
        return rule_of(group), ""
    except Broken as fault:
        return None, sentence(fault)


def _save(request: HttpRequest, group: Group, typed: Rule) -> None:
    by, version = Actor.of(request), whole(request.POST.get("version", ""))
    with one_change():
        saved = services.save_rule(group, typed, by=by, version=version)
        job = _carried_out(saved, moved_by(to_be_moved(saved)), by)
    messages.success(request, _("The rule of “%(group)s” is saved.") % {"group": group})
    if job is not None:
        say(request, job)


def _carried_out(group: Group, ids: list[int], by: Actor) -> Job | None:
    """The job that has these customers follow the rule; None where there is nobody."""
    choice = Choice(str(group.pk), group.local_name)
    return act(CUSTOMERS, group_actions.FOLLOW, ids, choice=choice, by=by) if ids else None


def _page(
    request: HttpRequest,
    group: Group,
    editor: RuleEditor,
    seen: Preview | None,
    fault: str = "",
    *,
    told: bool = True,
    look_first: bool = False,
) -> HttpResponse:
    shown = _shown(group, editor.rule if seen else None, seen)
    if not told:
        editor.leave_untold()
    context = {
        "page_title": _("Automatic rule of %(group)s") % {"group": group},
        "section": _section(),
        "list_url": _list_of(request, group),
        "kept": _kept(request),
        "record_title": str(group),
        "record_url": _page_of(request, group),
        "group": group,
        "editor": editor,
        "errors": editor.errors,
        "fault": fault,
        "look_first": look_first,
        "cancel_url": _page_of(request, group),
        **shown,
    }
    return render(request, "customers/group_rule.html", context)


def _shown(group: Group, rule: Rule | None, seen: Preview | None) -> dict:
    """What the preview needs: each way with its number, and the first of them with their reasons."""
    if seen is None or rule is None:
        return {"preview": None}
    words, today = Words(), timezone.localdate()
    ways = [
        (_ways_words(seen.joining, _joining), seen.joining, True),
        (_ways_words(seen.leaving, _leaving), seen.leaving, False),
        *(
            (_ways_words(some, _tagging, words.tags.get(key, "")), some, True)
            for key, some in seen.tagging.items()
        ),
    ]
    first = [key for _title, some, _joins in ways for key in some.ids[:SHOWN]]
    named = Customer.objects.in_bulk(first)
    known = people(first)
    return {
        "preview": {
            "is_empty": seen.is_empty,
            "seen": seen.fingerprint,
            "ways": [
                {
                    "title": title,
                    "joins": joins,
                    "rows": [
                        {
                            "name": str(named[key]),
                            "url": reverse("customers_view", args=[key]),
                            "reason": words.reasons(rule, known[key], joins=joins, today=today)
                            if key in known
                            else "",
                        }
                        for key in some.ids[:SHOWN]
                        if key in named
                    ],
                    "more": formats.number(some.number - SHOWN) if some.number > SHOWN else "",
                }
                for title, some, joins in ways
                if some.ids or not seen.tagging or rule.fills
            ],
        }
    }


def _ways_words(some: Some, words: Callable[[int], str], tag: str = "") -> str:
    return words(some.number) % {"n": formats.number(some.number), "tag": tag}


def _joining(number: int) -> str:
    return ngettext("%(n)s would join", "%(n)s would join", number)


def _leaving(number: int) -> str:
    return ngettext("%(n)s would leave", "%(n)s would leave", number)


def _tagging(number: int) -> str:
    return ngettext("%(n)s would get the tag %(tag)s", "%(n)s would get the tag %(tag)s", number)


@needs(*_RIGHTS)
@require_POST
def apply_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Carries the stored rule out on all; asks first where that moves more than a few (decision 42)."""
    group = _group(request, pk)
    back = _page_of(request, group)
    try:
        asked = to_be_moved(group)
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
        return HttpResponseRedirect(back)
    ids, stored = moved_by(asked), rule_of(group)
    seen = preview(group, stored) if ids else None
    if seen and len(ids) > MOST_UNASKED and request.POST.get("seen") != seen.fingerprint:
        return _ask(request, group, seen, back)
    job = _carried_out(group, ids, Actor.of(request)) if stored else None
    if job is None:
        messages.info(request, _("Nobody has to join or leave “%(group)s”.") % {"group": group})
    else:
        say(request, job)
    return HttpResponseRedirect(back)


def _ask(request: HttpRequest, group: Group, seen: Preview, back: str) -> HttpResponse:
    words = Words()
    told = [_ways_words(seen.joining, _joining), _ways_words(seen.leaving, _leaving)]
    told += [_ways_words(some, _tagging, words.tags.get(key, "")) for key, some in seen.tagging.items()]
    context = {
        "page_title": _("Apply the rule of %(group)s") % {"group": group},
        "question": ", ".join(told),
        "kept": [("seen", seen.fingerprint), *_kept(request)],
        "action": {"title": _("Apply now"), "icon": "check"},
        "cancel_url": back,
        "section": _section(),
        "list_url": _list_of(request, group),
        "record_title": str(group),
        "record_url": back,
    }
    return render(request, "backoffice/ask.html", context)


_WAYS = ("leave", "stay")


@needs(*_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the rule away, once it is said what becomes of those whom it has put in: they leave, or stay by hand."""
    group = _group(request, pk)
    if group.rule is None:
        raise Http404
    back, way = _page_of(request, group), request.POST.get("way", "")
    theirs = Membership.objects.filter(group=pk, origin=MembershipOrigin.RULE)
    here = theirs.filter(customer__deleted=False).aggregate(number=Count("pk"), latest=Max("pk"))
    number, seen = here["number"], f"{here['number']}-{here['latest']}"
    is_as_named = request.POST.get("seen") == seen
    if request.method == "POST" and way in _WAYS and is_as_named:
        _remove(request, group, stay=way == "stay")
        return HttpResponseRedirect(back)
    leave = ngettext("%(n)s member leaves the group.", "%(n)s members leave the group.", number)
    stay = ngettext("%(n)s member stays.", "%(n)s members stay.", number)
    context = {
        "page_title": _("Remove the rule of %(group)s") % {"group": group},
        "question": _("What becomes of the members that the rule has added?"),
        "ways": [
            {
                "name": name,
                "title": title,
                "meant_for": meant_for,
                "effects": [said % {"n": formats.number(number)}],
            }
            for name, title, meant_for, said in (
                ("leave", _("They leave"), _("Members added by hand stay."), leave),
                ("stay", _("They stay"), _("As if somebody had added them by hand."), stay),
            )
        ],
        "fault": _("Choose one of the ways.") if request.method == "POST" and way not in _WAYS else "",
        "changed_meanwhile": _("The members have changed meanwhile. Nothing has been done yet.")
        if request.method == "POST" and way in _WAYS
        else "",
        "kept": [("seen", seen), *_kept(request)],
        "cancel_url": back,
        "section": _section(),
        "list_url": _list_of(request, group),
        "record_title": str(group),
        "record_url": back,
    }
    return render(request, "backoffice/delete.html", context)


def _remove(request: HttpRequest, group: Group, *, stay: bool) -> None:
    by = Actor.of(request)
    with one_change():
        theirs = Membership.objects.filter(
            group=group.pk, origin=MembershipOrigin.RULE, customer__deleted=False
        )
        ids = sorted(theirs.values_list("customer", flat=True))
        saved = services.save_rule(group, None, by=by)
        action = group_actions.STAY if stay else group_actions.FOLLOW
        choice = Choice(str(group.pk), group.local_name)
        job = act(CUSTOMERS, action, ids, choice=choice, by=by) if ids else None
    messages.success(request, _("“%(group)s” no longer has a rule.") % {"group": saved})
    if job is not None:
        say(request, job)

"""What is done to many records, while it goes on and afterwards: `/jobs/<id>/`, and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..access.rights import signed_in
from ..importing.page_jobs import IMPORT
from ..jobs import running
from ..lists.edits import ACTIONS, EDIT
from ..lists.undo import changed_since, may_undo, undo_action_of, undo_job, undoable, was_undone
from ..models import Job
from ..records.actors import Actor, Door
from ..records.errors import NotAllowed
from ..screen import formats
from ..sections import all_sections, section_named
from ..staff.models import StaffMember
from .back import at_row, page_before, pressed_on
from .job_messages import (
    STARTED,
    is_undoable,
    job_context,
    job_contexts,
    jobs_at_work,
    page_of,
    result_of_job,
    say,
    title_of,
)
from .latest_switch import ask_back

# So many blocks are looked through for records that were changed since; more would keep the page waiting.
BLOCKS_LOOKED_AT = 20
NAMED = 20
SHOWN = 50


@signed_in
@require_safe
def job_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, what came of it, and who had to be left alone."""
    job = _job_or_404(request, pk)
    if job.kind == IMPORT:
        return HttpResponseRedirect(page_of(job))
    context = {
        "job": job_context(job, request.user),
        "left": _named(job, _left(job), request.user),
        "page_title": title_of(job),
    }
    return render(request, "backoffice/jobs/job.html", context)


@signed_in
@require_safe
def own_jobs(request: HttpRequest) -> HttpResponse:
    """What this person has done to many, and what the server did by itself, latest first.

    To the frame of a page only what goes on.
    """
    if request.htmx:
        return render(request, "backoffice/jobs/_strip.html", {"jobs": jobs_at_work(request)})
    seen = [one.slug for one in all_sections() if request.user.has_perm(one.right("view"))]
    by_itself = Q(staff=None, door=Door.COMMAND, section__in=seen)
    own = Job.objects.filter(Q(staff=request.user) | by_itself).exclude(state=Job.State.ASKED)
    own = own.exclude(action__in=ACTIONS).exclude(kind=IMPORT)
    context = {
        "page_title": _("Bulk changes"),
        "own": job_contexts(list(own.select_related("staff").order_by("-pk")[:SHOWN]), request.user),
    }
    return render(request, "backoffice/jobs/list.html", context)


@signed_in
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a job out of the strip; it goes on all the same."""
    request.session[STARTED] = [key for key in request.session.get(STARTED, []) if key != pk]
    return HttpResponseRedirect(reverse("job", args=[pk]))


@signed_in
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends it after the block at hand; only who asked for it may."""
    job = _job_or_404(request, pk)
    if job.staff_id != request.user.pk:
        raise PermissionDenied
    running.cancel(job)
    return HttpResponseRedirect(reverse("job", args=[pk]))


@signed_in
@require_safe
def latest_undo(request: HttpRequest) -> HttpResponse:
    """The page that takes back the latest of what this person did: to many, by a form, or by a switch."""
    latest = undoable().filter(staff=request.user).order_by("-pk")[:NAMED]
    job = next((one for one in latest if may_undo(one, request.user)), None)
    if page := ask_back(request, unless_since=job.created_at if job else None):
        return page
    if job:
        return HttpResponseRedirect(reverse("job_undo", args=[job.pk]))
    messages.warning(request, _("There is nothing to undo."))
    return HttpResponseRedirect(reverse("home"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what taking it back will do, and does it."""
    job = Job.objects.filter(pk=pk).select_related("staff").first()
    if job is None or undo_action_of(job) is None:
        raise Http404
    if not may_undo(job, request.user):
        raise PermissionDenied
    if request.method == "POST":
        return _take_back(request, job)
    is_open, is_undone = is_undoable(job, request.user), was_undone(job)
    title = _("Undo: %(what)s") if is_open else _("Undone: %(what)s") if is_undone else "%(what)s"
    context = {
        "page_title": title % {"what": title_of(job)},
        "job": job_context(job, request.user),
        "changed": job.changed,
        "said": result_of_job(job),
        "is_open": is_open,
        "is_undone": is_undone,
        **_since(job, request.user),
    }
    return render(request, "backoffice/jobs/undo.html", context)


def _take_back(request: HttpRequest, job: Job) -> HttpResponse:
    try:
        done = undo_job(job, by=Actor.of(request))
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
        return HttpResponseRedirect(reverse("home"))
    say(request, done)
    if done.is_finished and _left(done):
        return HttpResponseRedirect(reverse("job", args=[done.pk]))
    list_url = job_context(done, request.user)["list_url"]
    if job.kind == EDIT:
        return HttpResponseRedirect(_page_of_record(request, job, list_url))
    return HttpResponseRedirect(pressed_on(request) or list_url)


def _page_of_record(request: HttpRequest, job: Job, list_url: str) -> str:
    """Of a form: the record's own page where Undo was pressed there, else its row in the list."""
    section, (key,) = section_named(job.section), job.blocks.get().ids
    if section is None:
        return reverse("home")
    pages = [reverse(section.url(page), args=[key]) for page in ("view", "edit", "history")]
    return page_before(request, *pages) or pressed_on(request) or at_row(list_url, key)


def _since(job: Job, staff: StaffMember) -> dict:
    """Who was changed since, as far as the page looks."""
    found: list[int] = []
    for block in job.blocks.all()[:BLOCKS_LOOKED_AT]:
        found += sorted(changed_since(job, block))
    whole = job.total <= BLOCKS_LOOKED_AT * running.BLOCK
    return {"since": _named(job, found, staff), "since_whole": whole}


def _left(job: Job) -> list[int]:
    return [key for ids in job.blocks.exclude(left=[]).values_list("left", flat=True) for key in ids]


def _named(job: Job, ids: list[int], staff: StaffMember) -> dict:
    """The first of these records by name, with links, and how many more there are.

    Who is hidden is named to who may see them; to everybody else they are gone (S11).
    """
    section = section_named(job.section)
    rows = section.rows().filter(pk__in=ids[:NAMED]) if section and ids else []
    found = {one.pk: one for one in rows if section and section.shows(one, staff)}
    return {
        "number": len(ids),
        "said": formats.number(len(ids)),
        "records": [
            {"name": str(found[key]), "url": reverse(section.url("view"), args=[key])}
            if section and key in found
            else {"name": _("number %(id)s, deleted") % {"id": key}, "url": ""}
            for key in ids[:NAMED]
        ],
        "more": max(0, len(ids) - NAMED),
    }


def _job_or_404(request: HttpRequest, pk: int) -> Job:
    """A job of this person's own, or any for who may see the activity."""
    job = Job.objects.filter(pk=pk).exclude(state=Job.State.ASKED).select_related("staff").first()
    if job is None or (
        job.staff_id != request.user.pk and not request.user.has_perm("backoffice.view_event")
    ):
        raise Http404
    return job

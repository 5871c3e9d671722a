"""What is said of a job: in a message when it is done at once, in the strip and on its page while it goes on."""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..importing.page_jobs import DRY_RUN, IMPORT
from ..jobs.heartbeat import DEAD_AFTER_SECONDS, last_seen
from ..lists.bulk_jobs import action_named, label_of, remembered_by, result_of, what_became, why_not_deleted
from ..lists.undo import UNDO, may_undo, undoable
from ..models import Event, Import, Job
from ..screen import formats
from ..sections import section_named
from ..staff.models import StaffMember

# Where the session keeps the numbers of the jobs that were given to the worker, the latest ones.
STARTED = "jobs"
MOST_KEPT = 5


def say_started(request: HttpRequest, job: Job) -> None:
    """Keep a job that goes on in sight, on every page."""
    if not job.is_finished:
        request.session[STARTED] = [*request.session.get(STARTED, []), job.pk][-MOST_KEPT:]


def say(request: HttpRequest, job: Job) -> None:
    """Tell whoever asked for it what came of a job, or that it goes on."""
    if not job.is_finished:
        say_started(request, job)
        return
    level = messages.SUCCESS if job.changed else messages.WARNING
    messages.add_message(request, level, result_of_job(job), extra_tags=offer_of(request, job))


def offer_of(request: HttpRequest, job: Job) -> str:
    """What a message about a job carries along: the address that its Undo posts to; "" where there is no way back."""
    return reverse("job_undo", args=[job.pk]) if is_undoable(job, request.user) else ""


def is_undoable(job: Job, staff: StaffMember) -> bool:
    """Whether this person can take it back now."""
    return may_undo(job, staff) and undoable().filter(pk=job.pk).exists()


def title_of(job: Job) -> str:
    """What is done, with what was chosen: "Add to a group: Wholesale"; of an import, with its file."""
    if job.kind == IMPORT:
        return formats.labelled(_("Dry run") if job.action == DRY_RUN else _("Import"), job.label)
    section = section_named(job.section)
    action = action_named(section, job.action) if section else None
    title, label = str(action.title) if action else job.action, label_of(job)
    return formats.labelled(title, label) if label else title


def result_of_job(job: Job) -> str:
    """What came of a job that has ended, what became of those deleted, and why some could not be."""
    said = _result(job, remembered_by([job])[job.pk])
    return " ".join([said, *what_became(job), *why_not_deleted(job)])


def _result(job: Job, remembered: list) -> str:
    if job.kind == IMPORT:
        return job.fault or _("Finished.")
    section = section_named(job.section)
    action = action_named(section, job.action) if section else None
    said = result_of(job, action, remembered) if action else job.fault
    return _("Undone: %(what)s") % {"what": said} if job.kind == UNDO and job.changed else said


def page_of(job: Job) -> str:
    """Where it is told how far a job is, and what came of it."""
    if job.kind == IMPORT:
        return reverse("import", args=[job.value])
    return reverse("job", args=[job.pk])


def job_context(job: Job, staff: StaffMember) -> dict:
    """A job as its page shows it."""
    (shown,) = job_contexts([job], staff)
    return shown | {"result": result_of_job(job)} if job.is_finished else shown


def job_contexts(jobs: Sequence[Job], staff: StaffMember) -> list[dict]:
    """Jobs as a list of them and the strip show them; the database is asked as often for one as for many."""
    finished = [job for job in jobs if job.is_finished]
    open_still = set(undoable().filter(pk__in=[job.pk for job in finished]).values_list("pk", flat=True))
    remembered = remembered_by(finished)
    idle = len(finished) < len(jobs) and nobody_works()
    return [
        _context(job, staff)
        | {
            "result": _result(job, remembered[job.pk]) if job.is_finished else "",
            "idle": not job.is_finished and idle,
            "undo_url": reverse("job_undo", args=[job.pk])
            if job.pk in open_still and may_undo(job, staff)
            else "",
        }
        for job in jobs
    ]


def _context(job: Job, staff: StaffMember) -> dict:
    section = section_named(job.section)
    return {
        "pk": job.pk,
        "title": title_of(job),
        "section": str(section.titles.many) if section else job.section,
        "who": job.staff.name if job.staff else _("System"),
        "mine": job.staff_id == staff.pk,
        "state": job.state,
        "is_finished": job.is_finished,
        "done": formats.number(job.done),
        "total": formats.number(job.total),
        "value": job.done,
        "max": max(1, job.total),
        "changed": formats.number(job.changed),
        "started": formats.minute(job.started_at or job.created_at),
        "pace": _pace(job),
        "cancel_asked": job.cancel_asked,
        "url": page_of(job),
        "list_url": reverse(section.url()) + (f"?{job.query}" if job.query else "") if section else "",
    }


def jobs_at_work(request: HttpRequest) -> dict:
    """The jobs that were given to the worker in this session as the strip shows them, and whether any goes on."""
    keys = request.session.get(STARTED, [])
    jobs = list(Job.objects.filter(pk__in=keys, staff=request.user).select_related("staff")) if keys else []
    shown = job_contexts(jobs, request.user) if jobs else []
    return {"shown": shown, "go_on": any(not job["is_finished"] for job in shown)}


def nobody_works() -> bool:
    """Whether no worker has been seen of late."""
    seen = last_seen()
    return seen is None or seen < timezone.now() - timedelta(seconds=DEAD_AFTER_SECONDS)


def _pace(job: Job) -> str:
    """How fast it goes, and how long it will take; "" while nobody can tell."""
    if job.is_finished or job.started_at is None or not job.done:
        return ""
    rate = job.done / max(0.1, (timezone.now() - job.started_at).total_seconds())
    seconds = round((job.total - job.done) / rate)
    left = (
        ngettext("about %(n)s second left", "about %(n)s seconds left", seconds)
        % {"n": formats.number(seconds)}
        if seconds < 90
        else ngettext("about %(n)s minute left", "about %(n)s minutes left", round(seconds / 60))
        % {"n": formats.number(round(seconds / 60))}
    )
    return _("%(rate)s per second, %(left)s") % {"rate": formats.number(round(rate)), "left": left}


def import_urls(events: list[Event]) -> dict[int, str]:
    """Where the imports of these events are told, as far as they are kept, by the number of the event."""
    told = {event.facts["imported"]: event.pk for event in events if "imported" in event.facts}
    kept = Import.objects.filter(pk__in=told).values_list("pk", flat=True) if told else []
    return {told[key]: reverse("import", args=[key]) for key in kept}


def undo_urls(events: list[Event], staff: StaffMember) -> dict[int, str]:
    """Where what these events tell can be taken back by this person, by the number of the event."""
    jobs = {event.facts["job"]: event.pk for event in events if "job" in event.facts}
    found = undoable().filter(pk__in=jobs) if jobs else []
    return {jobs[job.pk]: reverse("job_undo", args=[job.pk]) for job in found if may_undo(job, staff)}

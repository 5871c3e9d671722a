"""What is done to many records, while it goes on and afterwards: `/jobs/<id>/`, and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_http_methods, require_safe

from ..access.rights import signed_in
from ..jobs import running
from ..lists import taking_back
from ..models import Job
from ..records.actors import Actor
from .job_words import job_shown, result_of


@signed_in
@require_safe
def job_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, what came of it; its rows alone where the page asks again."""
    job = _job_or_404(request, pk)
    template = "backoffice/jobs/_progress.html" if request.htmx else "backoffice/jobs/job.html"
    return render(request, template, {"job": job_shown(job, request.user)})


@signed_in
@require_safe
def strip(request: HttpRequest) -> HttpResponse:
    """The line about what this person has under way, for the frame of every page."""
    return render(request, "backoffice/jobs/_strip.html", {"jobs_at_work": jobs_at_work(request)})


def jobs_at_work(request: HttpRequest) -> list[dict]:
    """The jobs that were started in this session and given to the worker, as the strip shows them."""
    keys = request.session.get(STARTED, [])
    return [job_shown(job, request.user) for job in Job.objects.filter(pk__in=keys)] if keys else []


@signed_in
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends it after the block at hand."""
    job = _job_or_404(request, pk)
    if job.staff_id != request.user.pk:
        raise PermissionDenied
    running.cancel(job)
    return HttpResponseRedirect(reverse("job", args=[pk]))

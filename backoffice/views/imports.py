"""Records from files: `/imports/`, choosing a file, looking at it, a dry run, the import, its report."""

import csv
import io
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..access.rights import HasRights, needs_any
from ..importing import page_jobs, uploads
from ..importing.forms import OptionsForm, UploadForm
from ..importing.look import look_again
from ..models import Import
from ..numbers import whole
from ..records.actors import Actor, Door
from ..records.errors import NotAllowed
from ..said import told
from ..screen import formats
from ..sections import Menu, MenuPage, Section, all_sections, register_page, section_named
from ..tables.csv_cells import guarded
from .job_messages import job_context, say_started

PER_PAGE = 50
_SECTIONS = [one for one in all_sections() if one.is_imported]
_RIGHTS = [one.right("import") for one in _SECTIONS]
may_import = needs_any(*_RIGHTS)

register_page(
    MenuPage(
        menu=Menu(group="advanced", place=10, icon="import"),
        url="imports",
        title=gettext_lazy("Imports"),
        right=_RIGHTS[0],
        or_rights=tuple(_RIGHTS[1:]),
    )
)


def takes_a_file(view: Callable) -> Callable:
    """Marks a view to which who has its right may send a file: more than strangers may send (middleware)."""
    view.takes_a_file = True
    return view


@may_import
@require_http_methods(["GET", "HEAD", "POST"])
@takes_a_file
def imports(request: HttpRequest) -> HttpResponse:
    """A file and what it contains are chosen here; below are the imports of before."""
    sections = sections_for(request.user)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        sections=sections,
        initial={"section": request.GET.get("section", "")},
    )
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(reverse("import", args=[_chosen(form, request).pk]))
    return render(request, "backoffice/imports/list.html", _list_context(request, form, sections))


def _chosen(form: UploadForm, request: HttpRequest) -> Import:
    """The import of the file that was sent, understood."""
    upload, section = form.cleaned_data["file"], section_named(form.cleaned_data["section"])
    assert section is not None
    imported = Import(section=section.slug, file=upload.name[:200], staff=request.user)
    uploads.keep(imported, upload.chunks(uploads.PIECE))
    with uploads.on_disk(imported) as path:
        look_again(imported, section, path)
    return imported


def sections_for(staff: HasRights) -> list[Section]:
    """The sections into which this person may import."""
    return [one for one in _SECTIONS if staff.has_perm(one.right("import"))]


def _list_context(request: HttpRequest, form: UploadForm, sections: list[Section]) -> dict[str, Any]:
    rows = Import.objects.filter(section__in=[one.slug for one in sections]).order_by("-pk")
    if before := whole(request.GET.get("before", "")):
        rows = rows.filter(pk__lt=before)
    found = list(
        rows.select_related("staff", "run", "dry_run")
        .defer("look")
        .annotate(fault=KT("look__fault"))[: PER_PAGE + 1]
    )
    return {
        "form": form,
        "megabytes": formats.number(settings.IMPORT_MEGABYTES),
        "rows": formats.number(settings.IMPORT_ROWS),
        "hours": uploads.KEPT_HOURS,
        "days": settings.JOB_DAYS,
        "past": [_past(one) for one in found[:PER_PAGE]],
        "older_url": f"?before={found[PER_PAGE - 1].pk}" if len(found) > PER_PAGE else "",
        "newer_url": reverse("imports") if before else "",
    }


def _past(imported: Import) -> dict[str, Any]:
    section = section_named(imported.section)
    return {
        "url": reverse("import", args=[imported.pk]),
        "file": imported.file,
        "when": formats.minute(imported.created_at),
        "who": _who(imported),
        "section": section.titles.many if section else imported.section,
        "result": result_of(imported),
    }


def _who(imported: Import) -> str:
    if imported.is_by_command:
        return _("Command line")
    return imported.staff.name if imported.staff else "–"


def _so_far(imported: Import) -> str:
    """Of an import by command without an end yet: it goes on, or its process was ended."""
    rows = imported.rows.count()
    sentence = ngettext("Not finished: %(n)s row is in.", "Not finished: %(n)s rows are in.", rows)
    return sentence % {"n": formats.number(rows)}


def result_of(imported: Any) -> str:
    """In a line how far an import is, or what came of it; `fault` is why the file cannot be imported."""
    job = imported.job
    if imported.is_by_command:
        return page_jobs.summary_of(imported, dry_run=False) or _so_far(imported)
    if job is None and (fault := imported.fault):
        return _("Cannot be imported: %(fault)s") % {"fault": fault.partition("\n")[0]}
    if job is None:
        return _("Not imported yet")
    if not job.is_finished:
        return _("Going on") if imported.run else _("Dry run going on")
    said = page_jobs.summary_of(imported, dry_run=imported.run is None)
    if job.state == job.State.CANCELLED:
        return f"{_('Canceled.')} {said}"
    return f"{job.fault} {said}" if job.fault else said


def of_import(view: Callable) -> Callable:
    """A view of one import: 404 where there is none, 403 for who may not import into its section."""

    @wraps(view)
    def looked_up(request: HttpRequest, pk: int) -> HttpResponse:
        rows = Import.objects.select_related("staff", "run__staff", "dry_run__staff")
        imported = get_object_or_404(rows, pk=pk)
        section = section_named(imported.section)
        if section is None:
            raise Http404
        if not request.user.has_perm(section.right("import")):
            raise PermissionDenied
        return view(request, imported, section)

    return looked_up


def by_who_chose_it(view: Callable) -> Callable:
    """What is done with a file, only who chose it may; nothing more once it is being imported."""

    @wraps(view)
    def checked(request: HttpRequest, imported: Import, section: Section) -> HttpResponse:
        if imported.staff_id != request.user.pk:
            raise PermissionDenied
        if imported.run_id or (imported.dry_run and not imported.dry_run.is_finished):
            messages.warning(request, _("This file is being imported, or was already."))
            return HttpResponseRedirect(_page_of(imported))
        return view(request, imported, section)

    return checked


@may_import
@require_safe
@of_import
def import_page(request: HttpRequest, imported: Import, section: Section) -> HttpResponse:
    """What the file was recognised as, and what each column is taken for; how far it is, and what came of it."""
    return render(request, "backoffice/imports/import.html", _import_context(request, imported, section))


def _import_context(
    request: HttpRequest, imported: Import, section: Section, form: OptionsForm | None = None
) -> dict[str, Any]:
    job, look = imported.job, imported.look
    has_file = imported.parts.exists()
    is_mine = imported.staff_id == request.user.pk
    is_open = is_mine and has_file and imported.run_id is None and (job is None or job.is_finished)
    context = {
        "page_title": imported.file,
        "imported": imported,
        "section": section,
        "who": _who(imported),
        "when": formats.minute(imported.created_at),
        "size": _size(imported.size),
        "look": look,
        "rows": formats.number(look.get("rows", 0)),
        "has_file": has_file,
        "so_far": _so_far(imported) if imported.is_by_command and not imported.figures else "",
        "is_open": is_open,
        "is_run": imported.run_id is not None or imported.is_by_command,
        "job": job and {**job_context(job, request.user), "url": _page_of(imported)},
        "page_url": _page_of(imported),
        "list_url": reverse(section.url()),
    }
    if is_open:
        only = look.get("mends", ()) if look.get("fault") else None
        context["form"] = form or OptionsForm(section=section, said=imported.options, only=only)
        context["hours"] = uploads.KEPT_HOURS
    if imported.figures and (imported.is_by_command or (job is not None and job.is_finished)):
        context |= _report(imported, section)
    return context


def _report(imported: Import, section: Section) -> dict[str, Any]:
    figures, dry_run = imported.figures, imported.run_id is None and not imported.is_by_command
    titles = (
        {
            "created": _("would be created"),
            "updated": _("would be updated"),
            "unchanged": _("would stay unchanged"),
            "refused": _("would be refused"),
        }
        if dry_run
        else {
            "created": _("created"),
            "updated": _("updated"),
            "unchanged": _("unchanged"),
            "refused": _("refused"),
        }
    )
    moved = figures["created"] + figures["updated"]
    has_all = figures["faults_count"] > 0 and page_jobs.keeps_faults(imported)
    rows_url = f"{reverse(section.url())}?{urlencode({'import': imported.pk})}"
    return {
        "figures": [{"title": title, "value": formats.number(figures[one])} for one, title in titles.items()],
        "remarks": [told(one) for one in figures["remarks"]],
        "faults": [
            dict(zip(("line", "column", "cell", "reason"), map(told, one), strict=False))
            for one in figures["faults"]
        ],
        "faults_said": formats.number(figures["faults_count"]),
        "faults_more": has_all and figures["faults_count"] > len(figures["faults"]),
        "report_url": reverse("import_report", args=[imported.pk]) if has_all else "",
        "rows_url": rows_url if moved and not dry_run else "",
        "rows_said": section.counted(moved),
    }


def _size(size: int) -> str:
    return _("%(n)s kB") % {"n": formats.number(-(-size // 1024))}


def _page_of(imported: Import) -> str:
    return reverse("import", args=[imported.pk])


@may_import
@require_POST
@of_import
@by_who_chose_it
def import_options(request: HttpRequest, imported: Import, section: Section) -> HttpResponse:
    """What is said of the file; it is looked at anew. `take` says in a click what one column is."""
    form = OptionsForm(request.POST, section=section)
    if not form.is_valid():
        return render(
            request, "backoffice/imports/import.html", _import_context(request, imported, section, form)
        )
    said = form.said
    if take := request.POST.get("take", ""):
        said["map"] = [*said.get("map", []), take[:400]]
    imported.options = said
    with uploads.on_disk(imported) as path:
        look_again(imported, section, path)
    return HttpResponseRedirect(_page_of(imported))


@may_import
@require_POST
@of_import
@by_who_chose_it
def import_start(request: HttpRequest, imported: Import, section: Section) -> HttpResponse:
    """Begins the dry run, or the import itself."""
    try:
        job = page_jobs.begin(
            imported, dry_run=request.POST.get("dry_run") == "1", by=Actor.of(request, Door.IMPORT)
        )
    except NotAllowed as refusal:
        messages.error(request, refusal.message)
    else:
        say_started(request, job)
    return HttpResponseRedirect(_page_of(imported))


@may_import
@require_POST
@of_import
@by_who_chose_it
def import_discard(request: HttpRequest, imported: Import, section: Section) -> HttpResponse:
    """Throws a file away that was not imported."""
    imported.delete()
    messages.success(request, _("%(file)s was discarded.") % {"file": imported.file})
    return HttpResponseRedirect(reverse("imports"))


@may_import
@require_safe
@of_import
def import_report(request: HttpRequest, imported: Import, section: Section) -> HttpResponse:
    """Every fault of the latest run as a CSV file: line, column, value, reason."""
    if not page_jobs.keeps_faults(imported):
        raise Http404
    name = f"import_{imported.pk}.csv"
    return StreamingHttpResponse(
        _report_lines(imported),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _report_lines(imported: Import) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([_("Line"), _("Column"), _("Value"), _("Reason")])
    for fault in page_jobs.faults_of(imported):
        said = (
            _("%(fault)s The cell is left out.") % {"fault": fault.reason} if fault.left_out else fault.reason
        )
        writer.writerow([fault.line, guarded(fault.column), guarded(fault.cell), said])
        if text.tell() > 65_536:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()

"""The page of one record: `/<slug>/<id>/`."""

from collections.abc import Callable

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from ..access.rights import needs
from ..lists.related import related_panel
from ..live.blocks import asking, following_on, seen_by
from ..live.versions import version_in, versions_of
from ..models import Counter
from ..records.default_panels import default_panels
from ..sections import Panel, Related, Section, with_added_panels
from .back import at_row, back_to_list, kept_back, list_before
from .panels import drawn_panels
from .record_actions import acts_of
from .records import record_or_404
from .steps import steps


def detail_view(section: Section) -> Callable:
    """The view page of this section: its heading and its panels, each asked for its own right."""

    @needs(section.right("view"))
    @require_safe
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        follow = following_on(section)
        record = record_or_404(section, pk, request.user, **versions_of(follow))
        back, counters = list_before(request, section), SimpleLazyObject(Counter.by_name)
        panels = drawn_panels(
            _panels_of(section, counters),
            request,
            record,
            fold=section.slug,
            record=record,
            section=section,
            kept=kept_back(back),
        )
        context = {
            "section": section,
            "page_title": str(record),
            "panels_head": panels["head"],
            "panels_left": panels["left"],
            "panels_right": panels["right"],
            "back_url": at_row(back_to_list(request, section), pk),
            **acts_of(section, record, request.user, back),
            "live": _live(request, section, record, follow, back),
            "steps": steps(request, section, record, back, counters) if back else None,
            **(section.page.heading(record, request.user) if section.page.heading else {}),
        }
        return render(request, "backoffice/view.html", context)

    return view


def _live(
    request: HttpRequest, section: Section, record: Model, follow: list[Panel], back: str
) -> dict | None:
    """How the page follows; None where no block of it does that this person may see."""
    versions = {one.name: version_in(record, one) for one in seen_by(follow, request.user)}
    if not versions:
        return None
    return asking(request, reverse(section.url("live"), args=[record.pk]), versions, back=back)


def _panels_of(section: Section, counters: dict[str, Counter]) -> list[Panel]:
    """Its blocks, and those that apps above have put there."""
    if section.custom:
        section = section.at(counters.get(section.custom.declared.counter, Counter()).version)
    declared = with_added_panels(section, section.page.panels or default_panels(section))
    return [
        related_panel(one, counters, on=section.slug) if isinstance(one, Related) else one for one in declared
    ]

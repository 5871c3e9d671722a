"""What a page asks every two seconds: `/live/`, `/<slug>/live/`, `/<slug>/<id>/live/`; 204 where nothing changed."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from ..access.rights import HasRights, needs, signed_in
from ..live.blocks import asking, following, following_on, seen_by
from ..live.lists import version_of_list
from ..live.memory import recall
from ..live.records import shown_now
from ..live.versions import VERSIONS, changed, digest, seen, version_in
from ..sections import Section, home_panels
from .back import kept_back, list_before
from .listing import list_view
from .panels import drawn_panels
from .polled import polled
from .record_actions import acts_of


def live_record_view(section: Section) -> Callable:
    """The blocks of a record's page that changed since it was shown, for who may see the record and them."""

    def versions_for(staff: HasRights, pk: int) -> dict[str, str] | None:
        record = shown_now(section, pk)
        if record is None or not section.shows(record, staff):
            return None
        return {one.name: version_in(record, one) for one in seen_by(following_on(section), staff)}

    def unchanged(staff: HasRights, asked: QueryDict, pk: int) -> bool:
        versions = versions_for(staff, pk)
        return versions is not None and not changed(versions, seen(asked))

    @polled(unchanged)
    @needs(section.right("view"))
    @require_safe
    @vary_on_headers("HX-Request")
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        versions = versions_for(request.user, pk)
        record = section.record(pk, request.user) if versions is not None else None
        if versions is None or record is None:
            return _gone(request)
        names = changed(versions, seen(request.GET))
        if not names:
            return HttpResponse(status=204)
        _without_versions(request)
        panels = [one for one in following_on(section) if one.name in names]
        back = list_before(request, section)
        context = {"record": record, "section": section, "kept": kept_back(back)}
        context |= acts_of(section, record, request.user, back)
        drawn = drawn_panels(panels, request, record, fold=section.slug, **context)
        return _answer(request, reverse(section.url("live"), args=[pk]), versions, drawn)

    return view


def versions_of_home(staff: HasRights) -> dict[str, str]:
    """The versions of the blocks of the home page that this person may see."""
    return {
        one.name: digest(recall(("home", one.name), one.version))
        for one in following(home_panels(staff))
        if one.version
    }


def _home_is_unchanged(staff: HasRights, asked: QueryDict) -> bool:
    return not changed(versions_of_home(staff), seen(asked))


@polled(_home_is_unchanged)
@signed_in
@require_safe
@vary_on_headers("HX-Request")
def live_home(request: HttpRequest) -> HttpResponse:
    """The blocks of the home page that changed."""
    versions = versions_of_home(request.user)
    names = changed(versions, seen(request.GET))
    if not names:
        return HttpResponse(status=204)
    _without_versions(request)
    panels = [one for one in following(home_panels(request.user)) if one.name in names]
    return _answer(request, reverse("home_live"), versions, drawn_panels(panels, request, fold="home"))


def live_list_view(section: Section) -> Callable:
    """The list as it is now, where its records changed since it was shown."""
    whole = list_view(section)

    def unchanged(_staff: HasRights, asked: QueryDict) -> bool:
        return not changed(version_of_list(section), seen(asked))

    @polled(unchanged)
    @needs(section.right("view"))
    @require_safe
    @vary_on_headers("HX-Request")
    def view(request: HttpRequest) -> HttpResponse:
        if unchanged(request.user, request.GET):
            return HttpResponse(status=204)
        _without_versions(request)
        return whole(request)

    return view


def _without_versions(request: HttpRequest) -> None:
    """Make the request what the page's own was, for blocks that ask it."""
    request.GET = request.GET.copy()
    request.GET.pop(VERSIONS, None)


def _answer(
    request: HttpRequest,
    url: str,
    versions: Mapping[str, str],
    drawn: Mapping[str, list],
) -> HttpResponse:
    news = {
        one["name"]: one["news"] or _("%(block)s: updated") % {"block": one["title"]}
        for side in drawn.values()
        for one in side
        if one["news"] is not None
    }
    context = {
        "panels_head": drawn["head"],
        "panels": [*drawn["left"], *drawn["right"]],
        "live": asking(request, url, versions, news),
    }
    return render(request, "backoffice/live/answer.html", context)


def _gone(request: HttpRequest) -> HttpResponse:
    """404, in words that the page can show where it stands."""
    said = _("This is not here any more: it was deleted. The page shows it as it was.")
    return render(request, "backoffice/live/gone.html", {"said": said}, status=404)

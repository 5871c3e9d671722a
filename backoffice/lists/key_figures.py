"""Key figures above a list, from a stored summary with its age (decision 39); never worked out while a page loads."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..models import Summary
from ..screen import formats
from ..screen.days import start_of
from ..screen.links import link
from ..sections import KeyFigures, Section
from ..tables.lookups import Lookup
from .page import ListPage
from .pictures import sparkline

WEEKS = 12


def _summaries() -> dict[str, Summary]:
    return Summary.objects.in_bulk()


SUMMARIES = Lookup(counter="backoffice.summary", read=_summaries)


def key_figures(section: Section, page: ListPage) -> dict:
    """Context for the figure strip: figures, whose, their age, and where to have them worked out again."""
    strip = section.key_figures
    if strip is None:
        return {}
    summary = SUMMARIES.now().get(section.slug)
    if summary is None:
        return {
            "key_figures": [_for(page, one) for one in _said(strip.draw({}, page))],
            "figures_of": section,
            "figures_age": _("not calculated yet"),
            "figures_refresh_url": link(section.url("figures")),
        }
    seconds = (timezone.now() - summary.computed_at).total_seconds()
    age = _("just now") if seconds < 60 else naturaltime(summary.computed_at)
    return {
        "key_figures": [_for(page, one) for one in _drawn(section.slug, strip, summary.figures, page)],
        "figures_of": section,
        "figures_age": age,
        "figures_refresh_url": link(section.url("figures")),
    }


def _for(page: ListPage, figure: dict) -> dict:
    """The figure for this person: it leads to rows of another section only who has its `right` to see them."""
    right = figure.get("right")
    return figure if not right or page.staff.has_perm(right) else {**figure, "url": ""}


_kept: dict[tuple, list] = {}


def _drawn(slug: str, strip: KeyFigures, figures: dict, page: ListPage) -> list[dict]:
    """The figures as the strip shows them, drawn once for all pages until they are worked out again."""
    key = slug, get_language(), str(figures)
    if key not in _kept:
        if len(_kept) > 50:
            _kept.clear()
        _kept[key] = _said(strip.draw(figures, page))
    return _kept[key]


def _said(figures: list[dict]) -> list[dict]:
    """The figures, each with all it says in one sentence: the tip, and the name of the link (U24)."""
    return [
        {
            **one,
            "said": ", ".join(filter(None, (formats.labelled(one["title"], one["value"]), one.get("note")))),
        }
        for one in figures
    ]


def store(name: str, figures: dict) -> None:
    """Keep freshly worked out figures."""
    Summary.objects.update_or_create(name=name, defaults={"figures": figures, "computed_at": timezone.now()})


def last_weeks() -> list[dt.date]:
    """The Mondays of the last twelve weeks, that of this week at the end, in the shop's time zone."""
    today = timezone.localdate()
    return [today - dt.timedelta(days=today.weekday(), weeks=back) for back in range(WEEKS - 1, -1, -1)]


def by_week(rows: QuerySet, moment: str, weeks: Iterable[dt.date]) -> list[QuerySet]:
    """The rows of each of these weeks, which begin on those days, by that field."""
    ends = [(start_of(week), start_of(week + dt.timedelta(days=7))) for week in weeks]
    return [rows.filter(**{f"{moment}__gte": first, f"{moment}__lt": last}) for first, last in ends]


def weekly_figure(title: str, numbers: Sequence[int], *, said: str, url: str) -> dict:
    """What the weeks come to, and how they went, told by a sentence about `numbers`; "–" where nothing is known."""
    if not numbers:
        return {"title": title, "value": "–", "url": url}
    told = said % {"numbers": ", ".join(map(str, numbers))}
    value = formats.number(sum(numbers))
    return {"title": title, "value": value, "url": url, "picture": sparkline(told, numbers)}

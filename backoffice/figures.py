"""Key figures above a list, from a stored summary with its age (decision 39); never worked out while a page loads."""

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from .links import link
from .lists import ListPage
from .models import Summary
from .sections import Section


def key_figures(section: Section, page: ListPage) -> dict:
    """Context for the figure strip: figures, their age, and where to have them worked out again."""
    if section.key_figures is None:
        return {}
    summary = Summary.objects.filter(name=section.slug).first()
    if summary is None:
        return {
            "key_figures": section.key_figures({}, page),
            "figures_age": _("not worked out yet"),
            "figures_refresh_url": link(section.url("figures")),
        }
    seconds = (timezone.now() - summary.computed_at).total_seconds()
    age = (
        _("just now")
        if seconds < 60
        else _("%(time)s ago") % {"time": timesince(summary.computed_at, depth=1)}
    )
    return {
        "key_figures": section.key_figures(summary.figures, page),
        "figures_age": age,
        "figures_refresh_url": link(section.url("figures")),
    }


def store(name: str, figures: dict) -> None:
    """Keep freshly worked out figures."""
    Summary.objects.update_or_create(name=name, defaults={"figures": figures, "computed_at": timezone.now()})

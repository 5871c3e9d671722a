"""How a file of customers is written: its names, dates, times and groups, as far as somebody said, or it shows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from backoffice.importing.asked import Asked
from backoffice.importing.cells import DATES
from backoffice.importing.columns import Layout
from backoffice.importing.reading import CsvFile
from backoffice.importing.survey import survey_of
from backoffice.sections import Section
from backoffice.sections.kinds import kind_of
from backoffice.sections.stored import stored

from .systems import system_of

_GROUPS = ("groups", "default_group")
_TIMES = ("registered_at", "last_visit_at")


@dataclass(frozen=True, kw_only=True)
class Written:
    """The order of its whole names (decision 46), those of its dates by field, its clock (decision 51), the fields of
    groups that hold names (I15); `sentences` tell what of that nobody said."""

    names: str = ""
    orders: Mapping[str, str] = field(default_factory=dict)
    zone: dt.tzinfo | None = None
    groups_are_names: frozenset[str] = frozenset()
    sentences: tuple[str, ...] = ()


def written_of(section: Section, file: CsvFile, layout: Layout, asked: Asked, names: str) -> Written:
    """What was asked for counts most, then what the columns show, then what the file's shop is known to do."""
    if layout.is_own:
        return Written(names=names, zone=asked.zone(), groups_are_names=frozenset(_GROUPS))
    system = system_of(file.header)
    dates = _dates(section, layout)
    survey = survey_of(file, layout, dates=() if asked.dates else dates, names=_GROUPS)
    times = any(one in layout.places for one in _TIMES)
    said = system.sentences(
        names="name" in layout.places and not names, times=times and not asked.time_zone
    ) + survey.sentences(layout)
    if asked.time_zone and times:
        said.insert(0, _("Times without a zone are read as those of %(zone)s.") % {"zone": asked.time_zone})
    return Written(
        names=names or system.names,
        orders={name: asked.dates or survey.order_of(name) for name in dates},
        zone=asked.zone() or Asked(time_zone=system.time_zone).zone(),
        groups_are_names=frozenset(survey.with_names),
        sentences=tuple(said),
    )


def _dates(section: Section, layout: Layout) -> list[str]:
    """The fields of dates that the file has."""
    places = ((one.name, stored(section.model, one)) for one in section.fields)
    return [
        name
        for name, place in places
        if place and name in layout.places and kind_of(place.model_field) in DATES
    ]

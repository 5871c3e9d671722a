"""Where a figure of a record's page explains itself."""

from django.db.models import Model

from ..access.rights import HasRights
from ..screen.links import link
from .explanation import explanation_named
from .section import section_named


def explained_at(slug: str, name: str, record: Model, staff: HasRights) -> str:
    """The address of that explanation for this person, "" where there is none or they may not see its rows."""
    section = section_named(slug)
    found = explanation_named(section, name) if section and name else None
    if section is None or found is None or (found.right and not staff.has_perm(found.right)):
        return ""
    if found.offered and not found.offered(record):
        return ""
    return link(section.url("explained"), record.pk, name)

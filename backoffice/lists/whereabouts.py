"""Whether a record stands on the page of the list that somebody comes back to, and what to say where it does not."""

import logging

from django.db import DatabaseError
from django.http import QueryDict
from django.utils.translation import gettext as _

from ..sections import Section
from ..staff.models import StaffMember
from .around import turn_to_asked
from .page import ListPage

log = logging.getLogger(__name__)


def word_of_absence(section: Section, query: str, staff: StaffMember, key: int) -> str:
    """Why the page of this query string has no row of that record (U11); "" where it has.

    Asked once the record is saved: where the database cannot tell in time, nothing is said.
    """
    page = ListPage(section, QueryDict(query), staff)
    try:
        turn_to_asked(page)
        if any(row["id"] == key for row in page.records):
            return ""
        if page.rows.filter(pk=key).exists():
            return _("It is on another page of the list now.")
    except DatabaseError:
        log.warning("Where record %s of %s stands could not be told", key, section.slug, exc_info=True)
        return ""
    return _("It no longer matches the filters of the list.")

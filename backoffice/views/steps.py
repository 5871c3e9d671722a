"""From record to record of the list one came from: the one before and the one after, on each record's page."""

import logging
from typing import Any

from django.db import DatabaseError
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from ..lists.around import around
from ..lists.page import ListPage
from ..models import Counter
from ..sections import Section
from .back import with_back, with_record

log = logging.getLogger(__name__)


def steps(
    request: HttpRequest, section: Section, record: Model, back: str, counters: dict[str, Counter]
) -> dict[str, Any] | None:
    """The ways to the neighbours of a record in the list of this address, with its filters and in its order; each
    keeps the way back. `absent` says so where the list no longer has the record itself.

    None where the database cannot tell in time: the page is there all the same.
    """
    page = ListPage(section, QueryDict(back.partition("?")[2]), request.user, counters=counters)
    try:
        found = around(page, record)
    except DatabaseError:
        log.warning(
            "The neighbours of record %s of %s could not be told", record.pk, section.slug, exc_info=True
        )
        return None

    def step(row: dict | None) -> dict[str, str]:
        if row is None:
            return {"url": "", "title": ""}
        url = reverse(section.url("view"), args=[row["id"]])
        return {"url": with_back(url, with_record(back, row["id"])), "title": page.label_of(row)}

    return {
        "before": step(found.before),
        "after": step(found.after),
        "absent": "" if found.here else _("It no longer matches the filters of the list."),
    }

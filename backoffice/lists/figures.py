"""Figures on pages that are no list: how many records of a section there are of a kind, each the way to their list."""

from functools import cached_property

from django.http import QueryDict

from ..models import Counter
from ..screen.links import link
from ..sections import Section
from ..staff.models import StaffMember
from .found import Found


class Figures:
    """The figures of one section for one member of staff, counted no further than a list counts (decision 13, U15)."""

    def __init__(self, section: Section, staff: StaffMember):
        self.section, self.staff = section, staff

    @cached_property
    def counters(self) -> dict[str, Counter]:
        """The stored counts of all lists, in one query."""
        return Counter.by_name()

    @property
    def whole(self) -> Counter:
        """How many records the section has."""
        return self.counters.get(self.section.counter) or Counter(name=self.section.counter)

    def listed(self, title: str, query: str) -> dict:
        """How many records the list shows for this query string, counted as it counts, and the way there."""
        found = Found(self.section, QueryDict(query), self.staff, counters=self.counters)
        return {"title": title, "value": found.total_text, "url": f"{link(self.section.url())}?{query}"}

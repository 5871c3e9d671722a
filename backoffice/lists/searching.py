"""The search of the whole back office: each section is asked in the ways it declares (S0.70–S0.77, facts 9.1)."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..models import Counter
from ..numbers import numbered
from ..sections import SearchScope, Section, all_sections
from ..staff.models import StaffMember
from .excerpt import Excerpt

EVERYWHERE = "everywhere"
ROWS = 20


@dataclass(frozen=True)
class Answer:
    """What one scope found: the sentence with their number, and the first of them."""

    section: Section
    said: str
    page: Excerpt


def scopes_of(rights: Collection[str]) -> list[tuple[Section, SearchScope]]:
    """The ways of searching that somebody with these rights has, by the sections they may see."""
    return [
        (section, scope)
        for section in all_sections()
        if section.right("view") in rights
        for scope in section.listing.search
    ]


class Search:
    """What `query` finds for this person in the scope of that name; an unknown one means everywhere."""

    def __init__(self, query: str, scope: str, staff: StaffMember):
        self.query, self.staff = query.strip(), staff
        self.scopes = scopes_of(staff.get_all_permissions())
        self.scope = scope if scope in {one.name for _section, one in self.scopes} else EVERYWHERE

    @cached_property
    def results(self) -> list[Answer]:
        """What each scope found that could look for this and found anything."""
        return [one for one in self._answers if not one.page.filter_errors and one.page.records]

    @property
    def fault(self) -> str:
        """Why the chosen scope could not look for what was typed; "" where it could."""
        if self.scope == EVERYWHERE:
            return ""
        return next(
            (
                fault
                for one in self._answers
                for faults in one.page.filter_errors.values()
                for fault in faults
            ),
            "",
        )

    @cached_property
    def by_number(self) -> tuple[Section, Any] | None:
        """The record whose number was typed, with its section."""
        number = numbered(self.query)
        if number is None:
            return None
        sections = (section for section, scope in self._scopes_asked if scope.by_number)
        found = ((section, section.record(number, self.staff)) for section in sections)
        return next(((section, record) for section, record in found if record), None)

    @property
    def _scopes_asked(self) -> list[tuple[Section, SearchScope]]:
        return [
            (section, scope)
            for section, scope in self.scopes
            if scope.name == self.scope or (self.scope == EVERYWHERE and scope.everywhere)
        ]

    @cached_property
    def _answers(self) -> list[Answer]:
        if not self.query:
            return []
        counters = Counter.by_name()
        return [self._answer(section, scope, counters) for section, scope in self._scopes_asked]

    def _answer(self, section: Section, scope: SearchScope, counters: dict[str, Counter]) -> Answer:
        page = Excerpt(
            section, {scope.by: self.query}, scope.columns, self.staff, counters=counters, rows=ROWS
        )
        said = scope.found % {"count": page.total, "n": page.total_text, "query": self.query}
        return Answer(section, said, page)

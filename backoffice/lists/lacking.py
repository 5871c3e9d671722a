"""Who lacks a value in a field: what requiring it would mean is seen before it is required (S0.18, decision 40)."""

from django.http import QueryDict

from ..sections import Field, Section
from ..staff.models import StaffMember
from .page import ListPage

# How lists are asked for who has nothing there: of a yes/no, of a value, of one of a small table.
_QUESTIONS = ("{name}=false", "{name}_is=none", "{name}=none")


def who_lacks(section: Section, field: Field, staff: StaffMember) -> ListPage | None:
    """The list of the records without it, None where no filter of the list tells them."""
    for question in _QUESTIONS:
        page = ListPage(section, QueryDict(question.format(name=field.name)), staff)
        if page.filterset.values:
            return page
    return None

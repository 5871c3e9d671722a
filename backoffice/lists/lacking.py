"""Who lacks a value in a field: what requiring it would mean is seen before it is required (S0.18, decision 40)."""

from django.forms import BooleanField
from django.http import QueryDict

from ..sections import Field, Section
from ..staff.models import StaffMember
from ..tables.filters import NONE, KeysFilter
from .page import ListPage

# The filter by which a section finds the records without a field that can be required, where it says so itself.
LACKING = "lacking"


def who_lacks(section: Section, field: Field, staff: StaffMember) -> ListPage | None:
    """The list of the records without it, None where no filter of the list tells them."""
    question = _question(section, field.name)
    return ListPage(section, QueryDict(question), staff) if question else None


def _question(section: Section, name: str) -> str:
    presence, one = f"{name}_is", section.filters.get(name)
    if LACKING in section.filters:
        return f"{LACKING}={name}"
    if presence in section.filters:
        return f"{presence}={NONE}"
    if isinstance(one, KeysFilter):
        return f"{name}={NONE}"
    return f"{name}=false" if one and isinstance(section.form_fields[name], BooleanField) else ""

"""The attributes of a customer that files give, by the declared fields."""

from functools import cache

from django.db.models import BooleanField, CharField, TextField

from backoffice.sections import section_named
from backoffice.sections.stored import stored

from ..models import Customer

_SPECIAL = frozenset(("id", "title", "sales_agent", "default_group", "guest", "registered_at", "password"))


@cache
def attributes() -> dict[str, str]:
    """The attributes of a customer that files give, by the declared field."""
    section = section_named("customers")
    found = {"title": "title_id", "sales_agent": "sales_agent_id"}
    for one in section.fields:
        place = stored(section.model, one)
        if place is None or place.before or one.name in _SPECIAL or not one.stands_at("files"):
            continue
        if not place.model_field.is_relation and not one.in_files.not_taken:
            found[one.name] = one.name
    return found


@cache
def texts() -> frozenset[str]:
    """Those of them that are texts."""
    return frozenset(
        name for name in attributes() if isinstance(Customer._meta.get_field(name), CharField | TextField)
    ) - {"language"}


@cache
def switches() -> frozenset[str]:
    """Those of them that are a yes or no."""
    return frozenset(
        name for name in attributes() if isinstance(Customer._meta.get_field(name), BooleanField)
    )

"""What staff made required of a customer, obeyed by the services as by every other door (S0.18, decision 40)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField

from backoffice.custom import is_custom, value_in
from backoffice.faults import as_validation_error
from backoffice.records.required_fields import required_in
from backoffice.rules import Broken
from backoffice.sections.kinds import Kind
from backoffice.tables.lookups import Tables

from ..models import Customer
from ..options import SECTION, customer_options
from ..queries import CUSTOM_FIELDS
from .custom_values import is_nothing


def refuse_missing(values: dict[str, Any], *, of: Customer | None) -> None:
    """ValidationError at each required field without a value: of a new customer (None) at every one that the shop asks
    for, of one who is there at what would be emptied. What was empty stays so (decision 5), and what was agreed to can
    always be taken back (D-13)."""
    required = required_in(SECTION)
    if not required:
        return
    kinds = {one.name: one.kind for one in Tables().look_in(CUSTOM_FIELDS)}
    asked = required - customer_options().not_asked
    faults = {}
    for name in (one for one in asked if not is_custom(one) or one in kinds):
        if not is_nothing(values.get(name)) or (of and name not in values):
            continue
        if is_custom(name):
            is_yes_no = kinds[name] is Kind.YES_NO
        else:
            is_yes_no = isinstance(Customer._meta.get_field(name), BooleanField)
        if of is None or not (is_yes_no or is_nothing(value_in(of, name))):
            faults[name] = as_validation_error(Broken("required_on" if is_yes_no else "required_here"))
    if faults:
        raise ValidationError(faults)

"""The form of a task: its customer is looked for, not picked from a list of a million."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.forms.days import DayField
from backoffice.forms.forms import SectionForm
from backoffice.numbers import whole
from backoffice.records.conflicts import without_theirs
from backoffice.screen import formats

from ..models import Customer
from ..queries import assignable, find_customers
from ..services.tasks import refuse_hour_without_day

MOST_SHOWN = 8
MOST_TYPED = 200
FIRST_DUE = dt.date(2000, 1, 1)
DAYS_AHEAD = 18_263  # fifty years


@dataclass(frozen=True)
class Picked:
    """What a picker posts: the customer that was chosen, and what was typed to find one."""

    chosen: str = ""
    typed: str = ""


@dataclass(frozen=True)
class FoundCustomers:
    """The customers to choose from for what was typed, whether there are more, and who is chosen."""

    people: list[Customer]
    more: bool
    chosen: int | None


def found_for(typed: str, chosen: int | None = None) -> FoundCustomers:
    """Whom to offer for what was typed; a single one is chosen already."""
    found = list(find_customers(typed[:MOST_TYPED])[: MOST_SHOWN + 1]) if typed else []
    if len(found) == 1:
        chosen = found[0].pk
    return FoundCustomers(found[:MOST_SHOWN], len(found) > MOST_SHOWN, chosen)


class CustomerPicker(forms.Widget):
    """A box to type a name, an e-mail address or an ID, and under it radio buttons of those who are found.

    With scripts they come while typing, without them once the form was sent; a single one needs no choice. `customer`
    posts the ID of the chosen one, `customer_search` what was typed.
    """

    template_name = "customers/customer_picker.html"

    def use_required_attribute(self, initial):
        return False

    def value_from_datadict(self, data, files, name):
        typed = str(data.get(f"{name}_search", "")).replace("\0", "")  # which no database takes
        return Picked(str(data.get(name, "")), typed.strip())

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}_search" not in data

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        picked = value if isinstance(value, Picked) else Picked("" if value is None else str(value))
        chosen = whole(picked.chosen)
        if picked.typed:
            found = found_for(picked.typed, chosen)
        else:
            known = list(Customer.objects.here().filter(pk=chosen)) if chosen else []
            found = FoundCustomers(known, False, chosen)
        context["widget"]["typed"] = picked.typed
        return {**context, "found": found}


class CustomerField(forms.ModelChoiceField):
    """One customer who is here."""

    widget = CustomerPicker
    default_error_messages = {
        "required": _("Choose a customer."),
        "invalid_choice": _("There is no such customer."),
        "nobody": _("No customer found for “%(typed)s”."),
        "several": _("Several customers found for “%(typed)s”: choose one."),
    }

    def to_python(self, value):
        picked = value if isinstance(value, Picked) else Picked(str(value or ""))
        if not picked.typed:
            return super().to_python(whole(picked.chosen) if picked.chosen else None) or self._none(picked)
        found = found_for(picked.typed, whole(picked.chosen))
        person = next((one for one in found.people if one.pk == found.chosen), None)
        if person is None:
            code = "several" if found.people else "nobody"
            raise forms.ValidationError(
                self.error_messages[code], code=code, params={"typed": picked.typed[:MOST_TYPED]}
            )
        return person

    def _none(self, picked: Picked) -> None:
        if picked.chosen:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")

    def in_words(self, key: int) -> str:
        """What the customer of that ID is called."""
        person = Customer.objects.filter(pk=key).first()
        return person.name if person else str(key)


def customer_field(**facts: Any) -> forms.Field:
    """The customer a task is for."""
    facts["queryset"] = Customer.objects.here()
    return CustomerField(**facts)


def due_day_field(**facts: Any) -> forms.Field:
    """The day by which it is to be done: the browser's calendar, within what anybody can mean."""
    return DayField(**facts, validators=[_refuse_far_day])


def _refuse_far_day(day: dt.date) -> None:
    """A slip of the year is no day to be reminded of."""
    last = timezone.localdate() + dt.timedelta(days=DAYS_AHEAD)
    if not FIRST_DUE <= day <= last:
        said = gettext("Choose a day between %(first)s and %(last)s.")
        raise forms.ValidationError(said % {"first": formats.day(FIRST_DUE), "last": formats.day(last)})


class TaskForm(SectionForm):
    """A new task is one's own until somebody else is chosen."""

    def initial_of_new(self):
        return {**super().initial_of_new(), "assignee": self.staff.pk if self.staff else None}

    def arrange(self) -> None:
        if self.record is not None:
            self.fields["assignee"].queryset = assignable(self.record.assignee_id)

    def clean(self):
        cleaned = super().clean()
        kept = without_theirs(cleaned, self.data)
        if {"due_on", "due_time"} <= kept.keys():
            self.ask(refuse_hour_without_day, kept["due_on"], kept["due_time"])
        return cleaned

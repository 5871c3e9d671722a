"""Days and times of day in one box each, chosen as the browser does; typed in the digits 0 to 9 alone (S8)."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..faults import as_validation_error
from ..rules import Broken, of_this_trade

DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y"]
CLOCK_FORMATS = ["%H:%M", "%H:%M:%S"]
_MINUTE = "%Y-%m-%dT%H:%M"
MINUTE_FORMATS = [_MINUTE, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d"]


def _in_our_digits(value: Any) -> bool:
    """Whether it is typed without the digits of other scripts, which Python takes (finding S8)."""
    return not isinstance(value, str) or value.isascii()


class DayField(forms.DateField):
    """A day; posted as 2026-11-05, or typed as our languages write it."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, "input_formats": DAY_FORMATS, **kwargs})

    def to_python(self, value):
        if not _in_our_digits(value):
            raise self._is_none(value)
        try:
            return super().to_python(value)
        except forms.ValidationError:
            raise self._is_none(value) from None

    @staticmethod
    def _is_none(value: Any) -> forms.ValidationError:
        return forms.ValidationError(
            gettext("“%(value)s” is not a date.") % {"value": str(value)[:50]}, code="invalid"
        )


def refuse_out_of_reach(when: dt.date) -> None:
    """ValidationError for a day or a moment of a year that no shop means."""
    try:
        of_this_trade(when)
    except Broken as fault:
        raise as_validation_error(fault) from None


class MinuteField(forms.DateTimeField):
    """A day and time to the minute, in the shop's time zone, chosen as the browser does."""

    default_error_messages = {"invalid": _("Write day and time like 2026-05-03 14:30.")}
    default_validators = [refuse_out_of_reach]

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(format=_MINUTE, attrs={"type": "datetime-local"})
        super().__init__(**{"widget": widget, "input_formats": MINUTE_FORMATS, **kwargs})

    def to_python(self, value):
        if not _in_our_digits(value):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class ClockField(forms.TimeField):
    """A time of day: 14:30."""

    default_error_messages = {"invalid": _("Write the time like 14:30.")}

    def __init__(self, **kwargs):
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(**{"widget": widget, "input_formats": CLOCK_FORMATS, **kwargs})

    def to_python(self, value):
        if not _in_our_digits(value):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

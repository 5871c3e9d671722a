"""Forms of sections: django's own forms, in named groups of fields, with the rules of the trade."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from ..custom import is_custom, value_in
from ..faults import LIMITS, SENTENCES, as_validation_error, doubt_about
from ..numbers import MOST_DIGITS, whole
from ..rules import Broken, line
from ..screen.markup import doubtful, fill
from ..tables.lookups import Tables
from ..texts import Text
from .custom import KeptChoiceField

# Under this name a page posts which of staff's own fields it showed.
CUSTOM = "custom"
_DOUBT = '<span class="field-doubt">{} {}</span> {}'


def told_by_form(view: Callable) -> Callable:
    """Marks a view whose posted values all go through a form, which tells a NUL byte at its field: nothing is lost."""
    view.told_by_form = True
    return view


class DayPartsWidget(forms.MultiWidget):
    """A day as three drop-downs, each with an empty choice "-" (S0.29); takes one ISO value as well."""

    template_name = "backoffice/widgets/date_parts.html"

    def __init__(self, attrs=None):
        year = timezone.localdate().year
        lists = {
            "day": [(day, day) for day in range(1, 32)],
            "month": list(MONTHS.items()),
            "year": [(one, one) for one in range(year, 1899, -1)],
        }
        titles = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        super().__init__(
            {
                part: forms.Select(choices=[("", "-"), *pairs], attrs={"aria-label": titles[part]})
                for part, pairs in lists.items()
            },
            attrs,
        )

    def get_context(self, name, value, attrs):
        parts = value if isinstance(value, list) else self.decompress(value)
        for widget, part in zip(self.widgets, parts, strict=True):
            # What is stored stays chosen, also where nobody would choose it today (decision 5).
            if part not in (None, "") and all(str(part) != str(one) for one, _title in widget.choices):
                widget.choices = [*widget.choices, (part, part)]
        return super().get_context(name, value, attrs)

    def decompress(self, value):
        if isinstance(value, str):
            parts = value.split("-")
            return [parts[2].lstrip("0"), parts[1].lstrip("0"), parts[0]] if len(parts) == 3 else ["", "", ""]
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def value_from_datadict(self, data, files, name):
        parts = super().value_from_datadict(data, files, name)
        if not any(parts) and data.get(name):
            return data[name]
        return parts

    def value_omitted_from_data(self, data, files, name):
        return name not in data and super().value_omitted_from_data(data, files, name)


class DayPartsField(forms.Field):
    """A day in three parts, all of them or none; or one ISO text in the field's own name (interface.md)."""

    widget = DayPartsWidget
    default_error_messages = {
        "incomplete": _("Choose day, month and year, or none of them."),
        "impossible": _("There is no such day."),
    }

    def to_python(self, value):
        if isinstance(value, dt.date) or not value:
            return value or None
        if isinstance(value, str):
            value = [*reversed(value.strip().split("-"))]
        parts = [str(part).strip() for part in value if part is not None]
        if not any(parts):
            return None
        if len(parts) != 3 or not all(parts):
            raise forms.ValidationError(self.error_messages["incomplete"], code="incomplete")
        try:
            day, month, year = (whole(part) or 0 for part in parts)
            return dt.date(year, month, day)
        except (ValueError, OverflowError):
            raise forms.ValidationError(self.error_messages["impossible"], code="impossible") from None

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except forms.ValidationError:
            return True


class GroupTable(forms.CheckboxSelectMultiple):
    """Check boxes in a table with ID and name and a box that ticks all (S0.35, S1.40)."""

    template_name = "backoffice/widgets/check_table.html"


class RecordsField(forms.ModelMultipleChoiceField):
    """Several records by id; a number that no database holds is no choice either."""

    def clean(self, value):
        for key in value or ():
            if len(str(key)) > MOST_DIGITS:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": str(key)[:50]},
                )
        return super().clean(value)


class LineField(forms.CharField):
    """A text of one line, tidied as it is read: where it has to hold something, that can be seen (finding V6)."""

    def __init__(self, *, rule: Callable[[str], str] = line, **kwargs):
        super().__init__(**kwargs)
        self.rule = rule

    def to_python(self, value):
        text = super().to_python(value)
        # A NUL byte is told by django's own validator.
        return text if "\0" in text else judged(self.rule, text)


def judged(rule: Callable[[Any], Any], value: Any) -> Any:
    """The value as the rule stores it; ValidationError with all that is wrong with it."""
    try:
        return rule(value)
    except Broken as fault:
        raise as_validation_error(fault) from None


class ShortSentences:
    """A form whose fields say their limits in the words of this house instead of Django's."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages = {**field.error_messages, **LIMITS}


def is_secret(field: forms.Field) -> bool:
    """Whether what is typed there is never shown again, anywhere."""
    return isinstance(field.widget, forms.PasswordInput)


def _stored_value(record: Model, name: str, field: forms.Field) -> Any:
    if is_secret(field):
        return ""
    if isinstance(field, RecordsField):
        return sorted(getattr(record, name).values_list("pk", flat=True))
    if is_custom(name):
        value = value_in(record, name)
        # "No" is not stored: nothing there is a box without a tick.
        return bool(value) if isinstance(field, forms.BooleanField) else value
    return getattr(record, record._meta.get_field(name).attname)


class SectionForm(ShortSentences, forms.Form):
    """A form of a section. `groups_of_fields` says in which named groups its fields stand.

    `record` is what is edited (None when adding), `required` the names staff made required, `tables` the small tables
    that the page has read from. A field keeps the value it had even where that breaks a rule (decision 5): only what
    was changed is judged.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    groups_of_fields: tuple[tuple[Any, tuple[str, ...]], ...] = ()
    names_in: dict[str, tuple[str, ...]] = {}
    rules: dict[str, Callable[[Any], Any]] = {}
    doubts: dict[str, Callable[[Any], Any]] = {}
    said_in: dict[str, Callable[[Any], Any]] = {}
    model: type[Model]
    # What the button is called that, without scripts, asks for other fields of the form; "" for none.
    again_title: Text = ""

    def __init__(
        self,
        data=None,
        *,
        record: Model | None = None,
        required=frozenset(),
        staff=None,
        initial=None,
        tables=None,
    ):
        self.record = record
        self.staff = staff
        self.tables = tables or Tables()
        start = self.initial_of(record) if record is not None else self.initial_of_new()
        super().__init__(data, initial={**start, **(initial or {})}, label_suffix="")
        if record is not None:
            self.fields["version"].initial = self.initial["version"] = record.version
        self._leave_out_what_was_not_shown()
        for name, one in self.fields.items():
            if isinstance(one, KeptChoiceField):
                one.keep(self.initial.get(name))
        self._speak_of_the_record()
        self.arrange()
        self.starred = frozenset(
            name for name in required if name in self.fields and not self.fields[name].disabled
        )
        for name in self.starred:
            # What was empty before the field was required may stay so (decision 5), and a consent that
            # was given can always be taken back (D-13).
            field = self.fields[name]
            is_yes_no = isinstance(field, forms.BooleanField)
            field.error_messages["required"] = SENTENCES["required_on" if is_yes_no else "required_here"]
            field.required = record is None or (not is_yes_no and self.initial.get(name) not in (None, ""))

    def _speak_of_the_record(self) -> None:
        """Fields that are called, explained and doubted otherwise in this record than in all."""
        self.doubts = dict(self.doubts)
        for name, said_in in self.said_in.items():
            said = said_in(self.record)
            self.fields[name].label, self.fields[name].help_text = said.label, said.help
            self.doubts[name] = said.doubt

    def asked_again(self) -> None:
        """Shown as it was typed, and judged by nobody yet: one of its own buttons asks for other fields."""
        self._errors = ErrorDict(renderer=self.renderer)

    @property
    def custom_names(self) -> str:
        """The fields on it that staff declared, for the page to post again under CUSTOM."""
        return " ".join(filter(is_custom, self.fields))

    def _leave_out_what_was_not_shown(self) -> None:
        """Fields that staff declared after the form was opened: nobody has seen them, so nobody has emptied them."""
        if self.is_bound and CUSTOM in self.data:
            shown = self.data[CUSTOM].split()
            for name in [name for name in self.fields if is_custom(name) and name not in shown]:
                del self.fields[name]

    def initial_of(self, record: Model) -> dict[str, Any]:
        """The form's values of a stored record; of secrets none."""
        return {name: _stored_value(record, name, field) for name, field in self._own_fields()}

    def initial_of_new(self) -> dict[str, Any]:
        """The form's values for a new record: what its model gives it."""
        return {name: self._default_of(name) for name, _field in self._own_fields()}

    def _own_fields(self) -> list[tuple[str, forms.Field]]:
        return [(name, field) for name, field in self.base_fields.items() if name != "version"]

    def _default_of(self, name: str) -> Any:
        found = next((one for one in self.model._meta.concrete_fields if one.name == name), None)
        return found.get_default() if found is not None and found.has_default() else None

    def arrange(self) -> None:
        """Take fields away or fill their choices, by options and rights; called once the form is built."""

    def put_beside(self, name: str, further: str, field: forms.Field) -> None:
        """A field of the form alone, right after that one: no value of the record, but what is `said` about it."""
        self.fields[further] = field
        self.groups_of_fields = tuple(
            (title, tuple(one for own in names for one in ((own, further) if own == name else (own,))))
            for title, names in self.groups_of_fields
        )

    def _clean_fields(self):
        super()._clean_fields()
        for name, rule in self.rules.items():
            if name in self.errors:
                self._tell_the_others(name, rule)
                continue
            value = self.cleaned_data.get(name)
            if value in (None, "") or (self.record is not None and value == self.initial.get(name)):
                continue
            try:
                self.cleaned_data[name] = rule(value)
            except Broken as fault:
                self.add_error(name, as_validation_error(fault))

    def _tell_the_others(self, name: str, rule: Callable[[Any], Any]) -> None:
        """Of a text that is too long already: what else is wrong with it, all at once (finding U30)."""
        if not self.has_error(name, "max_length"):
            return
        try:
            rule(self[name].data.strip())
        except Broken as fault:
            for one in fault.all:
                if one.code != "too_long":
                    self.add_error(name, as_validation_error(one))

    def clean(self):
        cleaned = super().clean()
        for name in [
            name for name, value in cleaned.items() if value in (None, "") and name in self.base_fields
        ]:
            # What may be left empty and always has a value gets its usual one; what may be unset stays empty.
            usual = self._default_of(name) if not self.base_fields[name].required else None
            if usual is not None and not self.model._meta.get_field(name).null:
                cleaned[name] = usual
        return cleaned

    def ask(self, rule: Callable[..., None], *args: Any, **kwargs: Any) -> None:
        """Tell what a rule of the service refuses together with all other faults; it asks once more when it saves.

        Not of a form that was opened before somebody else saved: there is something to choose first.
        """
        if self.record and self.cleaned_data.get("version") not in (None, self.record.version):
            return
        try:
            rule(*args, **kwargs)
        except forms.ValidationError as refused:
            self.add_error(None, refused)

    def fieldsets(self) -> list[dict]:
        """The groups of fields that have any, for the page; beside a field stands what looks wrong about its value."""
        for name, check in self.doubts.items():
            if name in self.fields and (doubt := doubt_about(self[name].value(), check)):
                self[name].help_text = fill(_DOUBT, doubtful("", doubt), doubt, self[name].help_text)
        sets = []
        for title, names in self.groups_of_fields:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                sets.append({"title": title, "fields": fields})
        return sets

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values a service gets."""
        own = self.base_fields.keys() - {"version"}
        return {name: value for name, value in self.cleaned_data.items() if name in own}

    @property
    def said(self) -> dict[str, Any]:
        """What the form says about the change beside the values: further keywords of the service, none by default.

        Its fields are put in by `arrange`, with `put_beside`.
        """
        return {}

"""The form of a group's rule: what it does, and conditions of which each is a small form of its own kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.database.folding import fold
from backoffice.faults import sentence
from backoffice.forms.days import DayField
from backoffice.forms.forms import LIMITS, ShortSentences
from backoffice.forms.numbers import AmountField, WholeField
from backoffice.numbers import whole
from backoffice.rules import Broken
from backoffice.texts import Text
from groups.rules import filling
from groups.rules.filling import OPS, Condition, Fact, Match, Op, Rule, checked

from ..models import Tag
from .rule_words import countries, op_title

_DAYS = (Op.LAST_DAYS, Op.NOT_LAST_DAYS)


class DaysField(WholeField):
    """A number of days."""

    unit = pgettext_lazy("unit", "days")


def _amount(**facts: Any) -> forms.Field:
    return AmountField(**facts, min_value=0, max_digits=16, decimal_places=2)


def _number(**facts: Any) -> forms.Field:
    return WholeField(**facts, min_value=0, max_value=filling.LARGEST_COUNT)


def _age(**facts: Any) -> forms.Field:
    return WholeField(**facts, min_value=0, max_value=filling.OLDEST)


def _days(**facts: Any) -> forms.Field:
    return DaysField(**facts, min_value=1, max_value=filling.MOST_DAYS)


def _countries(**facts: Any) -> forms.Field:
    widget = forms.SelectMultiple(attrs={"size": 6})
    return forms.MultipleChoiceField(**facts, choices=list(countries().items()), widget=widget)


def _tags(**facts: Any) -> forms.Field:
    return forms.TypedMultipleChoiceField(
        **facts, choices=tag_choices(), coerce=int, widget=forms.CheckboxSelectMultiple
    )


def _flag(**facts: Any) -> forms.Field:
    return forms.TypedChoiceField(
        **facts, choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda text: text == "yes"
    )


def tag_choices() -> list[tuple[int, str]]:
    """The tags as people sort them."""
    return sorted(Tag.objects.values_list("pk", "name"), key=lambda one: fold(one[1]))


@dataclass(frozen=True)
class Kind:
    """A kind of condition as the editor offers it: what it asks about, how, and the field of its value."""

    title: Text
    fact: Fact
    field: Callable[..., forms.Field]
    of_days: bool = False

    @property
    def ops(self) -> tuple[Op, ...]:
        """Its comparisons."""
        return tuple(one for one in OPS[self.fact] if (one in _DAYS) is self.of_days)


KINDS: dict[str, Kind] = {
    "total_spent": Kind(_("Sales"), Fact.TOTAL_SPENT, _amount),
    "orders_count": Kind(_("Number of orders"), Fact.ORDERS, _number),
    "registered_at": Kind(_("Registration date"), Fact.REGISTERED, DayField),
    "registered_days": Kind(_("Days since registration"), Fact.REGISTERED, _days, of_days=True),
    "last_visit": Kind(_("Last visit"), Fact.LAST_VISIT, DayField),
    "last_visit_days": Kind(_("Days since the last visit"), Fact.LAST_VISIT, _days, of_days=True),
    "country": Kind(_("Country"), Fact.COUNTRY, _countries),
    "tag": Kind(_("Tags"), Fact.TAG, _tags),
    "newsletter": Kind(_("Newsletter"), Fact.NEWSLETTER, _flag),
    "age": Kind(_("Age"), Fact.AGE, _age),
}


def _kind_of(condition: Condition) -> str:
    of_days = condition.op in _DAYS
    return next(name for name, one in KINDS.items() if one.fact is condition.fact and one.of_days is of_days)


class ConditionForm(ShortSentences, forms.Form):
    """One condition of a kind: how it compares, and with what."""

    def __init__(self, kind: str, place: int, data=None, *, condition: Condition | None = None):
        self.kind, self.name, self.place = KINDS[kind], kind, place
        super().__init__(data, prefix=f"c{place}", label_suffix="", initial=_initial(condition))
        choices = [(str(one), op_title(one)) for one in self.kind.ops]
        self.fields["op"] = forms.ChoiceField(choices=choices, label=self.kind.title)
        self.fields["value"] = self.kind.field(label=self.kind.title)
        self.fields["value"].error_messages |= LIMITS
        self.fields["value"].error_messages["required"] = _("Fill this in, or remove the condition.")

    @property
    def row(self) -> str:
        """What the page posts so that the condition is known again."""
        return f"{self.place}:{self.name}"

    def add_error(self, field, error):
        """What is wrong with a value names it: it may be told far from its box, as in the preview."""
        typed = self["value"].data if field == "value" else None
        if isinstance(typed, str) and typed.strip():
            said = error.messages if isinstance(error, forms.ValidationError) else [str(error)]
            facts = {"value": typed.strip()[:50]}
            error = [
                one if facts["value"] in one else gettext("“%(value)s”: %(error)s") % {**facts, "error": one}
                for one in said
            ]
        super().add_error(field, error)

    def clean(self):
        cleaned = super().clean()
        if {"op", "value"} <= cleaned.keys():
            try:
                self.condition = filling.condition(self.kind.fact, cleaned["op"], cleaned["value"])
            except Broken as fault:
                self.add_error("value", sentence(fault))
        return cleaned


def _initial(condition: Condition | None) -> dict[str, Any]:
    if condition is None:
        return {}
    value = condition.value
    if condition.fact is Fact.NEWSLETTER:
        value = "yes" if value else "no"
    return {"op": str(condition.op), "value": list(value) if isinstance(value, tuple) else value}


class EffectForm(ShortSentences, forms.Form):
    """How the conditions are combined, and what the rule does."""

    match = forms.ChoiceField(
        label=_("Who"),
        choices=[
            (Match.ALL.value, _("Customers who meet all conditions")),
            (Match.ANY.value, _("Customers who meet at least one condition")),
        ],
        widget=forms.RadioSelect,
    )
    fills = forms.BooleanField(
        label=_("Put them into this group"),
        help_text=_("Whoever no longer meets the rule leaves again; members added by hand stay."),
        required=False,
    )
    tags = forms.TypedMultipleChoiceField(
        label=_("Put tags on them"),
        help_text=_("Tags stay when somebody no longer meets the rule."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["tags"].choices = tag_choices()


class RuleEditor:
    """The whole form: bound to what was posted, or filled with a stored rule; a new one has no condition yet."""

    def __init__(self, data: Any = None, *, rule: Rule | None = None):
        self.data, self.stored, self.fault = data, rule, ""
        if data is not None:
            self.effect = EffectForm(data)
            rows = [one.partition(":") for one in data.getlist("row")[: filling.MOST_CONDITIONS + 1]]
            self.conditions = [
                ConditionForm(kind, number, data)
                for place, _colon, kind in rows
                if (number := whole(place, 4)) is not None and kind in KINDS
            ]
            return
        facts: Mapping[str, Any] = {"match": Match.ALL.value, "fills": True}
        if rule is not None:
            facts = {"match": rule.match.value, "fills": rule.fills, "tags": rule.tags}
        self.effect = EffectForm(initial=facts)
        self.conditions = [
            ConditionForm(_kind_of(one), place, condition=one)
            for place, one in enumerate(rule.conditions if rule else ())
        ]

    @property
    def forms(self) -> list[forms.Form]:
        """All of which it is made."""
        return [self.effect, *self.conditions]

    def add(self, kind: str) -> None:
        """One more condition of that kind, still to be filled in."""
        if kind in KINDS and len(self.conditions) < filling.MOST_CONDITIONS:
            place = max([one.place for one in self.conditions], default=-1) + 1
            self.conditions.append(ConditionForm(kind, place))

    def remove(self, place: str) -> None:
        """One condition less."""
        self.conditions = [one for one in self.conditions if str(one.place) != place]

    @cached_property
    def rule(self) -> Rule | None:
        """The rule that was typed, or is stored while nothing was.

        None where something is wrong with what was typed, which is told at its place or in `fault`.
        """
        if self.data is None:
            return self.stored
        good = [form.is_valid() for form in (self.effect, *self.conditions)]
        if not all(good):
            return None
        typed = self.effect.cleaned_data
        try:
            return checked(
                Rule(
                    match=Match(typed["match"]),
                    conditions=tuple(one.condition for one in self.conditions),
                    fills=typed["fills"],
                    tags=tuple(sorted(typed["tags"])),
                )
            )
        except Broken as fault:
            self.fault = sentence(fault)
            return None

    def tell_wrong_values(self) -> None:
        """Tell what is wrong with what was typed, and not what is still to be filled in."""
        for form in (self.effect, *self.conditions):
            if form.is_bound:
                for name in [name for name in form.errors if form.has_error(name, "required")]:
                    del form.errors[name]

    def leave_untold(self) -> None:
        """Tell nothing of what is still to be filled in, at no place."""
        for form in (self.effect, *self.conditions):
            form._errors = ErrorDict()

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """What is wrong, each with the label and the id of its field."""
        return [
            (
                str(field.label),
                f"{field.auto_id}_field" if field.use_fieldset else field.id_for_label,
                error,
            )
            for form in (self.effect, *self.conditions)
            if form.is_bound
            for field in form
            for error in field.errors
        ]

    @property
    def kinds(self) -> list[tuple[str, Text]]:
        """What can be added."""
        return [(name, one.title) for name, one in KINDS.items()]

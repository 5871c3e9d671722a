"""The form of a group's discounts by category."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.database.folding import fold
from backoffice.forms.forms import LIMITS, ShortSentences
from backoffice.forms.numbers import PercentField
from backoffice.screen import formats

from ..models import Category
from ..services.category_discounts import as_seen


class CategoryDiscountsForm(ShortSentences, forms.Form):
    """One box for each category; an empty one means that the general discount holds there.

    `seen` are the discounts that the page showed.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, discounts: dict[int, Decimal]):
        initial = {f"category_{key}": percent for key, percent in discounts.items()}
        initial["seen"] = as_seen(discounts)
        super().__init__(data, initial=initial, label_suffix="")
        for category in in_their_order():
            self.fields[f"category_{category.pk}"] = PercentField(
                label=category.path,
                required=False,
                min_value=0,
                max_value=100,
                decimal_places=2,
                max_digits=5,
            )
        for field in self.boxes.values():
            field.error_messages |= {**LIMITS, "min_value": _PERCENT, "max_value": _PERCENT}

    def beside(self, discounts: dict[int, Decimal]) -> "CategoryDiscountsForm":
        """The same form beside what somebody else has saved meanwhile: theirs where nothing else was typed."""
        data = self.data.copy()
        shown = dict(one.partition(":")[::2] for one in self.cleaned_data["seen"].split())
        for name in self.boxes:
            key, typed = name.removeprefix("category_"), self.cleaned_data[name]
            if shown.get(key, "") == ("" if typed is None else f"{typed:.2f}"):
                theirs = discounts.get(int(key))
                data[name] = "" if theirs is None else formats.typed(theirs, 2)
        data["seen"] = as_seen(discounts)
        return CategoryDiscountsForm(data, discounts=discounts)

    @property
    def boxes(self) -> dict[str, forms.Field]:
        """The fields that people fill in."""
        return {name: field for name, field in self.fields.items() if name != "seen"}

    @property
    def discounts(self) -> dict[int, Decimal]:
        """The discounts that were typed, by the category's number."""
        typed = ((int(name.partition("_")[2]), self.cleaned_data[name]) for name in self.boxes)
        return {key: value for key, value in typed if value is not None}


_PERCENT = _("A percentage from 0 to 100, please.")


def in_their_order() -> list[Category]:
    """All categories, each with its `path` of names, as people sort them."""
    known = {one.pk: one for one in Category.objects.all()}
    for one in known.values():
        names, place, seen = [one.local_name], one.parent_id, {one.pk}
        while place in known and place not in seen:
            seen.add(place)
            names.insert(0, known[place].local_name)
            place = known[place].parent_id
        one.path = " › ".join(names)
    return sorted(known.values(), key=lambda one: (fold(one.path), one.pk))

"""The form of a group's discounts by category."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.database.folding import fold
from backoffice.forms.forms import LIMITS, ShortSentences
from backoffice.forms.numbers import PercentField

from ..models import Category


class CategoryDiscountsForm(ShortSentences, forms.Form):
    """One box for each category; an empty one means that the general discount holds there."""

    def __init__(self, data=None, *, discounts: dict[int, Decimal]):
        initial = {f"category_{key}": percent for key, percent in discounts.items()}
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
        for field in self.fields.values():
            field.error_messages |= {**LIMITS, "min_value": _PERCENT, "max_value": _PERCENT}

    @property
    def discounts(self) -> dict[int, Decimal]:
        """The discounts that were typed, by the category's number."""
        typed = ((int(name.partition("_")[2]), value) for name, value in self.cleaned_data.items())
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

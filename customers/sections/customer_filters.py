"""The filters of customers that ask more than one stored value."""

from django.utils import timezone

from backoffice.forms.numbers import WholeField
from backoffice.tables.filters import NumberFilter

from ..rules import years_before


class AgeFilter(NumberFilter):
    """Age in whole years today in the shop's time zone: at least or `at_most` that many."""

    def __init__(self, label, *, at_most: bool, hint: str):
        super().__init__(label, field="birthday", hint=hint)
        self.at_most = at_most

    @property
    def field(self):
        return WholeField(required=False, min_value=0, max_value=200)

    def filter(self, rows, value):
        today = timezone.localdate()
        if self.at_most:
            return rows.filter(birthday__gt=years_before(today, value + 1))
        return rows.filter(birthday__lte=years_before(today, value))

"""The sentences for cells that mean nothing, or might mean two things."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_yes_or_no": _("Neither yes nor no: write 1 or 0."),
    "not_a_date": _("No date: write it like 1985-04-30."),
    "no_such_day": _("There is no such day or time."),
    "two_dates": _(
        "Two dates stick together, “%(first)s” and “%(second)s”: a delimiter is missing between them."
    ),
    "day_or_month": _("Is %(first)s the day or the month? Write the date like 1985-04-30."),
    "not_an_amount": _("No amount of money: write it like 191.20."),
    "thousand_or_fraction": _("A thousand or a fraction? Write the amount with two decimals, like 1234.00."),
    "negative": _("An amount is not less than nothing."),
    "not_a_number": _("No whole number."),
    "number_too_large": _("This number is too large."),
}

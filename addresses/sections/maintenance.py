"""Addresses that lack what the settings require by now (S2.20)."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.records.required_fields import required_in
from backoffice.sections import MaintenanceCheck, add_checks

from ..services import FILLABLE
from .addresses import ADDRESSES


def _checks() -> Iterator[MaintenanceCheck]:
    required = required_in(ADDRESSES.slug)
    for field in ADDRESSES.requirable:
        if field.name not in required:
            continue
        label = ADDRESSES.form_fields[field.name].label
        fillable = field.name in FILLABLE
        yield MaintenanceCheck(
            name=f"addresses_without_{field.name}",
            section=ADDRESSES.slug,
            query=f"lacking={field.name}",
            found=ngettext_lazy(
                "%(n)s address lacks what is required now",
                "%(n)s addresses lack what is required now",
                "count",
            ),
            well=_("no address lacks it."),
            of=label,
            why=_("What the customer gave elsewhere can be filled in; the others need a look.")
            if fillable
            else _("Only the customer knows it: ask, or fill it in here."),
            action="fill_in" if fillable else "",
            value=field.name if fillable else "",
            fix=_("Fill in from the customer"),
        )


add_checks(_checks)

"""The form of a voucher (S4.74; facts 1.10, 4.8)."""

from typing import Any

from django import forms
from django.utils import timezone

from backoffice.forms.forms import SectionForm
from backoffice.forms.numbers import AmountField, PercentField
from backoffice.records.conflicts import without_theirs
from customers.forms.tasks import CustomerField
from customers.models import Customer

from ..models import Voucher
from ..services.vouchers import new_code, refuse_misfits, uses_after


def percent_field(**facts: Any) -> forms.Field:
    """A percentage; what it may be the service says."""
    return PercentField(**{**facts, "min_value": None, "max_value": None})


def amount_field(**facts: Any) -> forms.Field:
    """An amount in the shop's currency."""
    return AmountField(**facts)


def customer_field(**facts: Any) -> forms.Field:
    """The one customer it is for, looked for by name, e-mail address or ID."""
    facts["queryset"] = Customer.objects.here()
    return CustomerField(**facts)


def code_field(**facts: Any) -> forms.Field:
    """One word; a new voucher comes with a code, and an emptied box gets another one."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "code"})
    return forms.CharField(**{**facts, "required": False}, widget=widget)


# The uses that were left when the form was opened.
USES_WERE = "quantity_was"


class VoucherForm(SectionForm):
    """Moments are typed to the minute: one that is left as it was keeps its seconds.

    A number of uses is changed by what was added to it or taken from it: what orders took meanwhile stays taken.
    """

    def initial_of_new(self):
        now = timezone.now().replace(second=0, microsecond=0)
        return {**super().initial_of_new(), "code": new_code(), "starts_at": now}

    def arrange(self):
        if self.record:
            self.fields[USES_WERE] = forms.IntegerField(
                required=False, widget=forms.HiddenInput, initial=self.record.quantity
            )
        # Nobody can choose who is hidden: whose voucher it is alone stays theirs (decisions 19 and 43).
        if self.record and self.record.customer and self.record.customer.is_hidden:
            del self.fields["customer"]

    @property
    def said(self) -> dict[str, Any]:
        return {"more_uses": self._more_uses} if self.record else {}

    def clean(self):
        cleaned = super().clean()
        for name in ("starts_at", "ends_at"):
            stored = getattr(self.record, name) if self.record else None
            if stored and cleaned.get(name) == stored.replace(second=0, microsecond=0):
                cleaned[name] = stored
        self._count_uses(cleaned)
        kept = without_theirs(cleaned, self.data)
        known = {
            name: value for name, value in kept.items() if name in self.base_fields and name != "version"
        }
        self.ask(refuse_misfits, known, self.record or Voucher(), unread=self.errors.keys())
        return cleaned

    def _count_uses(self, cleaned: dict[str, Any]) -> None:
        typed, was = cleaned.get("quantity"), cleaned.get(USES_WERE)
        self._more_uses = None if typed is None or was is None else typed - was
        if self.record and self._more_uses is not None:
            cleaned["quantity"] = uses_after(self.record.quantity, self._more_uses, typed=typed)

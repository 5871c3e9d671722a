"""What a voucher takes off, for whom it is, and how it stands today: columns, filters, facts (S4.74; facts 4.8)."""

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import doubtful, fill
from backoffice.tables.columns import DayColumn, NumberColumn, TextColumn
from backoffice.tables.filters import ChoiceFilter, NumberFilter
from backoffice.tables.pages import CellPage, CellSheet, Row
from customers.models import Customer
from customers.sections.customer_columns import CustomerColumn

from ..models import Voucher
from ..queries.vouchers import vouchers_for
from ..rules.voucher_codes import key_of
from ..rules.vouchers import Buyer, Conditions, refusal
from .text_filters import WordFilter


class CodeColumn(TextColumn):
    """The code, as it is printed and typed."""

    css = "text lead code"


class NamedCodeColumn(TextColumn):
    """The code, and under it what the voucher is called: in blocks of other pages."""

    css = "text lead"
    in_files = ("code", "name")

    def __init__(self, title, **kwargs):
        super().__init__(title, **{**kwargs, "reads": ("code", "name")})

    def draw(self, row: Row, page: CellPage) -> str:
        return fill('{}<br><span class="muted">{}</span>', row["code"], row["name"])


class TakenOffColumn(TextColumn):
    """What it takes off: a percentage, an amount, the shipping."""

    css = "text sub"

    def __init__(self, title, **kwargs):
        super().__init__(title, **{**kwargs, "reads": ("percent", "amount", "free_shipping")})

    def draw(self, row: Row, page: CellPage) -> str:
        return taken_off(row["percent"], row["amount"], row["free_shipping"])

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        parts = [f"{row['percent']}%" if row["percent"] is not None else ""]
        parts.append(f"{row['amount']} {settings.SHOP_CURRENCY}" if row["amount"] is not None else "")
        parts.append("free shipping" if row["free_shipping"] else "")
        return ", ".join(filter(None, parts))


class ForWhomColumn(CustomerColumn):
    """The customer, group or tag whose it is alone, each the way there; else everybody."""

    css = "text sub"

    def __init__(self, title, **kwargs):
        super().__init__(title, **kwargs)
        self.reads += ("group_id", "tag_id")

    def draw(self, row: Row, page: CellPage) -> str:
        found = [super().draw(row, page)] if row["customer_id"] else []
        for slug, key in (("groups", row["group_id"]), ("tags", row["tag_id"])):
            if key in (known := page.lookup(slug)):
                found.append(fill('<a href="{}">{}</a>', link(f"{slug}_view", key), known[key]))
        return listed(found) if found else fill('<span class="muted">{}</span>', _("Everybody"))

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        names = [
            sheet.lookup(slug).get(row[key]) for slug, key in (("groups", "group_id"), ("tags", "tag_id"))
        ]
        return ", ".join(filter(None, [super().in_file(row, sheet), *(one.name for one in names if one)]))


def listed(parts: list[str]) -> SafeString:
    """Names or links, one after the other."""
    return fill(", ".join(["{}"] * len(parts)), *parts)


class LeftColumn(NumberColumn):
    """How many uses are left in all, with a mark where none is; any number where nobody said."""

    def draw(self, row: Row, page: CellPage) -> str:
        left = row[self.field]
        if left is None:
            return _("any")
        return formats.number(left) if left else doubtful(formats.number(left), STATES["used_up"])


class EndColumn(DayColumn):
    """The last day on which it may be used, with a mark where that is over; an empty cell where it never ends.

    One that ends at midnight says so: its last day is the one before.
    """

    def draw(self, row: Row, page: CellPage) -> str:
        end = row[self.field]
        return doubtful(told_end(end), STATES["over"]) if end and end <= timezone.now() else told_end(end)


def told_end(end: dt.datetime | None) -> str:
    """The last day of a voucher; the moment of one that ends at midnight."""
    at_midnight = end and timezone.localtime(end).time() == dt.time.min
    return formats.minute(end) if at_midnight else formats.day(end)


def taken_off(percent: Decimal | None, amount: Decimal | None, free_shipping: bool) -> str:
    """What a voucher takes off, in words."""
    parts = []
    if percent is not None:
        parts.append(formats.percent(percent / 100, places=2))
    if amount is not None:
        parts.append(formats.shop_money(amount))
    if free_shipping:
        parts.append(_("Free shipping"))
    return ", ".join(parts)


class VoucherSearch(WordFilter):
    """The code or the name contains it; case and accents do not count."""

    input_type = "search"

    @property
    def placeholder(self):
        return _("Code or name")


class CodeFilter(WordFilter):
    """The code contains it; capitals do not count."""

    def filter(self, rows, value):
        return super().filter(rows, value).filter(code_key__contains=key_of(value))


class AvailableFilter(NumberFilter):
    """Those that the customer of this number can use though not everybody can."""

    by_link = True

    def filter(self, rows, value):
        return rows.filter(pk__in=vouchers_for(value).values("pk"))

    def says(self, value, page):
        customer = Customer.objects.here().filter(pk=value).first()
        return f"{customer.name} ({formats.labelled('ID', value)})" if customer else str(value)


STATES = {
    "usable": pgettext_lazy("voucher", "Valid"),
    "early": pgettext_lazy("voucher", "Not valid yet"),
    "over": pgettext_lazy("voucher", "Expired"),
    "used_up": pgettext_lazy("voucher", "Used up"),
    "disabled": pgettext_lazy("voucher", "Disabled"),
}
_STATE_BY_REFUSAL = {
    "": "usable",
    "voucher_too_early": "early",
    "voucher_over": "over",
    "voucher_used_up": "used_up",
    "voucher_unknown": "disabled",
}
TONES = {"usable": "good", "early": "accent", "over": "warn", "used_up": "warn", "disabled": "bad"}


def state_of(voucher: Voucher) -> str:
    """How it stands now, one of STATES: what carts answer whoever it is for (facts 1.10)."""
    conditions = Conditions(
        active=voucher.active, starts_at=voucher.starts_at, ends_at=voucher.ends_at, left=voucher.quantity
    )
    return _STATE_BY_REFUSAL[refusal(conditions, Buyer(), now=timezone.now())]


class StateFilter(ChoiceFilter):
    """How vouchers stand now."""

    def __init__(self, label):
        super().__init__(label, choices=list(STATES.items()))

    def filter(self, rows, value):
        now = timezone.now()
        if value == "disabled":
            return rows.filter(active=False)
        rows = rows.filter(active=True)
        if value == "early":
            return rows.filter(starts_at__gt=now)
        if value == "over":
            return rows.filter(starts_at__lte=now, ends_at__lte=now)
        rows = rows.valid_at(now)
        return rows.filter(quantity=0) if value == "used_up" else rows.exclude(quantity=0)

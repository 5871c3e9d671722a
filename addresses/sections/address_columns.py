"""The columns of the addresses list that show more than one stored value (S1.61, S1.72, S4.81)."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from backoffice.screen.markup import fill, fill_each
from backoffice.tables.columns import CutColumn, LookupColumn, TextColumn, nothing
from backoffice.tables.pages import CellPage, CellSheet, Row
from customers.sections.customer_columns import CustomerColumn

from ..rules.phones import told

PHONES = ("phone", "phone_mobile")


class OwnerColumn(CustomerColumn):
    """Whose an address is; a file that has everything says it by e-mail address, by which they are found again."""

    def __init__(self, title, **kwargs):
        super().__init__(title, in_full=_("Customer e-mail"), **kwargs)
        self.reads = (*self.reads, "customer__email")

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        if sheet.has_all_columns and not row["customer__deleted"]:
            return row["customer__email"]
        return super().in_file(row, sheet)


class StreetColumn(TextColumn):
    """Both address lines as one."""

    in_all = ("address1", "address2")

    def draw(self, row: Row, page: CellPage) -> str:
        return _street(row) or nothing()

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return _street(row)


class CountryColumn(LookupColumn):
    """The country in the reader's language; files have its code, which every language reads back."""

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return row[self.field]


class PersonColumn(TextColumn):
    """Who lives there: first name, then last name."""

    in_files = ("first_name", "last_name")

    def draw(self, row: Row, page: CellPage) -> str:
        return f"{row['first_name']} {row['last_name']}".strip() or nothing()


class PlaceColumn(TextColumn):
    """The whole address in one line (S1.61)."""

    in_files = ("address", "postcode", "city", "country")
    in_all = (*StreetColumn.in_all, "postcode", "city", "country")

    def draw(self, row: Row, page: CellPage) -> str:
        country = page.lookup("countries").get(row["country_id"], row["country_id"])
        return f"{_street(row)} {row['postcode']} {row['city']}, {country}".replace("  ", " ")


class PhoneColumn(CutColumn):
    """A telephone number as people of its country read it; dialled from anywhere at a touch."""

    may_lead = False

    def draw(self, row: Row, page: CellPage) -> str:
        return _dialled(row, self.field) or nothing()


class PhonesColumn(TextColumn):
    """Both telephone numbers, one under the other (S1.60, S4.81)."""

    in_files = PHONES
    may_lead = False

    def draw(self, row: Row, page: CellPage) -> str:
        numbers = [(drawn,) for name in PHONES if (drawn := _dialled(row, name))]
        return fill_each("<div>{}</div>", numbers) if numbers else nothing()


def phone_link(text: str, e164: str, country: str) -> str:
    """A number that a telephone dials at a touch; as plain text where it is none."""
    shown = told(text, e164, country)
    return fill('<a href="tel:{}">{}</a>', e164, shown) if e164 else shown


def _dialled(row: Row, name: str) -> str:
    return phone_link(row[name], row[f"{name}_e164"], row["country_id"])


def _street(row: Row) -> str:
    return f"{row['address1']} {row['address2']}".strip()


STREET = ("address1", "address2")
ADDRESS = partial(StreetColumn, reads=STREET, sorts="address_key", ties=("id",), css="text sub")
NAME = partial(
    PersonColumn, reads=("first_name", "last_name"), sorts="last_name_key", ties=("id",), css="text lead"
)
PLACE = partial(
    PlaceColumn,
    in_full=_("The whole address in one line"),
    reads=(*STREET, "postcode", "city", "country_id"),
    sorts="address_key",
    ties=("id",),
    css="text sub",
)


def phone_column(title: Any, **facts: Any) -> PhoneColumn:
    """The column of one number."""
    (name,) = facts["reads"]
    return PhoneColumn(title, **{**facts, "reads": (name, f"{name}_e164", "country_id")})


PHONES_COLUMN = partial(
    PhonesColumn,
    reads=(*(f"{name}{end}" for name in PHONES for end in ("", "_e164")), "country_id"),
    css="text sub",
)

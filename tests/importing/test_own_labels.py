"""What our own list, form and export call a customer's fields, an import knows, in every language (D-63, D-65)."""

import pytest
from django.http import QueryDict
from django.utils import translation

from backoffice.importing.columns import columns_of
from backoffice.lists.exporting import Sheet
from backoffice.lists.page import ListPage
from backoffice.sections import section_named
from customers.sections.customers import CUSTOMERS

IGNORED = {
    "password": "passwords are not taken from files; customers choose a new one",
    "age": "calculated from the birthday",
    "last_order_at": "calculated from the orders",
    "updated_at": "each change sets it",
    "customer": "it may mean anything; name, e-mail address and group are read from columns of their own",
    **dict.fromkeys(
        ("outstanding_allowance", "max_payment_days", "risk"),
        "credit and risk are not taken from files; staff enter them",
    ),
}


def read_as(label: str) -> str:
    """The field that a column of this name is read into, or why it is not."""
    with translation.override("en"):
        layout = columns_of(section_named("customers")).layout_of([label])
    return next(iter(layout.places), None) or layout.unused[0][1]


def expected(name: str) -> str:
    return IGNORED.get(name, name)


@pytest.mark.parametrize("language", ["en", "fr", "pl", "ro"])
def test_every_column_of_our_list_is_imported_or_knowingly_left_out(language):
    table = section_named("customers").table
    with translation.override(language):
        titles = {name: str(column.title) for name, column in table.columns.items()}
    assert {name: read_as(title) for name, title in titles.items()} == {
        name: expected(name) for name in titles
    }


@pytest.mark.parametrize("language", ["en", "fr", "pl", "ro"])
def test_every_field_of_our_form_is_imported_or_knowingly_left_out(language):
    with translation.override(language):
        labels = {
            name: str(field.label) for name, field in CUSTOMERS.form_fields.items() if name != "version"
        }
    assert {name: read_as(label) for name, label in labels.items()} == {
        name: expected(name) for name in labels
    }


def test_an_export_of_every_column_is_known_as_ours(owner):
    """Decision 22: its ids count. Its currency stands beside the amounts (D-21)."""
    customers = section_named("customers")
    sheet = Sheet(ListPage(customers, QueryDict(), owner))
    sheet.names = tuple(name for name, column in customers.table.columns.items() if not column.in_files)
    layout = columns_of(section_named("customers")).layout_of(sheet.header)
    assert layout.is_own
    assert set(layout.places) == {expected(name) for name in sheet.names if name not in IGNORED} | {
        "currency"
    }
    assert {name for name, _reason in layout.unused} == {"Age", "Last order", "Last update"}


def test_columns_are_shown_in_short_and_without_a_name_by_their_place():
    layout = columns_of(CUSTOMERS).layout_of(["E-mail", "", "x" * 60, "y" * 61])
    assert layout.names == ("E-mail", "(2)", "x" * 60, "y" * 59 + "…")
    assert layout.unused == (
        ("", "it has no name"),
        ("x" * 60, "nothing here has this name"),
        ("y" * 59 + "…", "nothing here has this name"),
    )


@pytest.mark.parametrize(
    ("header", "read", "left"),
    [
        (["Discount", "Reduction"], 0, "Reduction"),
        (["Reduction", "Discount"], 1, "Reduction"),
        (["Reduction", "reduction"], 0, "reduction"),
    ],
)
def test_of_columns_that_mean_the_same_the_one_declared_first_is_read(header, read, left):
    """And of two of one name the first."""
    layout = columns_of(section_named("groups")).layout_of(header)
    assert layout.places == {"discount": read}
    assert layout.unused == ((left, "another column says it already"),)

"""One rule set (decision 27): the form and the import refuse the same values, and each keeps what the other took."""

import csv
import datetime as dt
import io

from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from backoffice.records.actors import Actor
from backoffice.records.options import store
from backoffice.tables.csv_cells import guarded
from customers.models import Customer
from customers.options import SECTION, CustomerOptions
from customers.sections.customers import CUSTOMERS
from tests.reading import filled

from .conftest import FILES

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\x1e"), max_size=40)
NAMES = st.one_of(
    st.sampled_from(
        [
            "Ada",
            "O’Hara",
            "Dr.med.",
            "R2D2",
            "<b>",
            "www.x",
            "a=b",
            "{x}",
            "-",
            "Jean  Paul",
            "Ł",
            "Ada\u202e",
            "A\u200dd",
            "x" * 255,
            "x" * 256,
        ]
    ),
    st.sampled_from(["a " * 128, "x " * 127 + "y", "=1+1", "'t Hart", "''", "'=x", "HTTP", "1"]),
    TEXT,
)
EMAILS = st.one_of(
    st.sampled_from(
        [
            "ada@shop.example",
            "ADA@Shop.Example",
            "ada",
            "@",
            "a@b",
            "ada@shop.test",
            "ada@żółw.pl",
            "info@x.pl",
            "a b@c.d",
        ]
    ),
    st.emails(),
    st.sampled_from(["x" * 64 + "@shop.example", "x" * 65 + "@shop.example", f"a@{'b' * 63}.{'c' * 200}.de"]),
    TEXT,
)
DAYS = st.one_of(
    st.dates(dt.date(1890, 1, 1), dt.date(2040, 1, 1)).map(str),
    st.sampled_from(
        ["2001-02-30", "2004-02-29", "1900-01-01", "1899-12-31", "1985-4-3", "1985-13-01", "1985-00-10"]
    ),
    st.sampled_from(["1985", "1985-04", "yesterday", "x-y-z"]),
)
FIELDS = st.fixed_dictionaries(
    {"last_name": NAMES, "first_name": NAMES, "email": EMAILS},
    optional={
        "birthday": DAYS,
        "company": st.one_of(NAMES, st.just("Mill & Sons")),
        "phone": st.one_of(
            TEXT, st.text("+0123 ./()-", max_size=20), st.sampled_from(["1" * 32, "1" * 33, "+48 600", "-"])
        ),
        "note": st.one_of(TEXT, st.just("n" * 65_001)),
        "external_id": st.one_of(TEXT, st.just("7" * 64), st.just("7" * 65)),
        "siret": st.one_of(TEXT, st.just("1" * 33)),
        "ape": TEXT,
        "website": st.one_of(
            TEXT,
            st.sampled_from(["w" * 256, "javascript:alert(1)", "mill.example:80/?a", "ftp://mill", "\x08"]),
        ),
    },
)


def file_of(values: dict[str, str]) -> str:
    """A file with one row of these values."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(values)
    writer.writerow([guarded(value) for value in values.values()])
    return text.getvalue()


def typed(values: dict[str, str], group) -> dict:
    """What the form of a new customer would post with these values."""
    return {
        **values,
        "password": "12345",
        "groups": [str(group.pk)],
        "default_group": str(group.pk),
        "language": "en",
        "active": "on",
    }


class _Undone(Exception):
    """Ends an example, and what it wrote."""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(values=FIELDS)
def test_form_and_import_refuse_the_same_rows_for_the_same_fields(take_in, default_group, values):
    """Decision 27, D-28; what the import took, the form can save (D-25)."""
    assume(any(value.strip() for value in values.values()))  # else it is a blank line
    try:
        with transaction.atomic():
            store(CustomerOptions(b2b=True), SECTION, by=Actor.command())
            form = CUSTOMERS.form(typed(values, default_group))
            refused = set(form.errors)  # before the import takes the address
            outcome = take_in(file_of(values))
            assert {fault.column for fault in outcome.faults} == refused
            assert outcome.counts == ((0, 0, 0, 1) if form.errors else (1, 0, 0, 0))
            if not form.errors:
                made = Customer.objects.get()
                kept = {name: getattr(made, name) for name in values}
                assert kept == {name: form.cleaned_data[name] for name in values}
                again = CUSTOMERS.form(filled(CUSTOMERS.form(record=made)), record=made)
                assert again.is_valid(), again.errors
            raise _Undone
    except _Undone:
        pass


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(values=FIELDS)
def test_form_and_import_let_stored_values_stay_and_refuse_the_same_new_ones(
    take_in, customer, default_group, values
):
    """Decision 5, by both doors."""
    try:
        with transaction.atomic():
            store(CustomerOptions(b2b=True), SECTION, by=Actor.command())
            made = customer()
            Customer.objects.filter(pk=made.pk).update(
                last_name="R2D2", birthday=dt.date(1850, 1, 1), company="<b>"
            )
            made.refresh_from_db()
            # An empty cell leaves a value alone, and so does the form's own field.
            given = {name: value for name, value in values.items() if value.strip() and value.strip() != "-"}
            data = {**filled(CUSTOMERS.form(record=made)), **given}
            if "birthday" in given:
                data = {name: value for name, value in data.items() if not name.startswith("birthday_")}
            form = CUSTOMERS.form(data, record=made)
            outcome = take_in(file_of({"ID": str(made.pk), **given}), key="id", replace_people=True)
            assert {fault.column for fault in outcome.faults} == set(form.errors)
            raise _Undone
    except _Undone:
        pass


def test_whatever_any_systems_file_brings_the_form_can_save(take_in):
    """D-25: after PrestaShop's import some customers could not be saved any more."""
    for path in sorted(FILES.glob("*.csv")):
        if path.stem in ("addresses", "polish_windows_1250"):
            continue
        take_in(path)
        for made in Customer.objects.all():
            form = CUSTOMERS.form(filled(CUSTOMERS.form(record=made)), record=made)
            assert form.is_valid(), (path.name, form.errors)
        Customer.objects.all().delete()

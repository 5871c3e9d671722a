"""Every declared field taken through every door: typed, stored, told, put back, exported, found, imported.

A field is one declaration; what it leaves out it says itself (code findings C1, C2, C3).
"""

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Model
from django.urls import reverse

from backoffice.importing.columns import columns_of
from backoffice.importing.command import opened
from backoffice.models import Option
from backoffice.records.actors import Actor, Door
from backoffice.sections import Field, Personal, Section, all_sections
from backoffice.sections.kinds import Kind, kind_of
from backoffice.sections.stored import stored
from tests.reading import filled, history

TYPED = [
    pytest.param(section, section.field(name), id=f"{section.slug}-{name}")
    for section in all_sections()
    for name in section.form_fields
    if name != "version"
]
MAY_BE_EMPTY = [
    one
    for one in TYPED
    for section, field in [one.values]
    if stored(section.model, field).model_field.null and not section.form_fields[field.name].required
]
# Texts that pass every rule there is, in the order in which they are tried.
WORDS = (
    *("Zoë Lund", "zoe@shop.example", "+48 600 700 800", "50480", "NNNN LL"),
    "{last_name} {first_name}\n{address1}\n{city}",
)
PARIS = ZoneInfo("Europe/Paris")
# Said once, at the beginning: they are asked of a new record only.
SAID_ONCE = {"customers": {"guest"}, "addresses": {"customer"}, "countries": {"code"}}

# What else has to go where a value stands in its place.
INSTEAD = {("vouchers", "percent"): {"amount": ""}}

# What cannot stand without it.
EMPTIED_WITH = {"due_on": {"due_time": ""}}

PATHS = {"customers": "/customers/{0.pk}", "addresses": "/customers/{0.customer_id}/addresses/{0.pk}"}


@dataclass
class Sample:
    """A value nobody has yet: as a form posts it, and as it is stored."""

    posted: object
    value: object


@pytest.fixture
def record(one_of, request, shop):
    """`record(section)` gives a record to change, in a shop that asks everything."""
    Option.objects.create(section="customers", name="b2b", value=True)
    return lambda section: one_of(section.slug)


@pytest.fixture
def client(client_of, owner):
    """The owner's browser."""
    return client_of(owner)


def sample(section: Section, field: Field, record: Model, fixture) -> Sample:
    """Another value of that field than the record has, of its kind."""
    place = stored(section.model, field)
    kind, now = kind_of(place.model_field), getattr(record, field.name)
    if kind in (Kind.TEXT, Kind.LONG_TEXT):
        word = next(one for one in WORDS if passes(field, one))[: place.model_field.max_length]
        return Sample(word, word)
    if kind is Kind.YES_NO:
        return Sample("" if now else "on", not now)
    if kind is Kind.DAY:
        return Sample("2001-04-30", dt.date(2001, 4, 30))
    if kind is Kind.MOMENT:
        return Sample("2029-04-30T09:15", dt.datetime(2029, 4, 30, 9, 15, tzinfo=PARIS))
    if kind is Kind.CLOCK:
        return Sample("09:15", dt.time(9, 15))
    if kind in (Kind.AMOUNT, Kind.PERCENT):
        return Sample("7.25", Decimal("7.25"))
    if kind is Kind.NUMBER:
        return Sample("7", 7)
    if kind is Kind.CHOICE:
        value = next(value for value, _label in place.model_field.flatchoices if value not in ("", now))
        return Sample(value, value)
    others = section.form_fields[field.name].queryset
    if kind is Kind.RECORD:
        if field.name == "country":
            others = others.filter(code="DE")  # where postcodes have five digits, as those of Malaysia
        elif field.name == "state":
            others = others.filter(country=record.country_id)
        other = others.exclude(pk=now and now.pk).first()
        if other is None and field.name == "customer":
            other = fixture("customer")(first_name="Zoë", last_name="Lund")
        elif other is None and field.name == "tag":
            other = fixture("tag")("Zoë")
        elif other is None:
            other = fixture("hire")("support", name="Zoë", email="z@example.com")
        if field.name == "default_group":
            other = record.groups.exclude(pk=now.pk).get()
        return Sample(section.form_fields[field.name].prepare_value(other), other)
    made = {"groups": "group", "tags": "tag"}[field.name]
    wanted = [*now.values_list("pk", flat=True), fixture(made)("Zoë").pk]
    return Sample(wanted, set(wanted))


def passes(field: Field, word: str) -> bool:
    try:
        return not field.rule or bool(field.rule(word))
    except ValueError:
        return False


def value_of(record: Model, name: str):
    fresh = type(record)._base_manager.get(pk=record.pk)
    value = getattr(fresh, name)
    return set(value.values_list("pk", flat=True)) if hasattr(value, "values_list") else value


@pytest.mark.parametrize(("section", "field"), TYPED)
def test_typed_it_is_stored_told_in_the_history_and_can_be_put_back(section, field, record, client, request):
    """Habit 7, D-92: what a person types stands in the database, in the history with both values, and can go back."""
    made = record(section)
    url = reverse(section.url("edit"), args=[made.pk])
    form = client.get(url).context["form"]
    if field.name not in form.fields:
        assert field.name in SAID_ONCE[section.slug]
        return
    new, before = sample(section, field, made, request.getfixturevalue), value_of(made, field.name)
    data = {**filled(form), **INSTEAD.get((section.slug, field.name), {}), field.name: new.posted}
    for part in ("_day", "_month", "_year"):
        data.pop(f"{field.name}{part}", None)
    if field.personal is Personal.SECRET:
        new = Sample("a long new secret", None)
        data[field.name] = new.posted
    answer = client.post(url, data)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    if field.personal is Personal.SECRET:
        assert value_of(made, field.name) not in (before, new.posted)
        assert new.posted not in client.get(reverse(section.url("history"), args=[made.pk])).content.decode()
        return
    assert value_of(made, field.name) == new.value
    page = client.get(reverse(section.url("history"), args=[made.pk]))
    label = str(section.form_fields[field.name].label)
    assert label in history(page)[0].fields
    if isinstance(before, set):
        return  # groups and tags come and go one by one
    entry = re.search(
        rf'action="([^"]+/put-back/)"(?:(?!</form>).)*value="{field.name}"', page.content.decode(), re.S
    )
    assert entry, "nothing offers to put it back"
    version = made.__class__._base_manager.get(pk=made.pk).version
    assert client.post(entry[1], {"field": field.name, "version": version}).status_code == 302
    assert value_of(made, field.name) == before


@pytest.mark.parametrize(("section", "field"), MAY_BE_EMPTY)
def test_emptied_it_is_stored_as_nothing(section, field, record, client):
    """What may be unset is empty where somebody empties it, whatever a new record begins with."""
    made = record(section)
    url = reverse(section.url("edit"), args=[made.pk])
    form = client.get(url).context["form"]
    data = {**filled(form), **EMPTIED_WITH.get(field.name, {}), field.name: ""}
    for part in ("_day", "_month", "_year"):
        data.pop(f"{field.name}{part}", None)
    answer = client.post(url, data)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    assert value_of(made, field.name) is None


@pytest.mark.parametrize(("section", "field"), TYPED)
def test_read_from_a_file_it_is_stored(section, field, record, client, written, request, choose):
    """Code finding C2: what is read and judged is not dropped. The cell is what our own export writes."""
    known = columns_of(section)
    if not field.stands_at("files") or field.in_files.not_taken:
        assert field.in_files.not_taken, "left out of files, and nobody says why"
        return
    made = record(section)
    keys = section.importing.keys if section.importing else ("name", "id")
    if field.name in (keys[0], "guest", "customer"):
        return  # it says which record is meant, or whose it is, and so does not change
    new = sample(section, field, made, request.getfixturevalue)
    column = next(name for name, (one, _rank) in known.field_of.items() if one is field)
    # Whose an address is does not say which one: its number does.
    key = "id" if section.model._meta.get_field(keys[0]).is_relation else keys[0]
    own = next((name for name, (one, _rank) in known.field_of.items() if one.name == key), "ID")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([own, column])
    writer.writerow([getattr(made, key), cell_of(field, section, new, made)])
    report = opened(section, written(text.getvalue()), key=key).run(
        by=Actor(staff=None, door=Door.IMPORT), tell=lambda fault: pytest.fail(str(fault))
    )
    assert (report.created, report.updated) == (0, 1)
    assert value_of(made, field.name) == new.value


@pytest.mark.parametrize(("section", "field"), [one for one in TYPED if one.values[0].slug in PATHS])
def test_said_over_the_api_it_is_stored(section, field, record, program, request):
    """Issue 10, the API's writes are ours too: what a form takes, the API takes by the same name and rule."""
    made = record(section)
    if field.name in SAID_ONCE[section.slug]:
        return
    new = sample(section, field, made, request.getfixturevalue)
    before = getattr(made, "password", None)
    said = True if new.posted == "on" else False if new.value is False else new.posted
    program.done("PATCH", PATHS[section.slug].format(made), {field.name: said})
    if field.personal is Personal.SECRET:
        assert value_of(made, field.name) not in (before, new.posted)
        return
    assert value_of(made, field.name) == new.value
    row = type(made).history.filter(id=made.pk).latest("history_id")
    assert isinstance(new.value, set) or (row.door, row.history_change_reason) == ("api", "token Shop module")


def cell_of(field: Field, section: Section, new: Sample, record: Model) -> str:
    """What a file says for that value."""
    if isinstance(new.value, bool):
        return "1" if new.value else "0"
    if isinstance(new.value, set):
        names = stored(section.model, field).related._base_manager.filter(pk__in=new.value)
        return ", ".join(names.values_list("name", flat=True))
    if isinstance(new.value, Model):
        return new.value.name
    return str(new.value)


@pytest.mark.parametrize(
    ("section", "field"),
    [
        pytest.param(section, field, id=f"{section.slug}-{field.name}")
        for section in all_sections()
        if section.is_exported
        for field in section.fields
        if field.stands_at("column") and field.name in section.table.columns
    ],
)
def test_its_column_goes_into_the_file_and_its_name_comes_back_in(section, field, record, client, choose):
    """D-65: a column of our list is read by our own import, or knowingly left out."""
    record(section)
    choose(field.name, section=section.slug)
    answer = client.get(reverse(section.url("export")))
    header, *rows = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode()), delimiter=";")
    assert len(rows) == section.rows().count()
    if not field.stands_at("files") or section.table.column(field.name).in_files:
        return
    read_as = columns_of(section).layout_of(header).places
    assert field.in_files.not_taken or field.name in read_as

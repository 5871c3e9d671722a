"""What all sections share, tested once for all of them."""

import csv
import io
import re
from pathlib import Path

import pytest
from django import forms
from django.urls import reverse

from backoffice.models import RequiredField
from backoffice.sections import Panel, all_sections
from backoffice.tables.presence import PresenceFilter
from tests.reading import Change, List, Node, filled, history

pytestmark = pytest.mark.django_db
WRITTEN = [one for one in all_sections() if one.form]
"""Those whose records staff write; the others are read only, or written in ways of their own."""
written = pytest.mark.parametrize("section", WRITTEN, ids=lambda section: section.slug)
SPRITE = (Path(__file__).parent.parent / "static" / "icons.svg").read_text()
exported_ones = pytest.mark.parametrize(
    "section", [one for one in all_sections() if one.is_exported], ids=lambda section: section.slug
)


@pytest.fixture(params=all_sections(), ids=lambda section: section.slug)
def section(request):
    return request.param


@pytest.fixture
def record(section, one_of):
    """A record of this section, beside two customers whom filters tell apart: one is in a group and has a tag."""
    return {slug: one_of(slug) for slug in dict.fromkeys(("tasks", "customers", section.slug))}[section.slug]


@pytest.fixture
def client(client_of, owner):
    """The owner's browser."""
    return client_of(owner)


@pytest.fixture
def listed(section, client):
    """`listed(sort="id")` gives this section's list as the owner sees it, the menu of more filters filled."""
    return lambda **query: List(client.get(reverse(section.url()), {"more": "open", **query}))


def exported(client, section, **query) -> list[list[str]]:
    """Header and rows of a section's file, without its last column, which marks the file as ours (I4)."""
    answer = client.get(reverse(section.url("export")), query)
    text = b"".join(answer.streaming_content).decode()
    return [row[:-1] for row in csv.reader(io.StringIO(text), delimiter=";")]


def test_a_list_shows_its_records(record, listed):
    """Code finding C18: the rest of this file sees filled lists, one row a record."""
    page = listed()
    assert record.pk in page.ids
    assert any(page.cells(page.ids.index(record.pk)))


def test_a_list_is_the_first_table_with_titles_in_its_first_row(section, record, client):
    """interface.md: a list is the first table of its page, column titles in its first row."""
    html = client.get(reverse(section.url())).content.decode()
    first_row = re.search(r"<table.*?<tr.*?</tr>", html, re.S).group()
    first = next(iter(section.listing.sets.values()), None)
    names = first.columns if first else section.table.names()
    for name in names:
        assert f'class="c-{name}' in first_row


def test_every_column_that_sorts_does_so_both_ways_at_a_click(section, record, client, choose):
    """S4.20: first click ascending, second descending; S3.37."""
    for name in section.table.names():
        column = section.table.column(name)
        if not column.sorts:
            continue
        choose(name, section=section.slug)
        once = client.get(reverse(section.url()), {"sort": name}).content.decode()
        assert 'aria-sort="ascending"' in once
        assert f"sort=-{name}" in once
        twice = client.get(reverse(section.url()), {"sort": f"-{name}"}).content.decode()
        assert 'aria-sort="descending"' in twice


def test_unknown_parameters_are_ignored(section, record, client):
    """G23, G33: sort keys and filters come from fixed lists."""
    url = reverse(section.url())
    plain = client.get(url).context["paging"]
    odd = client.get(
        url, {"sort": "password", "page": "x", "per_page": "7", "_connector": "OR", "nothing": "1"}
    )
    assert odd.status_code == 200
    assert odd.context["paging"]["pages_text"] == plain["pages_text"]


def test_the_file_of_a_record_opens_and_a_missing_one_is_not_there(section, record, client):
    """Not visible or not there: 404 (decisions, rights), also for numbers no database has."""
    assert client.get(reverse(section.url("view"), args=[record.pk])).status_code == 200
    for number in (987654, 10**25):
        assert client.get(reverse(section.url("view"), args=[number])).status_code == 404


@written
def test_the_form_opens_filled_and_saving_it_as_it_is_changes_nothing(section, record, client):
    """D-25: what is stored can be saved; an unchanged form writes no history row."""
    url = reverse(section.url("edit"), args=[record.pk])
    data = filled(client.get(url).context["form"])
    rows = record.history.count()
    answer = client.post(url, data)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    assert record.history.count() == rows


@written
def test_an_empty_form_is_refused_with_each_fault_at_its_field(section, client):
    """Every refusal says where: summary at the top, error at the field, nothing written."""
    before = section.model.objects.count()
    answer = client.post(reverse(section.url("add")), {})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert section.model.objects.count() == before


@written
def test_history_tells_who_did_it_and_by_which_door(section, record, client):
    """Deliverable 4: who, when, from where, old and new value."""
    url = reverse(section.url("edit"), args=[record.pk])
    form = client.get(url).context["form"]
    data, field = filled(form), first_text(form)
    before = data[field.name]
    after = f"{before} Neu"
    answer = client.post(url, {**data, field.name: after}, REMOTE_ADDR="203.0.113.7")
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    changed, *earlier = history(client.get(reverse(section.url("history"), args=[record.pk])))
    assert changed == Change(
        who="Owner",
        door="Back office page",
        ip="203.0.113.7",
        fields={str(field.label): (before, after)},
    )
    assert "Added" in earlier[-1].said
    assert (earlier[-1].who, earlier[-1].door) == ("Command on the server", "")


def first_text(form):
    """The first field of a form that must hold words, and does; else the first that must hold a text."""
    texts = [field for field in form if type(field.field) is forms.CharField and field.field.required]
    return next((field for field in texts if str(field.value() or "").isalpha()), texts[0])


@exported_ones
def test_the_export_holds_exactly_what_the_list_counts(section, record, client):
    """D-18, D-19: the export counts what the list counts."""
    assert len(exported(client, section)) - 1 == section.rows().count()


@pytest.mark.parametrize(
    "section", [one for one in all_sections() if one.delete_ways], ids=lambda section: section.slug
)
def test_deleting_asks_which_way_first(section, record, client):
    """Facts 2.7: a GET only asks, a POST without a way does nothing."""
    url = reverse(section.url("delete"), args=[record.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"way": "burn"}).status_code == 200
    assert section.rows().filter(pk=record.pk).exists()


@pytest.mark.parametrize(
    "section", [one for one in all_sections() if one.requirable], ids=lambda section: section.slug
)
def test_required_fields_saved_are_still_ticked_on_the_next_visit(section, client):
    """D-9: save, reload, still ticked; names of the seeds (S1.28)."""
    url = reverse(section.url("required_fields"))
    wanted = [one.required_as for one in section.requirable]
    assert client.post(url, {"fields": wanted}).status_code == 302
    assert RequiredField.objects.filter(section=section.slug).count() == len(wanted)
    fields = {field["technical_name"]: field["chosen"] for field in client.get(url).context["fields"]}
    assert all(fields[name] for name in wanted)


def test_nothing_ticked_is_told_and_nothing_is_done(section, record, client):
    """Facts 2.5: at least one row."""
    before = section.rows().count()
    for action in (*(one.name for one in section.actions), *(["delete"] if section.delete_ways else [])):
        answer = client.post(reverse(f"{section.slug}_action", args=[action]), follow=True)
        assert "Tick at least one row first." in answer.content.decode()
    assert section.rows().count() == before


def test_its_icons_are_in_the_sprite(section):
    """A missing icon is an empty hole in the page."""
    icons = {
        section.menu.icon,
        *(one.icon for one in section.page.panels if isinstance(one, Panel)),
        *(one.icon for one in section.actions),
    }
    assert {icon for icon in icons if f'id="{icon}"' not in SPRITE} == set()


# The filters of every section: each one's name, and values that its kind of field takes and refuses.

each_filter = pytest.mark.parametrize(
    ("section", "name"),
    [
        (section, name)
        for section in all_sections()
        for name, one in section.filters.items()
        if not one.by_link
    ],
    ids=lambda one: one if isinstance(one, str) else one.slug,
)
TAKEN = {
    forms.DateField: ("1900-01-01", "2026-03-10", "2999-12-31"),
    forms.IntegerField: ("0", "1", "100"),
    forms.DecimalField: ("0", "12.5", "100"),
    forms.GenericIPAddressField: ("10.1.2.3", "2001:db8::1"),
    forms.CharField: ("a", "qzqz"),
}
REFUSED = {
    forms.DateField: "31/02/2026",
    forms.IntegerField: "one",
    forms.DecimalField: "one",
    forms.GenericIPAddressField: "10.1.2",
    forms.CharField: "x" * 201,
}
MAYBE = "maybe"


def kind_of(section, name) -> type:
    """The kind of field that reads what is typed into a filter."""
    return next(kind for kind in type(section.filters[name].field).__mro__ if kind in TAKEN)


@pytest.fixture
def drawn(section, name, record, choose, listed) -> Node:
    """The input of a filter, on the list with all its columns; of one that is asked by links, the first of them."""
    choose(*section.table.names(), section=section.slug)
    page = listed()
    return links_of(page, name)[0] if is_asked_by_links(section, name) else page.field(name)


def is_asked_by_links(section, name) -> bool:
    return isinstance(section.filters[name], PresenceFilter)


def links_of(page, name) -> list[Node]:
    """The links that ask a filter."""
    return [one for one in page.page.all("a") if f"?{name}=" in one.get("href")]


@pytest.fixture
def values(section, name, drawn, listed) -> tuple[str, ...]:
    """What can be asked of a filter: all that its menu offers, or samples of its kind."""
    if drawn.tag == "a":
        return tuple(one["href"].rpartition("=")[2] for one in links_of(listed(), name))
    if drawn.tag != "select":
        return TAKEN[kind_of(section, name)]
    return tuple(option["value"] for option in drawn.all("option") if option["value"])


def value_in(field: Node) -> str:
    """What an input holds, or a menu has chosen."""
    if field.tag != "select":
        return field["value"]
    return " ".join(option["value"] for option in field.all("option") if option.has("selected"))


@each_filter
def test_a_filter_narrows_its_list_and_says_so(section, name, values, listed):
    """Decision 12, S0.79, S1.93: fewer rows, a chip with a cross to the whole list, the value still there."""
    whole = listed()
    found = {value: listed(**{name: value}) for value in values}
    for value, page in found.items():
        assert page.faults == {}, value
        assert page.total <= whole.total, value
        assert list(page.chips.values()) == [reverse(section.url())], value
        assert value_in(page.field(name)) == value
    assert min(page.total for page in found.values()) < whole.total


@each_filter
def test_a_value_that_a_filter_cannot_take_is_told_at_the_filter(section, name, drawn, listed):
    """G23, G33: the refusal stands above the list and at its input, which keeps what was typed; it is no filter."""
    value = MAYBE if drawn.tag in ("select", "a") else REFUSED[kind_of(section, name)]
    page = listed(**{name: value})
    assert page.chips == {}
    assert list(page.faults) == [name]
    assert page.field(name)["aria-invalid"] == "true"
    told = page.page.one("div", "notice-warn").text
    assert told.endswith(page.faults[name])
    if drawn.tag != "select":
        assert page.field(name)["value"] == value


@exported_ones
def test_what_a_column_shows_finds_its_row_when_typed_into_its_filter(
    section, record, client, choose, listed
):
    """Decision 12, code finding C3: no filter under a column is blind to what the column holds."""
    tried = 0
    for name in section.table.names():
        choose(name, section=section.slug)
        under = listed().filters_under(0)
        if len(under) != 1 or under[0].tag == "select":
            continue
        shown = exported(client, section, id=record.pk)[1][-1]
        page = listed(**{under[0]["name"]: shown})
        assert shown, name
        assert record.pk in page.ids, (name, shown)
        tried += 1
    assert tried

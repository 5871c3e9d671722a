"""What all sections share, tested once for all of them."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.urls import reverse

from backoffice.models import ColumnChoice, RequiredField
from backoffice.sections import all_sections
from customers.models import Tag

pytestmark = pytest.mark.django_db
SPRITE = (Path(__file__).parent.parent / "static" / "icons.svg").read_text()


@pytest.fixture(params=all_sections(), ids=lambda section: section.slug)
def section(request):
    return request.param


def any_record(section):
    return section.rows().order_by("pk").first()


@pytest.fixture
def people(customer):
    """Two customers and a tag, so that no list is empty."""
    Tag.objects.create(name="RECURRENT")
    return [customer(first_name="Ada", last_name="Byron"), customer(first_name="Bob", last_name="Cole")]


def test_a_list_is_the_first_table_with_titles_in_its_first_row(section, people, client_of, owner):
    """interface.md: a list is the first table of its page, column titles in its first row."""
    html = client_of(owner).get(reverse(section.url())).content.decode()
    first_row = re.search(r"<table.*?<tr.*?</tr>", html, re.S).group()
    first = next(iter(section.listing.sets.values()), None)
    names = first.columns if first else section.table.names()
    for name in names:
        assert f'class="c-{name}' in first_row


def test_every_column_that_sorts_does_so_both_ways_at_a_click(section, people, client_of, owner):
    """S4.20: first click ascending, second descending; S3.37."""
    client = client_of(owner)
    for name in section.table.names():
        column = section.table.column(name)
        if not column.sorts:
            continue
        ColumnChoice.objects.update_or_create(staff=owner, section=section.slug, defaults={"columns": [name]})
        once = client.get(reverse(section.url()), {"sort": name}).content.decode()
        assert 'aria-sort="ascending"' in once
        assert f"sort=-{name}" in once
        twice = client.get(reverse(section.url()), {"sort": f"-{name}"}).content.decode()
        assert 'aria-sort="descending"' in twice


def test_unknown_parameters_are_ignored(section, people, client_of, owner):
    """G23, G33: sort keys and filters come from fixed lists."""
    client = client_of(owner)
    url = reverse(section.url())
    plain = client.get(url).context["paging"]
    odd = client.get(
        url, {"sort": "password", "page": "x", "per_page": "7", "_connector": "OR", "nothing": "1"}
    )
    assert odd.status_code == 200
    assert odd.context["paging"]["pages_text"] == plain["pages_text"]


def test_the_file_of_a_record_opens_and_a_missing_one_is_not_there(section, people, client_of, owner):
    """Not visible or not there: 404 (decisions, rights), also for numbers no database has."""
    client = client_of(owner)
    record = any_record(section)
    assert client.get(reverse(section.url("view"), args=[record.pk])).status_code == 200
    for number in (987654, 10**25):
        assert client.get(reverse(section.url("view"), args=[number])).status_code == 404


def test_the_form_opens_filled_and_saving_it_as_it_is_changes_nothing(section, people, client_of, owner):
    """D-25: what is stored can be saved; an unchanged form writes no history row."""
    record = any_record(section)
    client = client_of(owner)
    url = reverse(section.url("edit"), args=[record.pk])
    form = client.get(url).context["form"]
    data = {}
    for field in form:
        widget = field.field.widget
        value = field.value()
        data.update(_posted(widget, field.html_name, value))
    rows = record.history.count()
    answer = client.post(url, data)
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    assert record.history.count() == rows


def _posted(widget, name, value):
    if hasattr(widget, "widgets_names"):
        return {
            f"{name}{suffix}": part or ""
            for suffix, part in zip(widget.widgets_names, widget.decompress(value), strict=True)
        }
    if value is None or value is False:
        return {}
    return {name: "on" if value is True else value}


def test_an_empty_form_is_refused_with_each_fault_at_its_field(section, client_of, owner):
    """Every refusal says where: summary at the top, error at the field, nothing written."""
    before = section.model.objects.count()
    answer = client_of(owner).post(reverse(section.url("add")), {})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert section.model.objects.count() == before


def test_history_tells_who_did_it_and_by_which_door(section, people, client_of, owner):
    """Deliverable 4: who, when, from where, old and new value."""
    answer = client_of(owner).get(reverse(section.url("history"), args=[any_record(section).pk]))
    assert answer.status_code == 200


def test_the_export_holds_exactly_what_the_list_counts(section, people, client_of, owner):
    """D-18, D-19: the export counts what the list counts."""
    client = client_of(owner)
    answer = client.get(reverse(section.url("export")))
    text = b"".join(answer.streaming_content).decode()
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) - 1 == section.rows().count()


def test_deleting_asks_which_way_first(section, people, client_of, owner):
    """Facts 2.7: a GET only asks, a POST without a way does nothing."""
    record = any_record(section)
    client = client_of(owner)
    url = reverse(section.url("delete"), args=[record.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"way": "burn"}).status_code == 200
    assert section.rows().filter(pk=record.pk).exists()


def test_required_fields_saved_are_still_ticked_on_the_next_visit(section, client_of, owner):
    """D-9: save, reload, still ticked; names of the seeds (S1.28)."""
    if not section.requirable:
        return
    client = client_of(owner)
    url = reverse(section.url("required_fields"))
    wanted = [one.required_as for one in section.requirable]
    assert client.post(url, {"fields": wanted}).status_code == 302
    assert RequiredField.objects.filter(section=section.slug).count() == len(wanted)
    assert all(field["chosen"] for field in client.get(url).context["fields"])


def test_nothing_ticked_is_told_and_nothing_is_done(section, people, client_of, owner):
    """Facts 2.5: at least one row."""
    client = client_of(owner)
    before = section.rows().count()
    for action in (*(one.name for one in section.actions), *(["delete"] if section.bulk_delete else [])):
        answer = client.post(reverse(f"{section.slug}_action", args=[action]), follow=True)
        assert "Tick at least one row first." in answer.content.decode()
    assert section.rows().count() == before


def test_its_icons_are_in_the_sprite(section):
    """A missing icon is an empty hole in the page."""
    icons = {
        section.menu.icon,
        *(one.icon for one in section.page.panels),
        *(one.icon for one in section.actions),
    }
    assert {icon for icon in icons if f'id="{icon}"' not in SPRITE} == set()

"""Saving the form of a record that a colleague deleted meanwhile, in every section: nothing that was typed is lost."""

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

from backoffice.records import changes
from backoffice.records.actors import Actor, Door
from backoffice.sections import all_sections
from tests.reading import filled, read

pytestmark = pytest.mark.django_db
written = pytest.mark.parametrize(
    "section", [one for one in all_sections() if one.form], ids=lambda one: one.slug
)
TYPED = "typed for nothing?"


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


@pytest.fixture
def colleague(hire):
    return Actor(staff=hire("manager", name="Max Manager"), door=Door.PAGE, ip="192.0.2.1")


def typed_into(client, url):
    """What the form posts, its first text changed, and the name of that field."""
    form = client.get(url).context["form"]
    texts = [one for one in form if isinstance(one.field, forms.CharField) and one.field.required]
    name = (texts or [one for one in form if isinstance(one.field, forms.CharField)])[0].name
    return {**filled(form), name: TYPED}, name


@written
def test_who_deleted_it_is_told_and_what_was_typed_stays(section, client, one_of, colleague):
    """Issue 9, what was left, 1: this was a bare "Page not found"."""
    record = one_of(section.slug)
    url, name = reverse(section.url("edit"), args=[record.pk]), str(record)
    data, field = typed_into(client, url)
    changes.delete_set(section.model._base_manager.filter(pk=record.pk), by=colleague)
    answer = client.post(url, data)
    page = read(answer)
    assert answer.status_code == 404
    assert page.one("h1").text == f"{name} was deleted meanwhile"
    assert "Max Manager deleted it at " in page.text
    shown = [one.get("value") or one.text for one in page.all(name=field)]
    assert TYPED in shown
    assert page.all("a", href=reverse(section.url("history"), args=[record.pk]))
    assert any(one["href"].startswith(reverse(section.url())) for one in page.all("a", "btn"))


@pytest.mark.parametrize(
    "section", [one for one in all_sections() if one.form and one.hidden], ids=lambda one: one.slug
)
class TestHidden:
    """What was only hidden can be had back with what was typed, by who may."""

    @pytest.fixture
    def hidden(self, section, client, one_of, colleague):
        """(where its form posts, what was typed, the field, the record), hidden since the form was opened."""
        record = one_of(section.slug)
        url = reverse(section.url("edit"), args=[record.pk])
        data, field = typed_into(client, url)
        rows = section.model.objects.filter(pk=record.pk)
        changes.save_set(rows, {section.hidden.field: True, "deleted_at": timezone.now()}, by=colleague)
        return url, data, field, record

    def test_it_is_told_with_the_way_back(self, section, client, hidden):
        url, data, field, record = hidden
        page = read(client.post(url, data))
        assert page.one("h1").text == f"{record} was deleted meanwhile"
        assert "Max Manager deleted it at " in page.text
        assert page.one("button", name="bring_back").text == "Bring back and save"
        assert page.one("input", name=field)["value"] == TYPED

    def test_brought_back_what_was_typed_is_chosen_already(self, section, client, hidden):
        url, data, field, record = hidden
        page = read(client.post(url, {**data, "bring_back": "1"}))
        record.refresh_from_db()
        assert not getattr(record, section.hidden.field)
        assert page.one("input", name=f"use_{field}", value="yours").has("checked")

    def test_who_may_not_delete_keeps_the_words_and_is_not_told_the_name(
        self, section, client_of, hire, hidden
    ):
        url, data, field, record = hidden
        page = read(client_of(hire("support")).post(url, {**data, "bring_back": "1"}))
        record.refresh_from_db()
        assert getattr(record, section.hidden.field)
        assert page.one("h1").text == f"{section.titles.one} was deleted meanwhile"
        assert "Max Manager deleted it at " in page.text
        assert page.one("input", name=field)["value"] == TYPED
        assert not page.all("button", name="bring_back")


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Suppression entre-temps"), ("pl", "w międzyczasie usunięto"), ("ro", "Între timp s-a șters")],
)
@written
def test_the_page_agrees_with_what_was_deleted(section, client, one_of, colleague, owner, language, said):
    """Issue 9, how its pages read: one sentence for an address, a group and a tag, whatever their gender is."""
    owner.language = language
    owner.save()
    record = one_of(section.slug)
    url = reverse(section.url("edit"), args=[record.pk])
    data, _field = typed_into(client, url)
    changes.delete_set(section.model._base_manager.filter(pk=record.pk), by=colleague)
    assert said in read(client.post(url, data)).one("h1").text

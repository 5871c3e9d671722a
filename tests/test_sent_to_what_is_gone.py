"""Whatever is sent to a record that a colleague deleted meanwhile is told who did so, and nothing typed is lost: every
address of every section that takes a post, as the address register has them (issue 9, what was left, 3)."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from backoffice.records import changes
from backoffice.records.actors import Actor, Door
from backoffice.sections import all_sections
from carts.models import Category
from customers import services
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
_KEPT = {one.slug: one for one in all_sections() if one.keeps_history}
# What else an address may ask for.
_MORE = {
    "entry": 1,
    "group": 1,
    "kind": "newsletter",
    "message": 1,
    "name": "members",
    "note": 1,
    "act": 1,
}
_ONE_RECORD = re.compile(r"^\^?(?P<slug>[a-z-]+)/(<int:pk>|\(\?P<pk>)")


def _walk(patterns, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, route)
        else:
            yield route, one


def _addresses() -> list[tuple[str, str, tuple[str, ...]]]:
    """(the section, the name of the address, what it asks for), of every page and button of one record."""
    found = []
    for route, one in _walk(get_resolver().url_patterns):
        match = _ONE_RECORD.match(route)
        if match and match["slug"] in _KEPT and one.name:
            asked = tuple(name for name in one.pattern.regex.groupindex if name != "pk")
            found.append((match["slug"], one.name, asked))
    return found


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


@pytest.fixture
def colleague(hire):
    return Actor(staff=hire("manager", name="Max Manager"), door=Door.PAGE, ip="192.0.2.1")


@pytest.fixture
def deleted(one_of, colleague):
    """`deleted("groups")` is the number of a record that Max Manager has deleted."""

    def deleted(slug):
        record = one_of(slug)
        key = record.pk
        changes.delete_set(_KEPT[slug].model._base_manager.filter(pk=key), by=colleague)
        return key

    return deleted


def test_the_register_is_read():
    names = {name for _slug, name, _asked in _addresses()}
    assert {
        "groups_rule",
        "groups_members",
        "groups_category_discounts",
        "customers_note",
        "customers_delete",
        "messages_reply",
    } <= names


@pytest.mark.parametrize(("slug", "name", "asked"), _addresses(), ids=lambda one: str(one))
def test_who_deleted_it_is_told_wherever_something_is_sent(slug, name, asked, client, deleted):
    """It was a bare "Page not found" everywhere but at the record's own form."""
    key = deleted(slug)
    more = {**_MORE, "field": next(iter(_KEPT[slug].switches), "")}
    address = reverse(name, kwargs={"pk": key, **{one: more[one] for one in asked}})
    answer = client.post(address, {"text": "typed for nothing?"})
    if answer.status_code == 405:  # only read
        return
    page = read(answer)
    assert (answer.status_code, "was deleted meanwhile" in page.one("h1").text) == (404, True)
    assert "Max Manager deleted it at " in page.text


@pytest.mark.parametrize(
    ("slug", "name", "typed", "shown"),
    [
        ("groups", "groups_members", {"act": "add", "emails": "ada@shop.example; bo@shop.example"}, "emails"),
        ("messages", "messages_reply", {"text": "It is on its way."}, "text"),
        ("messages", "messages_remark", {"text": "Call her."}, "text"),
        ("customers", "customers_note", {"note": "Likes tea"}, "note"),
        ("customers", "customers_note_add", {"text": "Likes tea"}, "text"),
        ("orders", "orders_status", {"reason": "Paid in cash"}, "reason"),
    ],
)
def test_what_was_typed_is_still_there(slug, name, typed, shown, client, deleted):
    page = read(client.post(reverse(name, args=[deleted(slug)]), typed))
    (field,) = page.all(name=shown)
    assert (field.get("value") or field.text) == typed[shown]
    assert "Nothing of what you typed is saved; it is still here." in page.text
    assert not page.all(css="errors")


def test_the_conditions_of_a_rule_are_still_there(client, deleted):
    data = {"match": "all", "fills": "on", "row": "0:orders", "op_0": "gte", "value_0": "7", "do": "save"}
    form = read(client.post(f"/groups/{deleted('groups')}/rule/", data)).one("form", "form")
    assert form.one(name="match", value="all").has("checked")
    assert "7" in [one.get("value") for one in form.all("input")]


def test_the_percentages_of_categories_are_still_there(client, deleted):
    books = Category.objects.create(name="Books")
    data = {f"category_{books.pk}": "12.5"}
    page = read(client.post(f"/groups/{deleted('groups')}/category-discounts/", data))
    assert page.one(name=f"category_{books.pk}")["value"] == "12.5"


def test_a_button_alone_says_that_nothing_was_changed(client, deleted):
    page = read(client.post(f"/groups/{deleted('groups')}/rule/remove/"))
    assert "Nothing was changed." in page.text


def test_a_note_that_is_gone_says_so_with_what_was_typed(client, one_of, colleague):
    ada = one_of("customers")
    note = services.add_note(ada, "Likes tea", by=colleague)
    services.delete_note(note, by=colleague)
    page = read(client.post(f"/customers/{ada.pk}/notes/{note.pk}/edit/", {"text": "Likes coffee"}))
    assert page.one("h1").text == "Note was deleted meanwhile"
    assert "Max Manager deleted it at " in page.text
    assert page.one(name="text").text == "Likes coffee"


def test_who_sees_no_deleted_ones_keeps_the_words_without_the_name(client_of, hire, one_of, colleague):
    ada = one_of("customers")
    services.hide_customer(ada, by=colleague)
    page = read(client_of(hire("support")).post(f"/customers/{ada.pk}/note/", {"note": "Likes tea"}))
    assert page.one("h1").text == "Customer was deleted meanwhile"
    assert "Max Manager deleted it at " in page.text
    assert ada.last_name not in page.text
    assert page.one(name="note").text == "Likes tea"


def test_what_never_was_there_is_not_found_and_what_is_read_is_as_before(client, deleted):
    assert read(client.post("/groups/999999/rule/remove/")).one("h1").text == "Page not found"
    assert read(client.get(f"/groups/{deleted('groups')}/rule/")).one("h1").text == "Page not found"

"""What an app declares is checked at start: a wrong or forgotten name stops every command (findings C2, C3, C13)."""

from dataclasses import fields, replace

import pytest

from backoffice.access.verbs import verb
from backoffice.sections import (
    BulkAction,
    ColumnSet,
    DeleteWay,
    Field,
    Hidden,
    Menu,
    MenuPage,
    Page,
    Panel,
    Personal,
    RecordAction,
    Section,
    Switch,
    Undo,
    Words,
    all_sections,
    kept,
    section_named,
)
from backoffice.sections import menu as menus
from backoffice.sections.checks import declarations_hold, faults_of
from backoffice.tables.day_filters import DayFilter
from backoffice.tables.filters import KeysFilter, TextFilter
from customers.models import Customer

SCRAPED, MENDED = [Undo(action=name, since=lambda ids, choice, at: set()) for name in ("scrape", "mend")]


TAGS, CUSTOMERS = section_named("tags"), section_named("customers")
ICONS = 'id="tags" id="check" id="list" id="person"'
RIGHTS = {"customers.change_tag"}


def told(section: Section) -> list[str]:
    return list(faults_of(section, ICONS, RIGHTS))


def with_field(name: str, **changes) -> Section:
    """The tags section with one field declared otherwise."""
    return replace(
        TAGS, fields=tuple(replace(one, **changes) if one.name == name else one for one in TAGS.fields)
    )


@verb("customers.change_tag")
def paint(rows, *, by):
    return []


def action(**changes) -> BulkAction:
    facts = {"name": "paint", "title": "Paint", "run": paint, "words": Words(done="%(n)s painted"), **changes}
    return BulkAction(**facts)


def verb_of_one(**changes) -> RecordAction:
    facts = {"name": "paint_it", "title": "Paint", "run": paint, "said": "%(name)s painted", **changes}
    return RecordAction(**facts)


def verbs(*actions: RecordAction) -> Section:
    """The tags section with these actions on the page of a tag."""
    return replace(TAGS, page=Page(actions=actions))


SINCE = DayFilter("", field="created_at", until=False, hint="")


def without_presence(field: Field) -> Field:
    """The field of an age that asks from and to alone."""
    if field.name != "age":
        return field
    return replace(field, filters={name: one for name, one in field.filters.items() if name != "age_is"})


def test_the_house_as_it_stands_has_nothing_to_tell():
    assert declarations_hold(None) == []


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        (
            replace(TAGS, menu=Menu(group="custmers", place=1, icon="tags")),
            "the menu has no group “custmers”",
        ),
        (replace(TAGS, menu=Menu(group="people", place=1, icon="tagz")), "there is no icon “tagz”"),
        (replace(TAGS, listing=replace(TAGS.listing, default_sort="nam")), "its default sort is “nam”"),
        (replace(TAGS, listing=replace(TAGS.listing, order=("nam",))), "its order names “nam”"),
        (replace(TAGS, listing=replace(TAGS.listing, everywhere=("q",))), "its everywhere names “q”"),
        (replace(TAGS, listing=replace(TAGS.listing, lead=("word",))), "its lead names “word”"),
        (replace(TAGS, listing=replace(TAGS.listing, label_reads=("nam",))), "its label reads “nam”"),
        (
            replace(TAGS, listing=replace(TAGS.listing, sets={"a": ColumnSet(title="A", columns=("nam",))})),
            "its column set “a” names “nam”",
        ),
        (with_field("name", group="tagg"), "field “name” stands in the group “tagg”, which the form has not"),
        (with_field("name", group=""), "field “name” stands in no group of the form"),
        (with_field("name", without=("list",)), "field “name” is without “list”, which is no door"),
        (with_field("name", path="names__of"), "field “name”: Tag has no “names__of”"),
        (with_field("created_at", required_as="since"), "can be made required, and is not on the form"),
        (with_field("name", switch=Switch(run=paint, said=("", ""))), "is a switch, and no yes or no"),
        (replace(TAGS, fields=(*TAGS.fields, TAGS.fields[0])), "two fields are called “id”"),
        (
            replace(TAGS, fields=(*TAGS.fields, Field("shade", personal=Personal.NONE))),
            "“shade” is no field of Tag",
        ),
        (
            with_field("name", filters={"name": TextFilter("Name", key="name_key")}),
            "filter “name” searches “name_key”, which Tag has not",
        ),
        (
            with_field("name", filters={"kind": KeysFilter("Kind", table="kinds", field="colour")}),
            "filter “kind” looks things up in “kinds”",
        ),
        (replace(TAGS, actions=(action(), action())), "two actions are called “paint”"),
        (replace(TAGS, actions=(action(icon="brush"),)), "there is no icon “brush”"),
        (replace(TAGS, actions=(action(run=lambda rows, by: []),)), "is no verb: mark it with @verb(right)"),
        (
            replace(TAGS, actions=(action(run=verb("customers.paint_tag")(lambda rows, by: [])),)),
            "action “paint”: no model offers the right “customers.paint_tag”",
        ),
        (
            replace(TAGS, actions=(action(undo=SCRAPED),)),
            "action “paint” is undone by “scrape”, which there is not",
        ),
        (
            replace(
                TAGS,
                delete_ways=(DeleteWay(action=action(undo=MENDED), foretell=list),),
            ),
            "action “paint” is undone by “mend”, which there is not",
        ),
        (
            replace(TAGS, actions=(action(choices=lambda page: [("1", "Red")]),)),
            "action “paint” asks something, and stands in no menu that could ask it",
        ),
        (
            replace(TAGS, hidden=Hidden(field="gone", label="Gone", only="Gone only", back="fetch")),
            "its hidden records are brought back by “fetch”, which there is not",
        ),
        (
            replace(
                TAGS,
                page=Page(
                    panels=(Panel(name="a", title="A", template="a.html", content=dict, right="x.view_y"),)
                ),
            ),
            "no model offers the right “x.view_y”",
        ),
        (verbs(verb_of_one(), verb_of_one()), "two actions of one record are called “paint_it”"),
        (verbs(verb_of_one(icon="brush")), "there is no icon “brush”"),
        (
            verbs(verb_of_one(name="edit")),
            "action “edit” of one record is called as one of the section's pages",
        ),
        (verbs(verb_of_one(run=lambda record, by: None)), "is no verb: mark it with @verb(right)"),
        (
            verbs(verb_of_one(run=verb("customers.paint_tag")(lambda record, by: None))),
            "action “paint_it” of one record: no model offers the right “customers.paint_tag”",
        ),
        (replace(TAGS, page=Page(facts=("nam",))), "its facts of the page names “nam”"),
        (
            with_field("customers_count", without=("form", "filter", "files")),
            "field “customers_count” is shown as a number, an amount or a day, and its filters ask for no range",
        ),
        (
            with_field("created_at", filters={"created_after": SINCE}),
            "field “created_at” is shown as a number, an amount or a day, and its filters ask for no range",
        ),
        (
            replace(CUSTOMERS, fields=tuple(map(without_presence, CUSTOMERS.fields))),
            "field “age” may have no value, and its filters cannot ask for that",
        ),
    ],
)
def test_what_is_wrong_or_forgotten_is_told_in_a_sentence(section, sentence):
    assert any(sentence in one for one in told(section)), told(section)


def test_a_text_filter_that_would_find_nobody_is_told():
    """Code finding C3: the search column narrows first, so it must hold what the filter searches."""
    customers = section_named("customers")
    asked = {"created": TextFilter("Created", key="email_key")}
    field = replace(customers.field("created_email"), filters=asked)
    search = Customer._meta.get_field("search_text")
    sources, search.sources = search.sources, ("last_name",)
    try:
        said = list(faults_of(replace(customers, fields=(*customers.fields, field)), "", set()))
    finally:
        search.sources = sources
    assert "filter “email” would find nobody: the search column of the model does not hold “email”." in said


def test_a_page_of_the_menu_names_only_what_there_is(monkeypatch):
    wrong = MenuPage(menu=Menu(group="nowhere", place=1, icon="nothing"), url="x", title="X", right="x.y_z")
    monkeypatch.setattr(menus, "_pages", [wrong])
    said = " ".join(error.msg for error in declarations_hold(None))
    assert "no group “nowhere”" in said
    assert "no icon “nothing”" in said
    assert "no model offers the right “x.y_z”" in said


def test_a_misspelt_option_is_a_type_error_at_import():
    with pytest.raises(TypeError):
        Section(slug="x", modle=Customer)
    with pytest.raises(TypeError):
        Field("name", personal=Personal.NONE, lable="Name")
    with pytest.raises(TypeError):
        Field("name")  # the mark is never forgotten


def test_a_section_has_at_most_fifteen_options_and_a_bulk_action_ten():
    """Code finding C17."""
    assert len(fields(Section)) <= 15
    assert len(fields(BulkAction)) <= 10


def test_what_is_kept_only_stands_at_no_door():
    assert not any(
        kept("colour", Personal.NONE).stands_at(door) for door in ("form", "column", "filter", "files")
    )


def test_sections_stand_in_the_order_of_the_menu():
    """Decision 11."""
    assert [one.slug for one in all_sections()] == [
        *("customers", "addresses", "groups", "carts", "tags", "orders", "products", "vouchers"),
        *("messages", "mails", "tasks", "visits", "fields", "titles", "countries"),
    ]

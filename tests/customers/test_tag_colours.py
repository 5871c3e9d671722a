"""Tags have colours, each with its name (S3.23)."""

import pytest

from backoffice.importing.command import opened
from backoffice.records.actors import Actor, Door
from backoffice.sections import section_named
from customers.models import Tag
from tests.reading import List, faults, read


@pytest.fixture
def red(tag) -> Tag:
    """The tag PROBLEM, in red."""
    made = tag("PROBLEM")
    section_named("tags").editing.save(made, {"colour": "red"}, by=Actor.command())
    return made


def test_a_tag_is_grey_until_somebody_chooses_a_colour_by_its_name(client, typed):
    url = "/tags/add/"
    swatches = read(client.get(url)).one("fieldset", id="id_colour_field").all("label")
    assert [one.text for one in swatches] == [
        "Grey",
        "Red",
        "Orange",
        "Green",
        "Teal",
        "Blue",
        "Purple",
        "Pink",
    ]
    assert swatches[1].one("span", "tag-red").text == "Red"
    assert [one.text for one in swatches if one.one("input").has("checked")] == ["Grey"]
    client.post(url, typed(url, name="PROBLEM", colour="red"))
    assert Tag.objects.get().colour == "red"
    assert list(faults(client.post(url, typed(url, name="OTHER", colour="beige")))) == ["colour"]


def test_a_tag_has_its_colour_in_its_list_on_the_customers_page_in_theirs_and_as_a_filter(
    client, red, customer, choose
):
    somebody = customer(tags=[red])
    choose("email", "tags")
    assert (
        read(client.get("/tags/")).one("tbody").one("th", "c-name").one("span", "tag-red").text == "PROBLEM"
    )
    assert (
        read(client.get("/customers/")).one("tbody").one("td", "c-tags").one("span", "tag-red").text
        == "PROBLEM"
    )
    assert read(client.get(f"/customers/{somebody.pk}/")).one("a", "tag-red").text == "PROBLEM"
    chip = read(client.get(f"/customers/?tag={red.pk}")).one("li", "chip")
    assert "tag-red" in chip["class"].split()


def test_colours_do_not_part_what_the_alphabet_joins(client, red, tag):
    """Decision 49: the list of tags is sorted by their names."""
    tag("Abc")
    tag("Zoë")
    page = List(client.get("/tags/"))
    assert [page.cells(place)[1] for place in range(3)] == ["Abc", "PROBLEM", "Zoë"]


@pytest.mark.parametrize("word", ["teal", "TEAL", "Morski", "bleu canard"])
def test_a_file_says_the_colour_by_its_name_in_any_language(red, written, word):
    path = written(f"Name;Colour\nPROBLEM;{word}\n")
    report = opened(section_named("tags"), path, key="name").run(
        by=Actor(staff=None, door=Door.IMPORT), tell=lambda fault: None
    )
    red.refresh_from_db()
    assert (report.updated, red.colour) == (1, "teal")

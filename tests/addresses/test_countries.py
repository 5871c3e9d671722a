"""Countries and their rules are settings of the shop (facts 1.5, 6.3, 6.4)."""

import pytest

from addresses.models import Country
from tests.reading import List, faults

pytestmark = pytest.mark.usefixtures("nothing_miscounted")


@pytest.fixture
def change(client, typed, country):
    """`change("FR", postcode_format="NNNNN")` saves the form of that country with these fields typed."""

    def change(code: str, **fields):
        url = f"/countries/{country(code).pk}/edit/"
        return client.post(url, typed(url, **fields))

    return change


def test_the_list_has_every_country_by_its_name_in_the_readers_language(client, reads):
    page = List(client.get("/countries/?per_page=300"))
    assert page.total == 250
    assert page.cells(0)[1:3] == ["Afghanistan", "AF"]
    reads("fr")
    assert List(client.get("/countries/?name=allem")).cells(0)[1:3] == ["Allemagne", "DE"]


@pytest.mark.parametrize(
    ("code", "format", "good", "stored", "bad", "example"),
    [
        ("PT", "NNNN-NNN", "2725079", "2725079", "2725", "0000-000"),
        ("NL", "NNNN LL", "1234ab", "1234AB", "12345", "0000 AA"),
        ("AD", "CNNN", "AD500", "AD500", "FR500", "AD000"),
        ("KY", "CN-NNNN", "ky1-1100", "KY1-1100", "2101", "KY0-0000"),
        ("AG", "nnn", "123", "123", "12", "000"),
    ],
)
def test_staff_write_a_format_in_letters(change, address, refused, code, format, good, stored, bad, example):
    """Facts 6.3: N a digit, L a letter, C the country's code; a blank or hyphen may be left out."""
    assert change(code, postcode_format=format).status_code == 302
    assert address(country=code, postcode=good).postcode == stored
    told = refused(country=code, postcode=bad)
    assert told == {"postcode": [f"Not a postcode of this country: write it like {example}."]}


@pytest.mark.parametrize("format", ["XYZ", "N*N", "--", "N" * 13])
def test_a_format_of_anything_else_is_refused(change, format):
    assert list(faults(change("FR", postcode_format=format))) == ["postcode_format"]


@pytest.mark.parametrize(
    ("layout", "fault"),
    [
        ("{first_name} {last_name}\n{address1}", "These fields are missing: {city}."),
        ("{first_name} {last_name}\n{address1} {city} {zip}", "There is no field {zip}."),
    ],
)
def test_a_layout_names_what_no_address_can_do_without(change, layout, fault):
    """Facts 6.4."""
    assert faults(change("FR", address_format=layout)) == {"address_format": [fault]}


def test_a_rule_that_staff_change_counts_at_once(change, address, refused):
    assert address(country="AO", postcode="").postcode == ""
    change("AO", needs_postcode="on")
    assert refused(country="AO", postcode="") == {"postcode": ["Angola needs a postcode."]}
    change("DE", needs_identification="on")
    assert refused(country="DE", postcode="10115") == {"dni": ["Germany needs an identification number."]}


def test_a_state_that_nobody_knows_is_never_needed(change, address):
    """B10: no setting makes saving impossible."""
    change("FR", needs_state="on")
    assert address(country="FR").country_id == "FR"


def test_a_country_is_added_once_and_keeps_its_code(client, typed):
    layout = "{first_name} {last_name}\n{address1}\n{postcode} {city}"
    data = typed("/countries/add/", code="xi", address_format=layout)
    assert client.post("/countries/add/", data).status_code == 302
    made = Country.objects.get(code="XI")
    assert "code" not in typed(f"/countries/{made.pk}/edit/")
    assert faults(client.post("/countries/add/", {**data, "once": ""})) == {
        "code": ["XI is in the list already."]
    }


def test_many_are_disabled_at_once_and_that_is_undone(client, country):
    keys = [country(code).pk for code in ("DE", "PL")]
    answer = client.post("/countries/actions/disable/", {"selected": keys}, follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["2 countries disabled."]
    assert not Country.objects.filter(pk__in=keys, active=True).exists()
    client.post(next(one.extra_tags for one in answer.context["messages"]))
    assert Country.objects.filter(pk__in=keys, active=True).count() == 2

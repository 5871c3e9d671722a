"""The address line is the list's state: chips, Reset, what was typed wrongly, and coming back."""

import pytest

from tests.reading import List, read

pytestmark = pytest.mark.alike


@pytest.fixture
def client(client_of, owner):
    return client_of(owner)


@pytest.fixture
def look(client):
    return lambda query="": List(client.get(f"/customers/?{query}"))


def test_active_filters_are_chips_that_can_be_taken_away_one_by_one(look, customer, mrs, group, tag):
    """Design, D-73: each filter in words, its cross leads to the list without it; the page begins anew."""
    wholesale = group("Wholesale")
    problem = tag("PROBLEM")
    customer(first_name="John")
    page = look(
        f"first_name=John&title={mrs.pk}&title=none&group={wholesale.pk}&tag={problem.pk}&active=true&account=without"
        "&registered_after=2026-03-10&registered_before=2026-03-11&age_min=30&id=7&sort=age&page=2"
    )
    assert set(page.chips) == {
        "First name: John",
        "Gender: Female, Unknown",
        "Customer Groups: Wholesale",
        "Tag: PROBLEM",
        "Enabled: Yes",
        "Customer without Account",
        "Registration from 10 Mar 2026",
        "Registration to 11 Mar 2026",
        "Age from 30",
        "ID: 7",
    }
    without = page.chips["First name: John"]
    assert "first_name" not in without
    assert "page" not in without
    assert "sort=age" in without
    assert f"group={wholesale.pk}" in without
    gender = page.chips["Gender: Female, Unknown"]
    assert "title=" not in gender


def test_the_chip_of_what_is_not_there_any_more_says_so(look, customer):
    """A kept address of a group that was deleted meanwhile: one clear word, nobody found, nobody exported."""
    customer()
    page = look("group=999")
    assert list(page.chips) == ["Customer Groups: 999, which is not there"]
    assert (page.lines, page.paging) == ([], "Page 1 / 1 | Display 50 / 0 results")


def test_the_cross_of_a_chip_says_what_it_takes_away(look, customer):
    """Accessibility: an icon with a name."""
    customer()
    cross = look("first_name=John").page.one("li", "chip").one("a")
    assert cross["aria-label"] == "Remove the filter First name: John"


def test_a_filter_keeps_its_value_and_finds_the_one_row(look, customer):
    """S1.93: with "John" in Prénom the list shows the one row; the box keeps its value."""
    customer(first_name="John")
    customer(first_name="Ada")
    page = look("first_name=John")
    assert [page.cells()[3], len(page.lines), page.field("first_name")["value"]] == ["John", 1, "John"]


def test_chosen_choices_stay_chosen(look, customer, mr, mrs):
    """Decision 12: repeated choices are any of; the field shows them."""
    customer()
    page = look(f"title={mrs.pk}&newsletter=false")
    chosen = [one["value"] for one in page.field("title").all("option") if one.has("selected")]
    assert chosen == [str(mrs.pk)]
    assert [one["value"] for one in page.field("newsletter").all("option") if one.has("selected")] == [
        "false"
    ]


def test_reset_gives_everybody_in_the_order_and_page_size_at_hand(look, customer):
    """S0.81, S1.94, S3.48, S4.92, D-84: Reset is all rows."""
    customer(first_name="Ada")
    page = look("first_name=John&sort=age&per_page=20&page=3")
    reset = next(link for link in page.page.one("div", "filter-buttons").all("a") if link.text == "Reset")
    assert reset["href"] == "/customers/?sort=age&per_page=20"
    assert "Nothing matches these filters." in page.page.text
    assert len(look("sort=age&per_page=20").lines) == 1


def test_filter_and_reset_stand_at_the_tables_top_right(look, customer):
    """S0.80, S1.7, decision 10."""
    customer()
    buttons = look().page.one("div", "filter-buttons")
    assert [one.text for one in buttons.walk() if one.tag in ("a", "button")] == ["Reset", "Filter"]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("id", "abc", "Enter a whole number."),
        ("id", "-1", "At least 0, please."),
        ("id", "1.5", "Enter a whole number."),
        ("id", "9" * 30, "There is no such number."),
        ("age_min", "old", "Enter a whole number."),
        ("age_max", "201", "At most 200, please."),
        ("registered_after", "31-02-2026", "“31-02-2026” is not a date."),
        ("registered_before", "yesterday", "“yesterday” is not a date."),
        ("last_visit_after", "2026-13-01", "“2026-13-01” is not a date."),
        ("last_name", "x" * 201, "At most 200 characters, please; this has 201."),
    ],
)
def test_a_value_typed_wrongly_is_told_at_its_field_kept_and_left_out(client, customer, name, value, told):
    """Issue 2, bad input: a clear message at the right place, status 200, the rest of the list works."""
    customer(first_name="Ada")
    client.post(
        "/customers/columns/", {"columns": ["id", "last_name", "age", "registered_at", "last_visit_at"]}
    )
    answer = client.get("/customers/", {name: value, "first_name": "ada"})
    page = List(answer)
    assert answer.status_code == 200
    field = page.field(name)
    assert (field["value"], field["aria-invalid"]) == (value, "true")
    assert page.page.one("span", id=field["aria-describedby"]).text == told
    assert any(told in line.text for line in page.page.one("div", "notice-warn").all("li"))
    assert len(page.lines) == 1
    assert list(page.chips) == ["First name: ada"]


@pytest.mark.parametrize(
    ("typed", "kind", "shown"),
    [
        ("2026-03-09", "date", "2026-03-09"),
        ("09.03.2026", "date", "2026-03-09"),
        ("9-3-2026", "date", "2026-03-09"),
        ("99", "text", "99"),
        ("31/02/2026", "text", "31/02/2026"),
        ("", "date", ""),
        ("+", "date", ""),
    ],
)
def test_a_browsers_date_field_holds_only_what_it_can_show(look, customer, typed, kind, shown):
    """U37: Chromium warned of “99” and showed nothing; a day of another form was not shown either."""
    customer()
    field = look(f"registered_after={typed}").field("registered_after")
    assert (field["type"], field["value"]) == (kind, shown)


@pytest.mark.parametrize(
    "query",
    [
        "active=maybe",
        "newsletter=1",
        "account=both",
        "title=abc",
        "group=-1",
        "tag=1;2",
        "agent=x",
        "title=<b>",
    ],
)
def test_a_choice_that_is_not_offered_is_told_and_left_out(client, customer, query):
    """Issue 2, bad input."""
    customer()
    answer = client.get(f"/customers/?{query}")
    page = List(answer)
    assert answer.status_code == 200
    assert len(page.lines) == 1
    assert len(page.page.one("div", "notice-warn").all("li")) == 1


def test_a_filter_of_ten_thousand_characters_is_told_and_answered(client, customer):
    """Issue 2, bad input: never a 500."""
    customer()
    answer = client.get("/customers/", {"last_name": "x" * 10_000, "q": "ü" * 10_000})
    assert answer.status_code == 200
    assert len(List(answer).lines) == 1
    assert len(answer.context["filter_faults"]) == 2


@pytest.mark.parametrize("name", ["last_name", "id", "title", "page", "sort", "unknown", "registered_after"])
def test_a_nul_byte_is_a_bad_request_whatever_the_parameter(client, shop, name):
    """Issue 2: PostgreSQL cannot store one, nobody types one."""
    assert client.get("/customers/", {name: "a\0b"}).status_code == 400


def test_the_links_of_a_row_and_of_the_pager_keep_the_whole_state(look, customer):
    """D-54, D-73: everything in the address line, nothing in the session."""
    for _ in range(21):
        customer(first_name="John")
    page = look("first_name=John&sort=email&per_page=20")
    following = next(
        link for link in page.page.one("span", "steps").all("a") if link["aria-label"] == "Next page"
    )
    assert following["href"] == "/customers/?first_name=John&sort=email&per_page=20&page=2"
    assert page.page.one("form", id="filters")["method"] == "get"


def test_coming_back_from_a_customer_gives_the_list_as_it_was(client, customer):
    """S4.94, issue 2: the way back keeps the filters, from the file, from its form, and after saving."""
    made = customer()
    came_from = "http://testserver/customers/?first_name=john&sort=age"
    file = read(client.get(f"/customers/{made.pk}/", headers={"referer": came_from}))
    back = file.one("footer").all("a", "push")[0]
    assert (back.text, back["href"]) == (
        "Back to Customers",
        f"/customers/?first_name=john&sort=age#row-{made.pk}",
    )


@pytest.mark.parametrize(
    "referer",
    [
        "https://evil.example/customers/?first_name=john",
        "//evil.example/customers/",
        "javascript:alert(1)",
        "http://testserver/login/?next=/customers/",
        "http://[broken",
        "",
    ],
)
def test_the_way_back_never_leads_elsewhere(client, customer, referer):
    """G20: nothing that a browser sends is taken for an address of ours."""
    made = customer()
    file = read(client.get(f"/customers/{made.pk}/", headers={"referer": referer}))
    assert file.one("footer").all("a", "push")[0]["href"] == f"/customers/#row-{made.pk}"


def test_refreshing_keeps_filters_sort_and_page(look, customer):
    """S4.25."""
    for _ in range(21):
        customer(first_name="John")
    page = look("first_name=John&sort=email&per_page=20&page=2")
    refresh = next(
        link for link in page.page.one("div", id="list-gear").all("a") if link.text == "Refresh the list"
    )
    assert refresh["href"] == "/customers/?first_name=John&sort=email&per_page=20&page=2"


def test_empty_parameters_of_a_form_without_scripts_leave_the_links(look, customer):
    """A plain form sends every empty field: they never pile up in addresses."""
    customer(first_name="John")
    page = look("id=&title=&first_name=John&last_name=&registered_after=&active=&page=")
    refresh = next(
        link for link in page.page.one("div", id="list-gear").all("a") if link.text == "Refresh the list"
    )
    assert refresh["href"] == "/customers/?first_name=John"
    assert list(page.chips) == ["First name: John"]

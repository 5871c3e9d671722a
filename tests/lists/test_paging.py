"""Pages of a list: the paging line, page sizes, pages that do not exist, and counts that say what they know."""

import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from backoffice.lists import found as found_in_lists
from backoffice.lists import found as found_records
from backoffice.lists import paging
from backoffice.lists.page import ListPage
from backoffice.models import Counter
from backoffice.records.actors import Actor
from customers import services
from customers.models import Customer, CustomerFigures, Membership
from tests.reading import List, read


@pytest.fixture
def crowd(default_group):
    """`crowd(120)` puts in so many customers at once, by first name 001, 002 …; returns their ids."""

    def crowd(number: int) -> list[int]:
        made = Customer.objects.bulk_create(
            [
                Customer(
                    first_name=f"{place:03}",
                    last_name="DOE",
                    email=f"{place}@shop.example",
                    default_group=default_group,
                    newsletter=place % 2 == 0,
                )
                for place in range(1, number + 1)
            ]
        )
        Membership.objects.bulk_create([Membership(customer=one, group=default_group) for one in made])
        CustomerFigures.objects.bulk_create([CustomerFigures(customer=one) for one in made])
        Counter.move("customers.customer", number)
        return [one.pk for one in made]

    return crowd


@pytest.fixture
def small_cap(monkeypatch):
    """Lists count to 30 instead of 10,000."""
    monkeypatch.setattr(paging, "CAP", 30)
    monkeypatch.setattr(found_records, "CAP", 30)


@pytest.mark.parametrize(
    ("number", "query", "line"),
    [
        (0, "", "Page 1 / 1 | Display 50 / 0 results"),
        (1, "", "Page 1 / 1 | Display 50 / 1 result"),
        (51, "", "Page 1 / 2 | Display 50 / 51 results"),
        (51, "page=2", "Page 2 / 2 | Display 50 / 51 results"),
        (51, "per_page=20&page=3", "Page 3 / 3 | Display 20 / 51 results"),
        (51, "newsletter=true", "Page 1 / 1 | Display 50 / 25 results"),
    ],
)
def test_the_paging_line_has_page_pages_size_and_total(crowd, client_of, owner, number, query, line):
    """S1.5: "Page 1 / 1 | Afficher 50 / 1 résultat(s)", all of its numbers, above the list and below it."""
    crowd(number)
    page = List(client_of(owner).get(f"/customers/?{query}"))
    assert page.paging == line
    assert len(page.page.all("nav", "paging")) == (2 if number else 1)


def test_four_page_sizes_are_offered_and_50_is_the_first(crowd, client_of, owner):
    """S1.6: 20, 50, 100, 300; choosing one begins at page 1 again and keeps the filters."""
    crowd(1)
    page = List(client_of(owner).get("/customers/?first_name=0&page=1"))
    menu = page.page.one("nav", "paging").all("div", "menu-list")[-1]
    assert {link.text: link["href"] for link in menu.all("a")} == {
        str(number): f"/customers/?first_name=0&per_page={number}" for number in (20, 50, 100, 300)
    }
    assert [link.text for link in menu.all("a", aria_current="true")] == ["50"]


@pytest.mark.parametrize("per_page", ["7", "0", "-20", "1000", "abc", "２０", "20.0", "", "9" * 5000])
def test_a_page_size_that_is_not_offered_is_ignored(listed, crowd, per_page):
    """Interface: 20, 50, 100 or 300."""
    crowd(1)
    assert listed(f"per_page={per_page}").per_page == 50


@pytest.mark.parametrize(
    ("page", "expected"),
    [("1", 1), ("2", 2), ("3", 3), ("4", 3), ("999999999999", 3), ("9" * 5000, 1), ("last", 3)]
    + [(odd, 1) for odd in ("0", "-1", "x", "1.5", "", "²", "٣", "1;DROP", "LAST", "<script>")],
)
def test_a_page_that_is_not_there_is_the_last_one_and_what_is_no_page_the_first(
    listed, crowd, page, expected
):
    """G33, issue 2: unknown pages are never an error."""
    crowd(51)
    assert listed(f"per_page=20&page={page}").page == expected


def test_all_pages_together_show_everybody_once(ids, crowd):
    """D-54: no row twice, none missing."""
    made = crowd(95)
    seen = [pk for page in range(1, 6) for pk in ids(f"per_page=20&page={page}&sort=newsletter")]
    assert sorted(seen) == made
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(("page", "skipped"), [(1, 0), (2, 20), (3, 40), (4, 15), (5, 0)])
def test_a_far_page_is_counted_from_the_nearer_end(listed, crowd, monkeypatch, page, skipped):
    """D-54: the last of many pages costs no more than the first. Of 95 rows, 15 come after the fourth page of 20."""
    monkeypatch.setattr(found_in_lists, "is_far", lambda offset: True)
    made = crowd(95)
    with CaptureQueriesContext(connection) as queries:
        found = [row["id"] for row in listed(f"sort=id&per_page=20&page={page}").records]
    (said,) = [one["sql"] for one in queries if '"first_name"' in one["sql"]]
    assert found == made[(page - 1) * 20 : page * 20]
    assert [int(number) for number in re.findall(r"OFFSET (\d+)", said)] == ([skipped] if skipped else [])


def test_arrows_lead_to_first_previous_next_and_last_with_everything_else_kept(crowd, client_of, owner):
    """D-54, D-94: the pager keeps sort, size and filters."""
    crowd(95)
    tail = "first_name=0&per_page=20&sort=-email"

    def arrows(page):
        page = List(client_of(owner).get(f"/customers/?{tail}&page={page}"))
        steps = page.page.one("span", "steps").all("a")
        return {link["aria-label"]: link["href"].removeprefix(f"/customers/?{tail}") for link in steps}

    assert arrows(1) == {"Next page": "&page=2", "Last page": "&page=5"}
    assert arrows(3) == {
        "First page": "",
        "Previous page": "&page=2",
        "Next page": "&page=4",
        "Last page": "&page=5",
    }
    assert arrows(5) == {"First page": "", "Previous page": "&page=4"}


def test_a_page_can_be_typed(crowd, client_of, owner):
    """Decision 13: the field belongs to the form of the filters, so that everything else stays."""
    crowd(51)
    page = List(client_of(owner).get("/customers/?newsletter=true"))
    assert page.field("page")["type"] == "number"


def test_the_whole_count_is_the_stored_one(listed, crowd, django_assert_num_queries):
    """Decision 39: no page counts what is large; the counters have been read with the list."""
    crowd(7)
    page = listed("")
    with django_assert_num_queries(0):
        assert page.total == 7


def test_counts_are_exact_up_to_the_cap_and_say_so_beyond_it(crowd, listed, small_cap):
    """Decision 13, D-94: "more than …", never a wrong number."""
    crowd(64)
    exact = listed("first_name=01")
    assert (exact.total, exact.exact, exact.total_text, exact.pages) == (10, True, "10", 1)
    more = listed("newsletter=true")
    assert (more.total, more.exact, more.total_text, more.pages) == (31, False, "more than 30", None)
    assert more.exact_total == 32
    assert listed("").total_text == "64"


def test_exactly_as_many_as_the_cap_is_still_exact(crowd, listed, small_cap):
    """Decision 13: exact up to 10,000."""
    crowd(60)
    assert (listed("newsletter=true").total_text, listed("newsletter=true").exact) == ("30", True)


def test_the_cap_is_ten_thousand_and_numbers_are_written_as_the_language_does(crowd, listed):
    """Decision 13, S1.59."""
    assert paging.CAP == 10_000
    crowd(1)
    page = listed("newsletter=false")
    page.__dict__.update(total=10_001)
    assert page.paging["total_text"] == "more than 10,000 results"
    with override("fr"):
        assert page.total_text.replace("\u202f", " ").endswith("10 000")


def test_selecting_all_beyond_the_cap_says_its_number_as_the_language_does(
    crowd, listed, client_of, hire, monkeypatch
):
    """V11: "10,000" was part of the code."""
    crowd(60)
    monkeypatch.setattr(ListPage, "exact", False)
    monkeypatch.setattr(ListPage, "pages", None)
    page = read(
        client_of(hire("owner", email="fr@example.com", language="fr")).get("/customers/?newsletter=true")
    )
    bar = page.one("div", "selection-bar").text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "plus de 10 000" in bar


def test_beyond_the_cap_typed_pages_and_the_last_page_still_work(crowd, listed, client_of, owner, small_cap):
    """Decision 13: typed page and last page (in reverse order) work without a count."""
    made = crowd(100)
    odd = made[::2]  # 50 of them, without newsletter
    query = "newsletter=false&sort=id&per_page=20"
    assert [row["id"] for row in listed(f"{query}&page=2").records] == odd[20:40]
    assert [row["id"] for row in listed(f"{query}&page=3").records] == odd[40:]
    assert [row["id"] for row in listed(f"{query}&page=last").records] == odd[-20:]
    line = listed(f"{query}&page=2").paging
    assert (line["pages_text"], line["total_text"]) == ("Page 2 / …", "more than 30 results")
    assert line["last_url"].endswith("&page=last")
    assert listed(f"{query}&page=3").paging["next_url"] == ""
    at_the_end = listed(f"{query}&page=last").paging
    assert (at_the_end["next_url"], at_the_end["last_url"]) == ("", "")
    steps = List(client_of(owner).get(f"/customers/?{query}&page=last")).page.one("span", "steps").all("a")
    assert {step["aria-label"]: step["href"] for step in steps} == {"First page": f"/customers/?{query}"}


def test_a_page_far_beyond_an_uncounted_list_is_its_last_page(crowd, listed, client_of, owner, small_cap):
    """Issue 2: a page that does not exist is never an empty list that says nothing matches."""
    made = crowd(100)
    far = listed("newsletter=false&sort=id&per_page=20&page=77")
    assert [row["id"] for row in far.records] == made[::2][-20:]
    assert far.paging["next_url"] == ""
    page = List(client_of(owner).get("/customers/?newsletter=false&page=123456789"))
    assert "Nothing matches" not in page.page.text
    assert len(page.lines) == 50


def test_a_count_is_kept_while_turning_pages_and_new_after_a_change(crowd, listed, customer):
    """Decision 13: cached at most 60 seconds, and never beyond a change of the list."""
    crowd(4)
    assert listed("newsletter=true").total == 2
    customer(newsletter=True)
    assert listed("newsletter=true").total == 3
    services.set_flag(Customer.objects.all(), "newsletter", True, by=Actor.command())
    assert listed("newsletter=true").total == 5


def test_a_count_is_kept_for_less_than_a_minute(crowd, client_of, owner, monkeypatch):
    """Decision 13, code finding C19.3: a change that no counter tells of shows after 60 seconds at the latest."""
    clock = SimpleNamespace(monotonic=lambda: clock.now, now=1_000.0)
    monkeypatch.setattr(paging, "time", clock)
    crowd(4)

    def line() -> str:
        return List(client_of(owner).get("/customers/?newsletter=true")).paging

    assert line() == "Page 1 / 1 | Display 50 / 2 results"
    Customer.objects.update(newsletter=True)
    clock.now = 1_059.9
    assert line() == "Page 1 / 1 | Display 50 / 2 results"
    clock.now = 1_060.0
    assert line() == "Page 1 / 1 | Display 50 / 4 results"


def sorts_whole(queries) -> bool:
    """Whether the database was made to sort all that match: the index of the order was hidden from it."""
    return any(re.search(r'COALESCE\([^)]*"registered_at"', one["sql"]) for one in queries)


@pytest.mark.parametrize(
    ("matching", "others", "query", "sorted_whole"),
    [
        # 5 × 4² = 80; a page of 20 passes over 20 × 4 = 80 rows, which is no more, or 20 × 5 = 100.
        (4, 0, "newsletter=true&per_page=20", False),
        (4, 1, "newsletter=true&per_page=20", True),
        # 5 × 10² = 500; a page of 50 passes over 50 × 10 = 500 or 50 × 11 = 550.
        (10, 0, "newsletter=true", False),
        (10, 1, "newsletter=true", True),
        (10, 1, "newsletter=true&per_page=20", False),
        (1, 1, "newsletter=true", True),
        # 5 × 3² = 45 and 20 × 3 = 60, but nothing is passed over where no filter is set.
        (2, 1, "per_page=20", False),
    ],
)
def test_few_that_match_are_sorted_and_many_are_met_by_following_the_order(
    crowd, client_of, owner, matching, others, query, sorted_whole
):
    """Code finding C19.8: the performance plan, on both sides of where one becomes dearer than the other."""
    crowd(matching + others)
    Customer.objects.update(newsletter=False)
    Customer.objects.filter(first_name__lte=f"{matching:03}").update(newsletter=True)
    with CaptureQueriesContext(connection) as queries:
        page = List(client_of(owner).get(f"/customers/?{query}"))
    assert len(page.ids) == (matching if "newsletter" in query else matching + others)
    assert sorts_whole(queries) is sorted_whole


def test_many_more_than_can_be_counted_are_never_sorted(crowd, client_of, owner, small_cap):
    """Code finding C19.8, decision 13: how many match is not known, so the order is followed."""
    crowd(1_000)
    Customer.objects.update(newsletter=False)
    with CaptureQueriesContext(connection) as queries:
        List(client_of(owner).get("/customers/?newsletter=false"))
    assert not sorts_whole(queries)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/customers/?first_name=bob", "1 customer found"),
        ("/customers/", "2 customers found"),
        ("/groups/", "1 group found"),
        ("/titles/", "2 titles found"),
        ("/tags/", "0 tags found"),
    ],
)
def test_a_screen_reader_hears_what_was_found(customer, client_of, owner, address, said):
    """L103, U24: "2 customers found", in every list; not "Page 1 / 1, Display 50 / 2 results"."""
    customer(first_name="Bob")
    customer(first_name="Ada")
    page = read(client_of(owner).get(address))
    assert page.one("div", id="list-region")["data-found"] == said


def test_a_screen_reader_hears_that_more_was_found_than_is_counted(listed, crowd):
    """L103, decision 13: "more than 10,000 customers found"."""
    crowd(1)
    page = listed("newsletter=false")
    page.__dict__.update(total=10_001)
    assert page.paging["found_text"] == "more than 10,000 customers found"


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Résultat\u00a0: 2 clients"), ("pl", "Znaleziono: 2 klientów"), ("ro", "Rezultat: 2 clienți")],
)
def test_what_was_found_is_heard_in_each_language(customer, client_of, hire, language, said):
    """L103."""
    customer()
    customer()
    page = read(client_of(hire("manager", language=language)).get("/customers/"))
    assert page.one("div", id="list-region")["data-found"] == said

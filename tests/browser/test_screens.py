"""What fits which screen, and that nothing customers wrote runs anywhere, in a real browser (design; G1)."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from backoffice.models import ColumnChoice
from backoffice.records.actors import Actor, Door
from backoffice.sections import all_sections, section_named
from customers import services
from customers.models import MemberAct
from tests.test_every_url import EVERY_URL, addresses_of

# Addresses of sections whose GET is no page: files, and what only a POST may ask for.
NO_PAGES = (
    *(
        "_export",
        "_action",
        "_figures",
        "_put_back",
        "_toggle",
        "_note",
        "_bring_back",
        "_retire",
        "_use_again",
    ),
    *("_note_add", "_note_edit", "_note_pin", "_note_delete", "_note_restore"),
    *("_reply", "_remark", "_state", "_send", "_presets", "_rule_apply", "_rule_remove"),
    *("tasks_customers", "tasks_feed", "tasks_feed_link", "_live"),
)


@pytest.fixture
def section_pages(small_shop, custom_field, address, no_list_is_empty):
    """The addresses of all pages of all sections: lists, forms, files, histories, columns, settings."""
    custom_field("Hat size", kind="number")
    address(small_shop.john)
    no_list_is_empty()
    records = {section.slug: section.rows().order_by("-pk").first().pk for section in all_sections()}
    records |= {"customers": small_shop.john.pk, "entry": small_shop.john.history.latest().history_id}
    MemberAct.objects.filter(pk=1).delete()
    now = timezone.now()
    MemberAct.objects.create(
        pk=1, group_id=records["groups"], joined=True, number=1, begun_at=now, at=now, door=Door.PAGE
    )
    slugs = tuple(f"/{section.slug}/" for section in all_sections())
    return [
        address.path
        for url in EVERY_URL
        for address in addresses_of(url, {**records, "staff": 1})
        if address.path.startswith(slugs) and not url.name.endswith(NO_PAGES)
    ]


@pytest.mark.parametrize("width", [1280, 1024])
def test_no_page_is_wider_than_the_screen(section_pages, opened, width):
    """Design: never a horizontal scroll at 1280 px; screenshots at 1440, 1024 and 375 px."""
    page = opened("/", width=width)
    wide = {}
    for address in ["/", "/help/", "/activity/", "/staff/", "/profile/", *section_pages]:
        assert page.goto(address).status == 200, address
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            wide[address] = over
    assert wide == {}


def test_the_default_list_fits_a_screen_of_1280_with_long_names_and_addresses(opened, small_shop, customer):
    """Design: never a horizontal scroll at 1280 px with the default columns; long e-mails cut with an ellipsis."""
    address = "adolph.blaine.charles.david.earl.frederick@wolfeschlegelsteinhausen.example.com"
    customer(
        first_name="Adolph Blaine Charles David",
        last_name="Wolfeschlegelsteinhausenbergerdorff-Wolfeschlegelsteinhausenbergerdorff",
        email=address,
        visited=small_shop.john.registered_at,
    )
    page = opened("/customers/", width=1280)
    assert page.locator(".list-wrap").evaluate("box => box.scrollWidth - box.clientWidth") <= 0
    cell = page.locator(f".cut[title='{address}']")
    assert cell.evaluate("cell => cell.scrollWidth > cell.clientWidth")
    assert cell.evaluate("cell => getComputedStyle(cell).textOverflow") == "ellipsis"


@pytest.mark.parametrize("language", ["en", "fr", "pl", "ro"])
def test_a_list_of_twelve_columns_stays_in_its_card_at_1280(opened, small_shop, owner, language):
    """Design: what a person chose to see and the screen cannot hold scrolls inside the list, never out of it."""
    ColumnChoice.objects.create(
        staff=owner,
        section="customers",
        columns=list(section_named("customers").listing.sets["modern"].columns),
    )
    owner.language = language
    owner.save()
    card = opened("/customers/", width=1280).locator(".list-wrap")
    over = card.evaluate("box => box.querySelector('table').scrollWidth - box.clientWidth")
    assert over <= 0 or card.evaluate("box => getComputedStyle(box).overflowX") == "auto"


# Whether what is chosen has its whole width between the paddings, the arrow among them.
IS_WHOLE = """(select) => {
    const style = getComputedStyle(select), pen = document.createElement("canvas").getContext("2d");
    pen.font = style.font;
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return parseFloat(style.paddingRight) >= 16 && pen.measureText(select.selectedOptions[0].text).width <= room;
}"""


def test_what_is_chosen_in_a_filter_is_read_whole(opened, small_shop, mrs, group):
    """Design: the filters in force are seen at a glance; the arrow never stands on the word."""
    chosen = {
        "title": mrs.pk,
        "group": group("Partenaires de la Lorraine").pk,
        "tag": small_shop.problem.pk,
        "account": "without",
        "active": "true",
    }
    page = opened("/customers/?" + "&".join(f"{name}={value}" for name, value in chosen.items()), width=1280)
    whole = {name: page.locator(f"select.filter[name={name}]").evaluate(IS_WHOLE) for name in chosen}
    assert whole == dict.fromkeys(chosen, True)
    assert page.locator("select.filter[name=account]").get_attribute("title") == "Customer without Account"


def test_names_of_sixty_letters_without_a_space_widen_no_page_of_a_phone(opened, customer, group, tag, owner):
    """Deliverable 10: readable at 375 px, without scrolling sideways; also what customers and staff made long."""
    long = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis"
    wholesale, problem = group(long[:32]), tag(long[:32].upper())
    adolph = customer(first_name=long, last_name=long, default_group=wholesale, tags=[problem])
    services.edit_customer(adolph, {"company": long * 2}, by=Actor(staff=owner, door="page"))
    ColumnChoice.objects.create(staff=owner, section="customers", columns=["customer", "company", "tags"])
    page = opened("/", width=375)
    wide = {}
    for address in ("", "add/", *(f"{adolph.pk}/{last}" for last in ("", "edit/", "delete/", "history/"))):
        page.goto(f"/customers/{address}")
        if over := page.evaluate("document.documentElement.scrollWidth - 375"):
            wide[address] = over
    page.goto(f"/groups/{wholesale.pk}/")
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    assert wide == {}


def test_on_a_phone_a_long_name_has_the_whole_line_of_the_title(opened, customer):
    """The buttons beside it go below; a short name keeps them beside."""
    long = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis"
    for name, beside in ((long, False), ("Ada", True)):
        page = opened(f"/customers/{customer(first_name=name, last_name='Byron').pk}/", width=375)
        title = page.locator("h1").bounding_box()
        button = page.get_by_role("link", name="Edit", exact=True).bounding_box()
        assert (button["y"] < title["y"] + title["height"]) is beside


def test_a_name_of_255_letters_takes_three_lines_of_a_page_and_two_of_a_card(opened, customer):
    """Facts 1.1: names have up to 255 letters; the whole one shows under the pointer (design: whole on hover)."""
    adolph = customer(first_name="Maximiliana " * 21, last_name="W" * 255)
    page = opened(f"/customers/{adolph.pk}/", width=375)
    title = page.locator("h1")
    assert title.bounding_box()["height"] < 90
    title.hover()
    assert title.bounding_box()["height"] > 300
    page.goto(f"/customers/{adolph.pk}/edit/")
    assert page.locator("h1").bounding_box()["y"] < 160
    page.goto("/customers/")
    assert page.locator(".list tbody tr").bounding_box()["height"] < 170


def test_the_titles_of_the_columns_stay_while_scrolling(opened, small_shop, customer):
    """Design: sticky header row."""
    for number in range(40):
        customer(first_name="Many", last_name="P" + "abcdefghij"[number % 10] * (1 + number // 10))
    page = opened("/customers/", height=600)
    page.mouse.move(600, 400)
    page.mouse.wheel(0, 700)
    expect(page.locator(".list tbody tr").first).not_to_be_in_viewport()
    assert page.get_by_role("link", name="First name").is_visible()
    box = page.get_by_role("link", name="First name").bounding_box()
    assert 0 <= box["y"] < 300


def test_on_a_phone_the_files_left_column_comes_first(opened, small_shop):
    """S4.63: two columns; on a small screen one under the other, the left column's blocks first."""

    def columns(page):
        return [column.bounding_box() for column in page.locator(".file-column").all()]

    left, right = columns(opened(f"/customers/{small_shop.john.pk}/", width=375))
    assert left["y"] + left["height"] <= right["y"]
    left, right = columns(opened(f"/customers/{small_shop.john.pk}/", width=1280))
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]


def test_on_a_phone_a_row_is_a_card_and_the_filters_are_a_tap_away(opened, small_shop):
    """Design: on a phone each row is a card with the facts that matter."""
    page = opened("/customers/", width=375)
    row = page.locator(".list tbody tr").first
    assert row.bounding_box()["width"] <= 375
    assert row.get_by_text("Moira").first.is_visible()
    box = page.get_by_label("First name", exact=True)
    assert not box.is_visible()
    page.locator("label.filters-toggle").click()
    box.fill("wendy")
    expect(page.locator(".list tbody tr")).to_have_count(1)
    assert page.get_by_label("First name", exact=True).is_visible()


def test_on_a_phone_the_quick_search_is_always_there_and_the_filters_beside_it_are_not(opened, small_shop):
    """S3.43: quick search on top of the page."""
    page = opened("/customers/", width=375)
    box = page.get_by_role("searchbox", name="Customer")
    assert box.bounding_box()["width"] > 340
    assert not page.get_by_role("combobox", name="Customer Groups").is_visible()
    box.fill("wendy")
    expect(page.locator(".list tbody tr")).to_have_count(1)
    assert box.is_visible()


def test_on_a_phone_who_may_select_nothing_has_no_room_left_for_a_box(opened, small_shop, viewer):
    """Decisions, rights: who may not act is offered nothing to act with."""
    page = opened("/customers/", width=375, staff=viewer)
    row, name = page.locator(".list tbody tr").first, page.locator(".list tbody th.lead").first
    assert name.bounding_box()["x"] - row.bounding_box()["x"] < 20


def test_on_a_phone_the_menu_is_a_sheet(opened, small_shop):
    """Design, frame: a sheet on the phone."""
    page = opened("/customers/", width=375)
    link = page.locator("#rail").get_by_role("link", name="Groups")
    assert not link.is_visible()
    page.locator("button[popovertarget=rail]").click()
    link.click()
    page.wait_for_url("**/groups/")


@pytest.mark.parametrize("width", [1440, 375])
def test_the_entry_of_the_page_is_in_sight_in_a_menu_higher_than_the_screen(opened, width):
    """At 1440 × 900 the last ones lay below the edge, on their own pages too."""
    for address, name in (("/customers/", "Customers"), ("/api-tokens/", "API tokens")):
        page = opened(address, width=width, height=600)
        if width == 375:
            page.locator("button[popovertarget=rail]").click()
        entry = page.locator("#rail [aria-current]")
        expect(entry).to_have_text(name)
        expect(entry).to_be_in_viewport(ratio=1)
        assert (page.evaluate("document.getElementById('rail').scrollTop") == 0) is (name == "Customers")

"""A file imported by hand: chosen, looked at, tried, taken in, told, its rows listed (issue 9, 12; S4.27, S4.29)."""

import pytest
from playwright.sync_api import Page, expect

from customers.models import Customer

pytestmark = pytest.mark.browser
FILE = (
    "E-mail;Last name;First name;Newsletter;Uwagi\n"
    "tink@shop.example;Bell;Tinker;1;likes tea\n"
    "no address;Nobody;Nobody;0;\n"
)


def choose(page: Page, text: bytes) -> None:
    page.get_by_label("CSV file").set_input_files(
        {"name": "shop.csv", "mimeType": "text/csv", "buffer": text}
    )
    page.get_by_role("button", name="Look at the file").click()


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [1440, 375])
def test_from_the_gear_menu_to_the_filtered_list(opened, neverland, axe, width):
    page = opened("/customers/", width=width)
    page.get_by_label("More settings").click()
    page.locator("#list-gear").get_by_role("link", name="Import").click()
    expect(page.get_by_label("What the file contains")).to_have_value("customers")
    assert (axe(page), fits(page)) == ([], True)
    choose(page, FILE.encode())
    expect(page.get_by_role("heading", level=1)).to_have_text("shop.csv")
    expect(page.get_by_role("row", name="Uwagi")).to_contain_text("Not used: nothing here has this name")
    assert (axe(page), fits(page)) == ([], True)
    page.get_by_role("button", name="Take it as: Note").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="Uwagi")).to_contain_text("Note")
    page.get_by_role("button", name="Dry run").press("Enter")
    expect(page.get_by_role("heading", name="Dry run: nothing was changed")).to_be_visible()
    expect(page.locator("ul.stats")).to_contain_text("1 would be created")
    assert not Customer.objects.filter(email="tink@shop.example").exists()
    assert (axe(page), fits(page)) == ([], True)
    page.get_by_role("button", name="Import", exact=True).press("Enter")
    expect(page.locator("ul.stats")).to_contain_text("1 refused")
    expect(page.get_by_role("row", name="no address")).to_contain_text("Not a valid e-mail address")
    assert (axe(page), fits(page)) == ([], True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Report as CSV").click()
    assert download.value.suggested_filename.startswith("import_")
    page.get_by_role("link", name="The rows of this import").click()
    expect(page.locator(".chip").first).to_contain_text("Import: shop.csv")
    expect(page.locator("table.list tbody tr")).to_have_count(1)
    assert Customer.objects.get(email="tink@shop.example").note == "likes tea"


def test_without_scripts_a_file_of_another_encoding_is_mended_and_goes_in(opened, neverland, axe):
    page = opened("/imports/?section=tags", scripts=False)
    choose(page, "Name\nPół\n".encode("cp1250"))
    expect(page.get_by_role("alert")).to_contain_text("The file is not written in UTF-8.")
    page.get_by_label("Encoding").select_option("windows-1250")
    page.get_by_role("button", name="Look at the file again").click()
    expect(page.get_by_role("row", name="Name")).to_contain_text("Pół")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("ul.stats")).to_contain_text("1 created")

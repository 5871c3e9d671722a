"""Customer files of each system, by the names of their columns (decision 26): what becomes of the rows."""

import csv
import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from backoffice.importing.columns import columns_of
from backoffice.sections import section_named
from customers.models import Customer, Title

from .conftest import FILES

pytestmark = pytest.mark.alike

PARIS = ZoneInfo("Europe/Paris")
REFUSED = {  # files with faults in them: how many rows go in and stay out
    "prestashop_1_4": (0, 2),
    "prestashop_list_pl_printed": (0, 2),
    "magento_composite": (1, 1),
}
UNREADABLE = {"addresses", "polish_windows_1250"}


def by_email(address) -> Customer:
    return Customer.objects.select_related("title", "default_group", "figures").get(email__iexact=address)


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in FILES.glob("*.csv") if path.stem not in UNREADABLE)
)
def test_the_file_of_each_system_goes_in_and_the_second_time_changes_nothing(take_in, counted_right, name):
    """Decision 26, D-63: what the file says is stored once; said again it changes nothing."""
    first = take_in(FILES / f"{name}.csv")
    created, refused = REFUSED.get(name, (Customer.objects.count(), 0))
    assert first.counts == (created, 0, 0, refused)
    assert created or refused
    again = take_in(FILES / f"{name}.csv")
    # A guest of the file is a guest here, and the same one.
    assert again.counts == (0, 0, created, refused)
    counted_right()


def test_the_published_1_4_sample_is_refused_for_its_birthdays(take_in):
    """Facts 10.4: "in what form?" is no birthday; line, column and reason are told, nothing goes in."""
    outcome = take_in(FILES / "prestashop_1_4.csv")
    assert [str(fault) for fault in outcome.faults] == [
        "Line 2, column “Birthday”, “which format?”: Not a date: write it like 1985-04-30.",
        "Line 3, column “Birthday”, “in spring”: Not a date: write it like 1985-04-30.",
    ]
    assert not Customer.objects.exists()


def test_a_1_7_file_goes_in_whole(take_in, mr, mrs):
    """Deliverable 8: every column has its effect (D-63), the password is not taken (decision 36)."""
    outcome = take_in(FILES / "prestashop_1_7.csv")
    assert outcome.counts == (4, 0, 0, 0)
    otto, bo, kim = (by_email(f"{name}@mill.example") for name in ("Otto.Miller", "Bo.Baker", "Kim.Baker"))
    assert (otto.last_name, otto.first_name, otto.title, otto.external_id) == ("Miller", "Otto", mr, "11")
    assert (otto.birthday, otto.active, otto.newsletter, otto.partner_offers) == (
        dt.date(1971, 5, 2),
        True,
        True,
        False,
    )
    assert otto.registered_at == dt.datetime(2019, 3, 1, tzinfo=PARIS)
    assert (bo.title, bo.active, bo.birthday) == (mrs, False, dt.date(2004, 2, 29))
    assert (kim.title, kim.birthday) == (None, None)
    assert {one.password for one in (otto, bo, kim)} == {""}
    assert [group.name for group in by_email("Ines.Miller@mill.example").groups.order_by("id")] == [
        "Villagers",
        "Harvest",
    ]


def test_the_commas_of_thirty_bees_part_columns_and_its_semicolons_groups(take_in):
    """The fork has both marks the other way round."""
    take_in(FILES / "thirtybees.csv")
    ines = by_email("ines.miller@mill.example")
    assert [group.name for group in ines.groups.order_by("id")] == ["Villagers", "Harvest"]


@pytest.mark.parametrize("name", ["prestashop_list_en", "prestashop_list_fr"])
def test_the_lists_own_export_comes_in_with_titles_as_words_and_money_as_shown(take_in, mr, mrs, name):
    """Facts 10.5: PrestaShop itself cannot read its export; decision 23: sales and visits become opening figures."""
    assert take_in(FILES / f"{name}.csv").counts == (2, 0, 0, 0)
    otto, ines = by_email("otto@mill.example"), by_email("ines@mill.example")
    assert (otto.title, ines.title) == (mr, mrs)
    assert (otto.figures.total_spent, otto.figures.opening_spent) == (Decimal("1191.20"), Decimal("1191.20"))
    assert otto.registered_at == dt.datetime(2022, 8, 9, 10, 50, 53, tzinfo=PARIS)
    assert otto.figures.last_visit_at == dt.datetime(2023, 1, 2, 3, 4, 5, tzinfo=PARIS)
    assert (ines.active, ines.newsletter, ines.figures.last_visit_at) == (False, True, None)


def test_the_polish_list_comes_in_and_its_zlotys_are_refused_for_that_cell_only(take_in):
    """S4.30–S4.33, decision 23: the shop counts in euros."""
    outcome = take_in(FILES / "prestashop_list_pl.csv")
    assert outcome.counts == (2, 0, 0, 0)
    assert "Line 2, column “Sprzedaż”: not taken: the shop's currency is EUR" in outcome.remarks
    lukasz = by_email("lukasz@mlyn.example")
    assert (lukasz.last_name, lukasz.company, lukasz.title.kind) == ("Młynarz", "Młyn", Title.Kind.MALE)
    assert lukasz.figures.total_spent == 0
    assert lukasz.registered_at == dt.datetime(2022, 8, 9, 10, 50, tzinfo=PARIS)


def test_in_a_polish_shop_zlotys_are_money(take_in, settings):
    """S4.33."""
    settings.SHOP_CURRENCY = "PLN"
    take_in(FILES / "prestashop_list_pl.csv")
    assert by_email("lukasz@mlyn.example").figures.opening_spent == Decimal("1191.20")


def test_the_polish_article_as_printed_is_told_row_by_row_and_nothing_is_half_imported(take_in):
    """S4.30–S4.34, B13: too few values, two dates stuck together; the split is proposed, not made."""
    outcome = take_in(FILES / "prestashop_list_pl_printed.csv")
    assert [fault.line for fault in outcome.faults] == [5, 7, 7]
    short, shorter, stuck = outcome.reasons
    assert short.startswith(
        "The row has 10 values, but the header names 12 columns; nothing of it was taken in."
    )
    assert "It would fit with an empty “Firma”: Firma=; Sprzedaż=0; Włączony=0; Newsletter=1;" in short
    assert "Sprzedaż=45,10 zł; Włączony=1;" in shorter
    assert "Rejestracja=05.03.2022 13:01; Ostatnia wizyta=06.03.2022 13:02" in shorter
    assert stuck.startswith("Two dates stick together, “05.03.2022 13:01” and “06.03.2022 13:02”")
    assert "The header stands in lines 1 and 3; both are read as one." in outcome.remarks
    assert not Customer.objects.exists()


def test_shopify_ids_and_phones_lose_the_apostrophe_that_spreadsheets_need(take_in):
    """The export since 2023: byte-order mark, apostrophes, metafields, tags in one cell."""
    outcome = take_in(FILES / "shopify_2023.csv")
    otto = by_email("otto@mill.example")
    assert (otto.external_id, otto.phone, otto.company) == ("8210000000111", "+441632960001", "Mill & Sons")
    assert sorted(tag.name for tag in otto.tags.all()) == ["VIP", "harvest"]
    assert (otto.newsletter, otto.note, otto.figures.orders_count) == (True, "Grinds coarse.", 6)
    assert "Tags created: “harvest”, “VIP”." in outcome.remarks
    assert any("“Mill stone (customer.metafields.custom.stone)”" in said for said in outcome.remarks)


def test_woocommerces_one_name_is_parted_and_that_is_told(take_in):
    """B13: not silently."""
    outcome = take_in(FILES / "woocommerce_report.csv")
    otto = by_email("otto@mill.example")
    assert (otto.first_name, otto.last_name, otto.figures.total_spent) == (
        "Otto",
        "van Miller",
        Decimal("90.50"),
    )
    assert "WooCommerce writes the first name first; names are split that way." in outcome.remarks
    assert (
        "Line 2, column “Name”: split into first and last name, such as"
        " “Otto van Miller”: first name Otto, last name van Miller"
    ) in outcome.remarks


def test_magentos_third_gender_is_none_and_its_quoted_line_break_no_new_row(take_in, mr):
    """Numbers in one of its files, words in the other."""
    take_in(FILES / "magento_main.csv")
    assert by_email("kim@mill.example").title is None
    outcome = take_in(FILES / "magento_composite.csv")
    assert outcome.places == [(4, "dob")]
    assert by_email("otto@mill.example").title == mr


def test_shopwares_guest_is_a_guest_and_its_german_no_language_of_ours(take_in):
    """What a row says that this back office cannot hold is told, not guessed."""
    outcome = take_in(FILES / "shopware.csv")
    otto, kim = by_email("otto@mill.example"), by_email("kim@mill.example")
    assert (otto.guest, otto.language, otto.default_group.name) == (False, "en", "Villagers")
    assert (kim.guest, kim.language) == (True, "en")
    assert "Line 3, column “language”: not a language of this back office; left as it is" in outcome.remarks


def test_every_column_of_every_file_is_used_or_reported():
    """D-64: no column is silently ignored."""
    for path in FILES.glob("*.csv"):
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            line = file.readline()
        header = next(csv.reader([line], delimiter=";" if line.count(";") > line.count(",") else ","))
        layout = columns_of(section_named("customers")).layout_of(header)
        used = [header[place] for place in layout.places.values()]
        assert sorted([*used, *(name for name, _reason in layout.unused)]) == sorted(header), path.name


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("shopify_oldest", "Tax Exempt"),
        ("prestashop_guide", "Age"),
        ("prestashop_1_7", "Password *"),
        ("magento_main", "password_hash"),
    ],
)
def test_a_column_that_is_not_used_is_named_with_the_reason(take_in, name, column):
    """D-64."""
    said = [remark for remark in take_in(FILES / f"{name}.csv").remarks if f"“{column}”" in remark]
    assert len(said) == 1
    assert "not used: " in said[0]

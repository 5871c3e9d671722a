"""What the pages cost, and an export of everything that goes into an empty shop (D22, I22)."""

import csv
import io

from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import Customer, Tag
from tests.imports_page.pages import FILE, begin, columns


class TestCosts:
    def test_the_pages_cost_the_same_for_many_imports_as_for_one(
        self, choose, client, django_assert_num_queries
    ):

        counts = []
        for number in (1, 5):
            for _ in range(number):
                imported = begin(client, choose(FILE))
            for address in ("/imports/", f"/imports/{imported.pk}/"):
                client.get(address)
                with CaptureQueriesContext(connection) as queries:
                    client.get(address)
                counts.append(len(queries))
        assert counts[:2] == counts[2:]


def test_everything_goes_into_an_empty_shop_whole_by_the_page(choose, client, customer, group, tag, page):
    """D22, I22: the export of all columns, guests included, taken in where nobody is."""
    village, vip = group("Village"), tag("VIP")
    ada = customer(
        email="ada@shop.example", first_name="Ada", last_name="Byron", note="tea", phone="+33 1 02 03 04 05"
    )
    ada.groups.add(village)
    ada.tags.add(vip)
    customer(email="guest@shop.example", first_name="Gil", last_name="Guest", guest=True)
    customer(email="guest@shop.example", first_name="Gus", last_name="Guest", guest=True)
    whole = b"".join(client.get("/customers/?columns=all".replace("?", "export/?")).streaming_content)
    before = rows_of(whole)
    Customer.objects.all().delete()
    Tag.objects.all().delete()
    imported = choose(whole)
    assert not [one for one in columns(page(imported)) if "nothing here has this name" in one[1]]
    begin(client, imported)
    assert [imported.figures[one] for one in ("created", "refused")] == [3, 0]
    after = rows_of(b"".join(client.get("/customers/export/?columns=all").streaming_content))
    assert sorted(after, key=str) == sorted(before, key=str)


def rows_of(file: bytes) -> list[dict]:
    """The rows of an export, without what a new shop gives them: number, moment of the last change."""
    rows = csv.DictReader(io.StringIO(file.decode()), delimiter=";")
    new = ("ID", "External reference", "Last update")
    return [{name: cell for name, cell in row.items() if name not in new} for row in rows]

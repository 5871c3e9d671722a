"""All columns of each section can be taken out as a file (findings V9, D22)."""

import csv
import io

import pytest

from backoffice.sections import all_sections


@pytest.mark.parametrize("section", all_sections(), ids=lambda section: section.slug)
def test_everything_leaves_as_a_file(section, one_of, client_of, owner):
    """That of vouchers broke off at the first row: it knew no names of the groups that no list shows."""
    one_of(section.slug)
    answer = client_of(owner).get(f"/{section.slug}/export/?columns=all")
    if not owner.has_perm(section.right("export")):
        assert answer.status_code == 404
        return
    header, *rows = csv.reader(io.StringIO(answer.getvalue().decode()), delimiter=";")
    assert rows
    assert {len(row) for row in rows} == {len(header)}


def test_the_file_of_vouchers_names_groups_and_tags(voucher, group, tag, client_of, owner):
    voucher("TEN", group=group("Wholesale"), tag=tag("VIP"))
    answer = client_of(owner).get("/vouchers/export/?columns=all")
    header, row = csv.reader(io.StringIO(answer.getvalue().decode()), delimiter=";")
    told = dict(zip(header, row, strict=True))
    assert (told["Group"], told["Tag"]) == ("Wholesale", "VIP")

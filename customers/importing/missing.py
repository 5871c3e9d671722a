"""The columns without which a file of customers is no use: told once, and before anything is written (I8)."""

from itertools import islice

from django.db.models import Q

from backoffice.importing.columns import Layout
from backoffice.importing.reading import CsvFile
from backoffice.numbers import whole

from ..models import Customer
from .plan import NEEDED

_ROWS = 2_000


def missing_columns(file: CsvFile, layout: Layout, key: str) -> list[str]:
    """The fields of columns that are needed and not there.

    The key always is; what new customers need besides, only where no row is about somebody who is here.
    """
    places = layout.places
    parts = ("last_name", "first_name") if "name" in places else ()
    needed = [name for name in NEEDED if name not in places and name not in parts]
    if key not in places:
        return ["id"] if key == "id" else needed
    return needed if needed and file.length and not _is_about_somebody(file, layout, key) else []


def _is_about_somebody(file: CsvFile, layout: Layout, key: str) -> bool:
    places, rows = layout.places, file.rows()
    while block := list(islice(rows, _ROWS)):
        cells = [row.cells for row in block if len(row.cells) > max(places.values())]
        if "email" in places:
            emails = {row[places["email"]].strip().lower() for row in cells} - {""}
            found = Customer.objects.filter(email_key__among=emails)
            # Two queries, each of which an index answers.
            if found.filter(guest=False).exists() or found.filter(deleted=False).exists():
                return True
        if key == "id":
            texts = {row[places["id"]].strip() for row in cells} - {""}
            numbers = {number for one in texts if (number := whole(one)) is not None}
            elsewhere = Customer.objects.filter(~Q(external_id=""), external_id__among=texts)
            if Customer.objects.filter(pk__among=numbers).exists() or elsewhere.exists():
                return True
    return False

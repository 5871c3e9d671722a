"""The records that an import created or changed, as a list of their section."""

from ..models import Import, ImportRow
from ..screen import formats
from ..texts import Text
from .filters import NumberFilter


class ImportFilter(NumberFilter):
    """By the number of the import, for who may import here."""

    by_link = True

    def __init__(self, label: Text, *, section: str, right: str):
        super().__init__(label)
        self.section, self.right = section, right

    def filter(self, rows, value):
        found = ImportRow.objects.filter(imported=value, imported__section=self.section)
        return rows.filter(pk__in=found.values("record"))

    def drawn_for(self, staff):
        return staff.has_perm(self.right)

    def says(self, value, page):
        imported = Import.objects.filter(pk=value, section=self.section).first()
        if imported is None:
            return str(value)
        return f"{imported.file}, {formats.minute(imported.created_at)}"

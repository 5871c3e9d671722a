"""Tags in their colours: in their own list, on a customer's page, as a filter in force."""

from django.utils.safestring import SafeString

from backoffice.database.folding import fold
from backoffice.tables.columns import ChoiceColumn, TextColumn
from backoffice.tables.filters import PairsFilter
from backoffice.tables.pages import CellPage, Row

from ..forms.swatches import painted, painted_tags
from ..models import Customer


class TagColumn(TextColumn):
    """The name of a tag in its colour."""

    css = "text lead"

    def __init__(self, title, *, reads, **kwargs):
        super().__init__(title, reads=(*reads, "colour"), **kwargs)

    def draw(self, row: Row, page: CellPage) -> str:
        return painted(row["colour"], row[self.field])

    def place(self, row: Row, page: CellPage) -> str:
        return fold(row[self.field])


class ColourColumn(ChoiceColumn):
    """The name of a colour, in it; files have the stored word."""

    def draw_value(self, value, page: CellPage) -> str:
        return painted(value, super().draw_value(value, page))

    def place(self, row: Row, page: CellPage) -> str:
        return fold(str(self.labels[row[self.field]]))


class TagFilter(PairsFilter):
    """By tags; in force, a single one is told in its colour."""

    def chip_css(self, value, page) -> str:
        tag = page.lookup(self.table).get(value[0]) if len(value) == 1 else None
        return f"tag tag-{tag.colour}" if tag else ""


def tags_in_words(customer: Customer) -> SafeString:
    """The tags of a customer in the order of the alphabet."""
    return painted_tags(sorted(customer.tags.all(), key=lambda tag: fold(tag.name)))

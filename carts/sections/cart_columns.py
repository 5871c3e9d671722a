"""The columns of the carts list (facts 8.1)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from backoffice.screen import formats
from backoffice.screen.markup import fill
from backoffice.tables.columns import TextColumn
from backoffice.tables.filters import OwnCurrencyFilter
from backoffice.tables.pages import CellPage, CellSheet, Row
from backoffice.tables.switches import draw_switch
from customers.sections.customer_columns import CustomerColumn

from ..queries.states import CartState, abandoned_before, online_among, state_of
from .links import linked, record_url

# How a state looks: green for what was sold, amber for what may be lost (facts 8.1).
TONES = {CartState.ORDERED: "good", CartState.NOT_ORDERED: "", CartState.ABANDONED: "warn"}
# Files are English.
_IN_FILES = {
    CartState.NOT_ORDERED: "Not ordered",
    CartState.ABANDONED: "Abandoned",
    CartState.ORDERED: "Ordered",
}


class OrderColumn(TextColumn):
    """The number of the order that the cart became, else what became of it; both filters stand under it."""

    may_lead = False

    def __init__(self, title, **kwargs):
        super().__init__(title, reads=("ordered", "changed_at", "order__id"), **kwargs)

    def draw(self, row: Row, page: CellPage) -> str:
        if row["order__id"]:
            number = row["order__id"]
            return linked(record_url("orders", number, page.staff), f"#{number:06d}")
        state = _state(row)
        tone = TONES[state]
        return fill('<span class="badge{}">{}</span>', f" badge-{tone}" if tone else "", state.label)

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return str(row["order__id"] or _IN_FILES[_state(row)])


def _state(row: Row) -> CartState:
    ordered = row["ordered"] or bool(row["order__id"])
    return state_of(ordered=ordered, changed_at=row["changed_at"], abandoned_before=abandoned_before())


class OwnerColumn(CustomerColumn):
    """Whose cart it is; of a visitor nobody knows, that."""

    def draw(self, row: Row, page: CellPage) -> str:
        if row["customer_id"] is None:
            return fill('<span class="muted">{}</span>', _("Visitor"))
        return super().draw(row, page)


class TotalColumn(TextColumn):
    """What the cart comes to, in its own currency, which files have beside it."""

    css = "num money"
    sorts_as_read = False
    in_files = ("total", "currency")
    filtered_by = OwnCurrencyFilter

    def __init__(self, title, **kwargs):
        super().__init__(title, **{**kwargs, "reads": ("total", "currency")})

    def draw(self, row: Row, page: CellPage) -> str:
        return formats.money(row["total"], row["currency"])


class OnlineColumn(TextColumn):
    """Whether its owner is in the shop now: whether a visit of theirs goes on (`VisitQuerySet.online`)."""

    css = "flag"
    may_lead = False

    def __init__(self, title, **kwargs):
        super().__init__(title, reads=("id", "visitor", "customer_id"), **kwargs)

    @staticmethod
    def read_pairs(rows: Sequence[Row]) -> dict[int, list[int]]:
        """Those of the carts whose owner is there, as pairs of a cart and nothing else."""
        return {
            key: [] for key in online_among((row["id"], row["visitor"], row["customer_id"]) for row in rows)
        }

    def draw(self, row: Row, page: CellPage) -> str:
        return draw_switch(row["id"] in page.pairs["online"], label="", url="")

    def in_file(self, row: Row, sheet: CellSheet) -> str:
        return "1" if row["id"] in sheet.pairs["online"] else "0"

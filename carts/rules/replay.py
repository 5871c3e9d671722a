"""A cart made again from what happened to it, at any moment of its life (S0.82). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol


class Happened(Protocol):
    """One event of a cart."""

    kind: str
    product_id: int | None
    customisation: str
    quantity: int
    unit_price: Decimal | None
    name: str


@dataclass(frozen=True)
class Line:
    """So many of a product, and what one costs; None where the event is older than that was kept."""

    quantity: int
    unit_price: Decimal | None


@dataclass(frozen=True)
class State:
    """What was in the cart: lines by product and customisation, codes of vouchers, the carrier's name."""

    lines: dict[tuple[int | None, str], Line] = field(default_factory=dict)
    vouchers: tuple[str, ...] = ()
    carrier: str = ""
    ordered: bool = False


def replay(events: Iterable[Happened], state: State | None = None) -> State:
    """The cart after these events, in the order in which they happened, from an empty one or from `state` on."""
    before = state or State()
    lines, vouchers = dict(before.lines), dict.fromkeys(before.vouchers)
    carrier, ordered = before.carrier, before.ordered
    for event in events:
        place = (event.product_id, event.customisation)
        match event.kind:
            case "added" | "changed":
                lines[place] = Line(event.quantity, event.unit_price)
            case "removed":
                lines.pop(place, None)
            case "voucher":
                vouchers.pop(event.name, None)
                vouchers[event.name] = None
            case "withdrawn":
                vouchers.pop(event.name, None)
            case "carrier":
                carrier = event.name
            case "ordered":
                ordered = True
    return State(lines, tuple(vouchers), carrier, ordered)

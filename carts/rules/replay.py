"""A cart made again from what happened to it, at any moment of its life (S0.82). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Protocol


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
    state = state or State()
    for event in events:
        state = _after(state, event)
    return state


def _after(state: State, event: Happened) -> State:
    place: Any = (event.product_id, event.customisation)
    match event.kind:
        case "added" | "changed":
            line = Line(event.quantity, event.unit_price)
            return replace(state, lines={**state.lines, place: line})
        case "removed":
            return replace(state, lines={key: one for key, one in state.lines.items() if key != place})
        case "voucher":
            return replace(
                state, vouchers=(*(one for one in state.vouchers if one != event.name), event.name)
            )
        case "withdrawn":
            return replace(state, vouchers=tuple(one for one in state.vouchers if one != event.name))
        case "carrier":
            return replace(state, carrier=event.name)
        case "ordered":
            return replace(state, ordered=True)
    return state

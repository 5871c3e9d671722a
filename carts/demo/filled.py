"""A cart while the demo shop is made: what its rows and the order it may become are written from."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from customers.demo.people import Person

from .catalogue import Ware
from .sums import Sums
from .vouchers import Offer


@dataclass(slots=True)
class Filled:
    """A cart while it is made."""

    id: int
    person: Person | None
    lines: list[tuple[Ware, int, int]]
    currency: str
    rate: Decimal
    carrier: tuple[int, str, int] | None
    offer: Offer | None
    sums: Sums
    created_at: dt.datetime
    changed_at: dt.datetime
    ordered: bool

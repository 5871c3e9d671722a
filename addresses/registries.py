"""Where the apps above say what uses an address: it is kept for them then, whoever deletes it (facts 6.6)."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AddressUse:
    """What an app does with addresses: `used(ids)` says which of them its records still show, `release(ids)` takes
    them out of what is not settled yet; `hold(ids)` locks that first, as everybody locks carts before customers."""

    used: Callable[[list[int]], set[int]]
    release: Callable[[list[int]], None]
    hold: Callable[[list[int]], None]


address_uses: list[AddressUse] = []


def used_among(ids: list[int]) -> set[int]:
    """Those of these addresses that some app's records still show."""
    return {key for use in address_uses for key in use.used(ids)}


def hold(ids: list[int]) -> None:
    """Lock what is not settled yet and has one of these addresses, until the transaction ends."""
    for use in address_uses:
        use.hold(ids)


def release(ids: list[int]) -> None:
    """Take these addresses out of everything that is not settled yet."""
    for use in address_uses:
        use.release(ids)

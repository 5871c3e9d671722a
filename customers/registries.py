"""Where the apps above add what is theirs: what happens to it when a customer is deleted (decision 29) or renamed."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DeletionStep:
    """What an app does when customers are deleted for good: `run(ids)` before the rows go.

    `hold(ids)` locks what else changes before it locks the customer, as a cart does: all who delete and change lock in
    one order, and nobody waits in a circle. `foretell(ids)` says it beforehand, one sentence with its number each, e.g.
    "deletes 2 carts". `count(ids, sign)` counts what is theirs out of its list (-1) when they are hidden or deleted,
    and in again (1) when brought back.
    """

    foretell: Callable[[list[int]], list[str]]
    run: Callable[[list[int]], None] = lambda ids: None
    hold: Callable[[list[int]], None] = lambda ids: None
    count: Callable[[list[int], int], None] = lambda ids, sign: None


deletion_steps: list[DeletionStep] = []


@dataclass(frozen=True, kw_only=True)
class TagDeletionStep:
    """What an app does when a tag is deleted: `run(tag, *, by)` before the row goes; `foretell(ids)` says it.

    `hold(tag)` locks what else is locked before customers, as carts are (docs/concepts.md, locks).
    """

    foretell: Callable[[list[int]], list[str]]
    run: Callable[..., None]
    hold: Callable[..., None] = lambda tag: None


tag_deletion_steps: list[TagDeletionStep] = []

# What the products that pages showed are called in the reader's language, by their numbers: the app that has products
# tells those of `keys` that are there still.
product_names: list[Callable[[Iterable[int]], dict[int, str]]] = []

# What is done to records that are found by what finds their customers: `follow(ids)`, in the transaction in which
# these are called otherwise.
name_followers: list[Callable[[Collection[int]], None]] = []

# What whoever signs in to the shop goes on with: the app that has carts makes that of the browser theirs. Called in the
# transaction of the sign-in as `take(customer, *, visitor, key, by)`; gives the key of their cart, "" for none.
cart_takers: list[Callable[..., str]] = []

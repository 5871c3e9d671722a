"""A few of many, the same few every time."""

from random import Random
from typing import TypeVar

One = TypeVar("One")


def sample(all_of_them: list[One], most: int | None) -> list[One]:
    """At most so many, spread at random and in their order; all of them for None."""
    if most is None or most >= len(all_of_them):
        return all_of_them
    chosen = Random(0).sample(range(len(all_of_them)), most)
    return [all_of_them[place] for place in sorted(chosen)]

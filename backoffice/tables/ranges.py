"""The two ends of a range among a list's filters: `age_min` and `age_max`, `last_visit_after` and `…_before`."""

from collections.abc import Collection, Iterator
from itertools import chain
from typing import Any

_ENDS = (("_min", "_max"), ("_after", "_before"))


def crossed(values: dict[str, Any]) -> Iterator[str]:
    """The names of upper ends that lie below their lower end, of valid values by filter name."""
    for name, high in values.items():
        for lower, upper in _ENDS:
            low = values.get(f"{name.removesuffix(upper)}{lower}") if name.endswith(upper) else None
            if low is not None and high is not None and high < low:
                yield name


def has_both_ends(names: Collection[str]) -> bool:
    """Whether two of these filters are the ends of one range."""
    return any(
        f"{name.removesuffix(lower)}{upper}" in names
        for name in names
        for lower, upper in _ENDS
        if name.endswith(lower)
    )


def contradicted(asked: Collection[str], unknown: Collection[str]) -> Iterator[str]:
    """Those `unknown`, as `age_is`, whose value is asked for as well: by `age` or an end of its range."""
    for name in unknown:
        stem = name.removesuffix("_is")
        if any(f"{stem}{end}" in asked for end in ("", *chain(*_ENDS))):
            yield name

"""Addresses by the names of their URLs. A list page needs some forty: each is worked out once a process."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=2_000)
def link(name: str, *args: str | int) -> str:
    """The address of the URL of that name with these arguments; NoReverseMatch when there is none."""
    return reverse(name, args=args)


_NO_RECORD = 9_007_199_254_740_991  # a number that no address holds by chance


@lru_cache(maxsize=2_000)
def link_pattern(name: str, *args: str | int) -> str:
    """The address of the URL of that name, with {0} where the record's number goes and `args` after it."""
    return reverse(name, args=(_NO_RECORD, *args)).replace(str(_NO_RECORD), "{0}")

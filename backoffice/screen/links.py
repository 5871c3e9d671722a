"""Addresses by the names of their URLs. A list page needs some forty: each is worked out once a process."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=2_000)
def link(name: str, *args: str | int) -> str:
    """The address of the URL of that name with these arguments; NoReverseMatch when there is none."""
    return reverse(name, args=args)

"""What a member of staff may be called: the rule of names of things (S6)."""

from ..rules import thing_name

NAME_MAX = 100


def staff_name(text: str) -> str:
    """The name to store. Raises Broken as every rule does."""
    return thing_name(text, limit=NAME_MAX)

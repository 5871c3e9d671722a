"""What a member of staff may be called: the rule of names of things, and never a name that nobody can see (S6)."""

import unicodedata

from ..rules import Broken, thing_name

NAME_MAX = 100


def staff_name(text: str) -> str:
    """The name to store. Raises Broken as every rule does."""
    name = thing_name(text, limit=NAME_MAX)
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in name):
        raise Broken("unseen")
    return name

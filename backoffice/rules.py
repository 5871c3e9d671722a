"""What all rules share. Pure."""

import unicodedata
from typing import Any

# Marks that join letters and pictures, or keep letters apart: some languages' names need them.
_JOINERS = "\u200c\u200d"


class Broken(ValueError):
    """A value breaks a rule: `code` names the fault, `facts` what its sentence needs."""

    def __init__(self, code: str, **facts: Any):
        super().__init__(code)
        self.code = code
        self.facts = facts


def at_most(text: str, limit: int) -> str:
    """The text, if it has so many characters at most. The facts have the names that Django's own validators use."""
    if len(text) > limit:
        raise Broken("too_long", limit_value=limit, show_value=len(text))
    return text


def visible(text: str) -> str:
    """The text, if every character of it can be seen: others turn it round or make two names look like one."""
    if not text.isascii() and any(
        unicodedata.category(c) in ("Cc", "Cf") and c not in _JOINERS for c in text
    ):
        raise Broken("unseen")
    return text

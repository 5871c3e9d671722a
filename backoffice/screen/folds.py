"""Long texts on a page, folded to their beginning."""

from django.utils.text import Truncator

LONG, LINES = 280, 5


def beginning_of(text: str) -> str:
    """What is shown of a long text while it is folded; "" for a text that is shown whole."""
    if len(text) <= LONG and text.count("\n") < LINES:
        return ""
    return Truncator("\n".join(text.splitlines()[:LINES])).chars(LONG)

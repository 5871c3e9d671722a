"""Text for a page put together many hundred times a page: what `format_html` does, without asking what is lazy."""

from html import escape
from typing import Any

from django.utils.safestring import SafeString


def words(text: Any) -> str:
    """A fixed text of ours for inside a pattern: escaped, and its own braces kept."""
    return escape(str(text)).replace("{", "{{").replace("}", "}}")


def fill(pattern: str, *values: Any) -> SafeString:
    """The pattern, a constant of ours, with the values in its places; what is not safe text yet is escaped (G5).

    A third of what `format_html` costs, which asks three times for each value whether it is a lazy text.
    """
    return SafeString(
        pattern.format(*[one.__html__() if hasattr(one, "__html__") else escape(str(one)) for one in values])
    )

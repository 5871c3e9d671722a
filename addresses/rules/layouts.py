"""How an address is laid out on paper. Pure."""

import re
from collections.abc import Mapping

from backoffice.rules import Broken, lines

FIELDS = ("company", "first_name", "last_name", "address1", "address2", "postcode", "city", "state")
# What every layout names (facts 6.4).
ALWAYS = ("first_name", "last_name", "address1", "city")
_FIELD = re.compile(r"\{(\w+)\}")
_BRACED = re.compile(r"\{([^{}]*)\}")
_LOOSE = " ,-/"


def lay_out(layout: str, values: Mapping[str, str]) -> list[str]:
    """The lines of an address by its country's layout, e.g. "{postcode} {city}"; lines without any value are left out.

    A name in braces that is no key of `values` stands for nothing. Nothing else in a layout has a meaning.
    """
    written = []
    for line in layout.splitlines():
        if not any(values.get(name) for name in _FIELD.findall(line)):
            continue
        text = _FIELD.sub(lambda found: values.get(found[1], ""), line)
        written.append(" ".join(text.split()).strip(_LOOSE))
    return written


def fields_of(layout: str) -> tuple[str, ...]:
    """The fields that a layout names, in its order."""
    return tuple(dict.fromkeys(name for name in _FIELD.findall(layout) if name in FIELDS))


def layout(text: str) -> str:
    """A layout as somebody wrote it: it names fields there are, and those that no address can do without."""
    written = lines(text)
    named = _BRACED.findall(written)
    if unknown := [name for name in named if name not in FIELDS]:
        raise Broken("layout_unknown", name="{" + unknown[0][:30] + "}")
    if missing := [name for name in ALWAYS if name not in named]:
        raise Broken("layout_lacks", names=", ".join("{" + name + "}" for name in missing))
    return written

"""How addresses are written. Pure."""

import re
from collections.abc import Mapping

_FIELD = re.compile(r"\{(\w+)\}")
_LOOSE = " ,-/"


def lay_out(layout: str, values: Mapping[str, str]) -> list[str]:
    """The lines of an address by its country's layout, e.g. "{postcode} {city}"; lines without any value are left out.

    A name in braces that is no key of `values` stands for nothing. Nothing else in a layout has a meaning.
    """
    lines = []
    for line in layout.splitlines():
        if not any(values.get(name) for name in _FIELD.findall(line)):
            continue
        written = _FIELD.sub(lambda found: values.get(found[1], ""), line)
        lines.append(" ".join(written.split()).strip(_LOOSE))
    return lines

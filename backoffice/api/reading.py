"""Reading the body of a request: JSON that any database can store."""

import json
import re
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

# A NUL byte, and halves of signs that are no text by themselves.
_UNSTORABLE = re.compile(rb"\\u(?:0000|d[89a-f][0-9a-f]{2})", re.IGNORECASE)


class SaidTwice(ValueError):
    """An object names something twice, and only one of both could count."""


class StrictJson(Parser):
    """JSON as its standard has it: neither NaN nor numbers without end, nothing said twice, no text that cannot be
    stored.
    """

    def parse_body(self, request: HttpRequest) -> Any:
        """ValueError for whatever cannot be read, as django-ninja expects it."""
        body = request.body
        try:
            read = json.loads(body, parse_constant=_no_number, object_pairs_hook=_each_once)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        if _UNSTORABLE.search(body):
            written = json.dumps(read, ensure_ascii=False)
            written.encode()  # halves of signs raise a ValueError of their own
            if "\\u0000" in written:
                raise ValueError("a NUL byte")
        return read


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        names = [name for name, _value in pairs]
        raise SaidTwice(next(name for name in names if names.count(name) > 1))
    return told

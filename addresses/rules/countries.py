"""The code of a country. Pure."""

import re

from backoffice.rules import Broken, line

_CODE = re.compile(r"[A-Z]{2}")


def country_code(text: str) -> str:
    """Two letters of ISO 3166-1, in capitals."""
    code = line(text).upper()
    if not _CODE.fullmatch(code):
        raise Broken("country_code_malformed")
    return code

"""What every answer has to be, whatever was asked for: the faults of one, in words."""

import json
import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from tests.test_every_url import MAY_BE_WRITTEN, WRITING

from .sending import Request
from .values import MARK

READING = ("GET", "HEAD", "OPTIONS")
OWN_HOSTS = ("", "testserver")
SENTENCE = re.compile(r"\w+ \w+")


class Writes:
    """Notes which tables are written to, as a wrapper around all that is executed."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        if found := WRITING.match(sql):
            self.tables.add(found.group(1))
        return execute(sql, params, many, context)


def faults(request: Request, answer, written: set[str]) -> list[str]:
    """What is wrong with the answer; nothing is the aim."""
    found = []
    if answer.status_code >= 500:
        found.append(f"answered {answer.status_code}")
    if request.method in READING and (changed := written - set(MAY_BE_WRITTEN)):
        found.append(f"reading wrote to {sorted(changed)}")
    for name in ("Location", "HX-Redirect"):
        if not _is_own(answer.headers.get(name, "")):
            found.append(f"leads away: {name} {answer.headers[name]}")
    if answer.streaming or request.method == "HEAD" or "Content-Encoding" in answer:
        return found
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("text/html") and MARK.encode() in answer.content:
        found.append("markup came back as markup")
    if answer.status_code >= 400 and not _explains(answer, kind):
        found.append(f"{answer.status_code} says nothing")
    return found


def _is_own(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (
        parts.scheme in ("", "http") and parts.netloc in OWN_HOSTS and not address.startswith(("/\\", "\\"))
    )


def _explains(answer, kind: str) -> bool:
    """Whether there is a sentence in it, or JSON that says anything."""
    if kind.startswith("application/json"):
        return bool(json.loads(answer.content))
    body = LexborHTMLParser(answer.text).body
    return body is not None and bool(SENTENCE.search(body.text(separator=" ")))

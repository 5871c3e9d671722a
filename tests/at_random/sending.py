"""A request as it goes over the wire, with all that is needed to send the same one again."""

from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote

from django.conf import settings
from django.test import Client

from .values import LEADING_AWAY, MARK, value

FORM = "application/x-www-form-urlencoded"
OWN = ["/", "/customers/", "/customers/?newsletter=true&page=2", "/groups/", "/nowhere/"]


@dataclass(frozen=True)
class Request:
    """`query`, `body` and the headers are as they are sent; the headers have the names that WSGI gives them."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    content_type: str = FORM
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """How `client.generic` sends it again; what is very long is told by its beginning."""
        body = (
            repr(self.body)
            if len(self.body) < 3_000
            else f"{self.body[:1_500]!r} … of {len(self.body)} bytes"
        )
        more = {"QUERY_STRING": self.query, **self.headers}
        return f"client.generic({self.method!r}, {self.path!r}, {body}, content_type={self.content_type!r}, **{more!r})"

    def send(self, client: Client):
        """The answer, read to its end."""
        headers = dict(self.headers)
        if more := headers.pop("HTTP_COOKIE", ""):
            own = "; ".join(f"{name}={one.coded_value}" for name, one in client.cookies.items())
            headers["HTTP_COOKIE"] = f"{own}; {more}"
        answer = client.generic(
            self.method,
            self.path,
            self.body,
            content_type=self.content_type,
            QUERY_STRING=self.query,
            **headers,
        )
        if answer.streaming:
            for _block in answer.streaming_content:
                pass
        return answer


def headers(random: Random) -> dict[str, str]:
    """What a browser, htmx, a script or a scanner says about itself; most say nothing odd."""
    found: dict[str, str] = {}
    if random.random() < 0.25:
        found["HTTP_HX_REQUEST"] = "true"
        for name in ("HTTP_HX_CURRENT_URL", "HTTP_HX_TARGET", "HTTP_HX_TRIGGER_NAME", "HTTP_HX_BOOSTED"):
            if random.random() < 0.3:
                found[name] = _told(random)
        if random.random() < 0.2:
            found["HTTP_HX_HISTORY_RESTORE_REQUEST"] = "true"
    for name, choices in ODD_HEADERS.items():
        if random.random() < 0.06:
            found[name] = random.choice(choices) if random.random() < 0.8 else _told(random)
    if random.random() < 0.05:
        name = random.choice(
            ["theme", "density", settings.LANGUAGE_COOKIE_NAME, "messages", "known_browser", "x"]
        )
        found["HTTP_COOKIE"] = f"{name}={_told(random)}"
    return found


def _told(random: Random) -> str:
    """A header's value: one line, in the letters that WSGI has for bytes."""
    if random.random() < 0.5:
        return random.choice([*OWN, *(f"http://testserver{one}" for one in OWN), *LEADING_AWAY]).strip()
    return value(random)[:2_000].decode("latin-1").replace("\n", " ").replace("\r", " ")


ODD_HEADERS = {
    "HTTP_ACCEPT": ["application/json", "text/html", "*/*", "text/event-stream", "image/png", ";q=x", ""],
    "HTTP_ACCEPT_LANGUAGE": ["fr", "pl;q=0.9, en", "ro-RO", "xx", "*", "en" * 300, ";;q=,"],
    "HTTP_ACCEPT_ENCODING": ["gzip", "br", "identity;q=0", "*"],
    "HTTP_REFERER": [f"http://testserver{one}" for one in OWN] + ["http://[", quote(MARK)],
    "HTTP_ORIGIN": ["http://testserver", "null", "https://evil.example"],
    "HTTP_HOST": ["testserver", "evil.example", "testserver:99999", "[", "a b"],
    "HTTP_X_REQUESTED_WITH": ["XMLHttpRequest"],
    "HTTP_X_FORWARDED_FOR": ["1.2.3.4", "::1", "unknown", "1.2.3.4, x"],
    "HTTP_IF_MODIFIED_SINCE": ["Thu, 01 Jan 1970 00:00:00 GMT", "yesterday"],
    "HTTP_IF_NONE_MATCH": ['"x"', "*", "x"],
    "HTTP_RANGE": ["bytes=0-1", "bytes=9-1"],
    "HTTP_USER_AGENT": ["", "x" * 3_000, MARK],
    "REMOTE_ADDR": ["127.0.0.1", "::1", "", "nonsense"],
}

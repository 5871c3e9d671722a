"""Somebody who does at the product what comes to mind: opens anything, follows links, sends forms, twice too."""

from random import Random
from urllib.parse import urljoin, urlsplit

from django.test.client import BOUNDARY, MULTIPART_CONTENT
from selectolax.lexbor import LexborHTMLParser, LexborNode

from .places import Places, field_names, query_names, sorts
from .sending import FORM, Request, headers
from .values import encoded, value

Pairs = list[tuple[bytes, bytes]]
METHODS = ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE"]
CONTENT_TYPES = [
    "",
    "text/plain",
    "application/json",
    f"{FORM}; charset=latin-1",
    f"{FORM}; charset=x",
    "multipart/form-data",
]
PER_PAGE = ["20", "50", "100", "300", "0", "9999999"]
PAGES = ["1", "2", "last", "0", "-1", "10000000", "9" * 30]


class Sitting:
    """The next request depends on `random` and on the pages seen before, on nothing else."""

    def __init__(self, random: Random, places: Places):
        self.random, self.places = random, places
        self.page, self.address = "", "/"
        self.form: tuple[str, str, Pairs] | None = None

    def seen(self, request: Request, answer) -> None:
        """Remember the page that came back."""
        if not answer.streaming and answer.content and answer["Content-Type"].startswith("text/html"):
            self.page, self.address = answer.text if "Content-Encoding" not in answer else "", request.path

    def next(self, url=None) -> Request:
        """The next request; to that URL where one is given."""
        if url is None:
            does = self.random.choices([self._follow, self._send_seen, self._send_again], [12, 30, 3])[0]
            if self.random.random() < 0.5 and (request := does()):
                return request
        url = url or self.places.any(self.random)
        path = self.places.path(url, self.random)
        chance = self.random.random()
        query = self._query(url)
        if chance < 0.7:
            return Request("GET", path, query, headers=headers(self.random))
        if chance < 0.75:
            return Request(self.random.choice(METHODS), path, query, b"a=b", headers=headers(self.random))
        return self._post(path, query, self._pairs(field_names(url)))

    def _query(self, url) -> str:
        if self.random.random() < 0.2:
            return ""
        names = query_names(url)
        pairs = []
        for _number in range(self.random.choice([1, 1, 2, 3, 5, 12])):
            name = self.random.choice(names)
            sensible = {"sort": sorts(url), "page": PAGES, "per_page": PER_PAGE}.get(name)
            known = sensible and self.random.random() < 0.7
            one = self.random.choice(sensible).encode() if known else value(self.random)[:1_500]
            pairs += [(name.encode(), one)] * self.random.choice([1, 1, 1, 1, 2, 30])
        return encoded(pairs, self.random)

    def _pairs(self, names: list[str]) -> Pairs:
        return [
            (self.random.choice(names).encode(), value(self.random))
            for _number in range(self.random.choice([0, 1, 2, 5, 20]))
        ]

    def _follow(self) -> Request | None:
        """A link of the page before, perhaps with one more parameter."""
        links = [node.attributes["href"] or "" for node in self._nodes("a[href]")]
        links = [link for link in links if link[:1] in ("/", "?")]
        if not links:
            return None
        parts = urlsplit(urljoin(self.address, self.random.choice(links)))
        more = (
            f"&q={encoded([(b'q', value(self.random)[:500])], self.random)[2:]}"
            if self.random.random() < 0.2
            else ""
        )
        return Request("GET", parts.path, parts.query + more, headers=headers(self.random))

    def _send_seen(self) -> Request | None:
        """A form of the page before, filled in as it stands, and then spoiled a little."""
        forms = self._nodes("form")
        if not forms:
            return None
        form = self.random.choice(forms)
        action = urljoin(self.address, form.attributes.get("action") or "")
        pairs = self._filled(form)
        for _number in range(self.random.choice([0, 0, 1, 1, 2, 4])):
            self._spoil(pairs)
        parts = urlsplit(action)
        if (form.attributes.get("method") or "get").lower() != "post":
            return Request(
                "GET", parts.path, encoded(pairs, self.random)[:8_000], headers=headers(self.random)
            )
        self.form = (parts.path, parts.query, pairs)
        return self._post(parts.path, parts.query, pairs)

    def _send_again(self) -> Request | None:
        return self._post(*self.form) if self.form else None

    def _filled(self, form: LexborNode) -> Pairs:
        controls = list(form.css("input, select, textarea, button"))
        if name := form.attributes.get("id"):
            controls += self._nodes(f"[form='{name}']")
        pairs = []
        for one in controls:
            said = one.attributes
            if not said.get("name") or "disabled" in said or not self._is_sent(one):
                continue
            pairs.append((said["name"].encode(), self._value_of(one).encode()))
        return pairs

    def _is_sent(self, one: LexborNode) -> bool:
        kind = one.attributes.get("type")
        if one.tag == "button" or kind == "submit":
            return self.random.random() < 0.5
        return kind not in ("checkbox", "radio") or "checked" in one.attributes or self.random.random() < 0.3

    def _value_of(self, one: LexborNode) -> str:
        if one.tag == "textarea":
            return one.text()
        if one.tag != "select":
            return one.attributes.get("value") or ("on" if one.attributes.get("type") == "checkbox" else "")
        options = one.css("option")
        chosen = [option for option in options if "selected" in option.attributes] or options[:1]
        if self.random.random() < 0.4:
            chosen = [self.random.choice(options)] if options else []
        return chosen[0].attributes.get("value") or "" if chosen else ""

    def _spoil(self, pairs: Pairs) -> None:
        if not pairs or self.random.random() < 0.1:
            pairs.append((value(self.random)[:100], value(self.random)))
            return
        place = self.random.randrange(len(pairs))
        name, one = pairs[place]
        does = self.random.random()
        if does < 0.6:
            pairs[place] = (name, value(self.random))
        elif does < 0.8:
            del pairs[place]
        else:
            pairs += [(name, one), (name, value(self.random))] * self.random.choice([1, 1, 1, 400])

    def _post(self, path: str, query: str, pairs: Pairs) -> Request:
        told = headers(self.random)
        chance = self.random.random()
        if chance < 0.1:
            return Request("POST", path, query, self._multipart(pairs), MULTIPART_CONTENT, told)
        if chance < 0.13:
            body = encoded(pairs, self.random).encode() or value(self.random)
            return Request("POST", path, query, body, self.random.choice(CONTENT_TYPES), told)
        return Request("POST", path, query, encoded(pairs, self.random).encode(), FORM, told)

    def _multipart(self, pairs: Pairs) -> bytes:
        """The same fields, some of them as uploaded files; now and then the end is missing."""
        lines = []
        for name, one in pairs:
            named = b'--%s\r\nContent-Disposition: form-data; name="%s"' % (
                BOUNDARY.encode(),
                name.replace(b'"', b"%22"),
            )
            if self.random.random() < 0.2:
                named += b'; filename="%s"\r\nContent-Type: text/csv' % value(self.random)[:60]
            lines.append(named + b"\r\n\r\n" + one + b"\r\n")
        end = b"--%s--\r\n" % BOUNDARY.encode() if self.random.random() < 0.9 else b""
        return b"".join(lines) + end

    def _nodes(self, css: str) -> list[LexborNode]:
        return LexborHTMLParser(self.page).css(css) if self.page else []

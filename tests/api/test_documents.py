"""What the page about the API says is so: its client runs, each endpoint has its line of curl, which is answered so."""

import importlib.util
import json
import re
import shlex
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from backoffice.access.scopes import Scope
from backoffice.api.root import described
from carts.models import Cart, Order, Voucher
from tests.shop_api import Program

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
PAGE = (DOCS / "storefront-api.md").read_text()
CLIENT = DOCS / "examples" / "shop_client.py"


@dataclass(frozen=True)
class Request:
    """A line of curl, with what the page says that it is answered and what is kept of that for later lines."""

    words: list[str]
    status: int
    shape: Any
    kept: tuple[str, str] | None

    @property
    def method(self) -> str:
        return dict(pairwise(self.words)).get("-X", "GET")

    @property
    def path(self) -> str:
        return next(word for word in self.words if word.startswith("$SHOP")).removeprefix("$SHOP")


def requests() -> Iterator[Request]:
    """Each line of curl of the page."""
    text = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.S)).replace("\\\n", " ")
    for said in re.findall(r"^curl.*?(?=^curl|\Z)", text, re.S | re.M):
        line, answered, beside = said.partition("\n# ")
        assert answered, f"what this is answered is not said: {line}"
        status, shape = re.fullmatch(r"(?:(\d+) )?({.*})", beside.splitlines()[0]).groups()
        kept = re.search(r"^export (\w+)=… +# the \"(\w+)\" of that answer", beside, re.M)
        yield Request(
            shlex.split(line, comments=True), int(status or 200), shape_of(shape), kept and kept.groups()
        )


def shape_of(text: str) -> Any:
    """`{"id", "lines": [{"name", …}]}` as it can be compared."""
    text = re.sub(r'("\w+")(?!\s*:)', r"\1: null", text)
    return json.loads(text.replace("…", '"…": null'))


def as_told(answer: Any, shape: Any) -> bool:
    """Whether an answer has these names, and no others where it does not say that there are more."""
    if isinstance(shape, list):
        return bool(answer) and all(as_told(one, shape[0]) for one in answer)
    if not isinstance(shape, dict):
        return True
    named = shape.keys() - {"…"}
    there = named <= answer.keys() if "…" in shape else named == answer.keys()
    return there and all(as_told(answer[name], shape[name]) for name in named)


def test_every_line_of_curl_is_answered_as_the_page_says(program, countries):
    """One after the other, in a fresh shop."""
    Voucher.objects.create(code="WELCOME10", name="Welcome", percent=10)
    known: dict[str, str] = {}
    for one in requests():
        words = [
            re.sub(r"\$([A-Z_]+)", lambda found: known[found[1]], word)
            for word in one.words
            if word[0] != "$"
        ]
        path = re.sub(r"\$([A-Z_]+)", lambda found: known[found[1]], one.path)
        body = dict(pairwise(words)).get("-d")
        headers = dict(
            after.split(": ") for word, after in pairwise(words) if word == "-H" and after[0] != "@"
        )
        answer = program.ask(one.method, path, body and json.loads(body), **headers)
        assert answer.status_code == one.status, (path, answer.text)
        assert as_told(answer.json(), one.shape), (path, answer.text)
        if one.kept:
            known[one.kept[0]] = str(answer.json()[one.kept[1]])
    first, second = Cart.objects.order_by("pk")
    assert (first.customer.email, first.ordered, second.customer, second.items_count) == (
        "ada@example.com",
        True,
        first.customer,
        1,
    )


def test_every_endpoint_has_its_line_of_curl():
    """Whoever looks for a verb finds how it is asked."""
    asked = {(one.method, one.path.partition("?")[0]) for one in requests()}
    lacking = [
        f"{method.upper()} {path}"
        for path, operations in described()["paths"].items()
        for method in operations
        if not any(
            method.upper() == one
            and re.fullmatch(re.sub(r"{\w+}", "[^/]+", path.removeprefix("/api/v1")), said)
            for one, said in asked
        )
    ]
    assert not lacking


def test_every_scope_is_named():
    assert {one for one in Scope.values if f"`{one}`" not in PAGE} == set()


def test_every_endpoint_of_the_page_is_there():
    known = {path.removeprefix("/api/v1") for path in described()["paths"]}
    named = set()
    for said in re.findall(r"`(?:(?:GET|POST|PUT|PATCH|DELETE) )?(/[a-z][^`]*)`", PAGE):
        named.add(re.sub(r"\{id\}", "{customer_id}", said.partition("?")[0]))
    assert {one for one in named if not one.startswith("/api/")} <= known


@pytest.fixture
def client():
    """The example, as whoever copies it has it."""
    spec = importlib.util.spec_from_file_location("shop_client", CLIENT)
    client = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(client)
    return client


def test_the_client_is_short_and_runs(client, live_server, transactional_db, request):
    """Issue 10: a 60-line example client, tested by running it, over HTTP."""
    assert len(CLIENT.read_text().splitlines()) <= 60
    program: Program = request.getfixturevalue("program")
    client.main(live_server.url, program.secret)
    order = Order.objects.get()
    assert (str(order.total), order.customer.guest) == ("25.00", True)
    office = client.BackOffice(live_server.url, program.secret)
    with pytest.raises(client.Refused) as refused:
        office.send("PUT", "/products/X", {"price": "1.005"})
    assert {one["field"] for one in refused.value.errors} >= {"price"}


def answer(status: str, body: str, length: int | None = None) -> bytes:
    """An answer as it goes over the wire; a longer `length` says that more was to come."""
    return f"HTTP/1.1 {status}\r\nContent-Length: {length or len(body)}\r\n\r\n{body}".encode()


@contextmanager
def stub(*acts: bytes | None) -> Iterator[tuple[str, list[bytes]]]:
    """The address of a server that meets each request by one of these, and what it was sent.

    It sends what it has, and hangs up; for None it says nothing until the client gives up.
    """
    heard: list[bytes] = []

    def serve() -> None:
        for act in acts:
            line, _address = door.accept()
            with line:
                sent = line.recv(65536)
                while b"\r\n\r\n" not in sent or not sent.endswith(b"}"):
                    sent += line.recv(65536)
                heard.append(sent)
                if act is None:
                    line.recv(1)
                else:
                    line.sendall(act)

    with socket.create_server(("127.0.0.1", 0)) as door:
        serving = Thread(target=serve, daemon=True)
        serving.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}", heard
        serving.join(10)


def test_the_client_sends_again_until_it_is_answered_under_one_key(client, monkeypatch):
    """What its sentence says: it crashed where the line was dropped, nobody answered, or a proxy did with a page."""
    waited: list[int] = []
    monkeypatch.setattr(client.time, "sleep", waited.append)
    page = "<html>Bad gateway</html>"
    half = answer("200 OK", '{"key": ', length=100)
    with stub(b"", None, answer("502 Bad Gateway", page), half, answer("200 OK", '{"key": "c"}')) as told:
        address, heard = told
        assert client.BackOffice(address, "bko_x", timeout=0.3).put_cart("c", []) == {"key": "c"}
    assert (len(heard), len(set(heard)), waited) == (5, 1, [1, 2, 4, 8])
    assert b"Idempotency-Key" in heard[0].title()


def test_the_client_gives_up_with_a_word_and_tells_what_is_no_problem_of_ours(client, monkeypatch):
    monkeypatch.setattr(client.time, "sleep", lambda seconds: None)
    with stub(*[b""] * 5) as (address, heard), pytest.raises(TimeoutError, match="does not answer"):
        client.BackOffice(address, "bko_x").put_cart("c", [])
    assert len(heard) == 5
    page = answer("413 Request Entity Too Large", "<html>Too large</html>")
    with stub(page) as (address, heard), pytest.raises(client.Refused, match="Too large"):
        client.BackOffice(address, "bko_x").put_cart("c", [])
    assert len(heard) == 1

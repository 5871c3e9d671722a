"""The first answer gets lost on its way, and the shop's program asks again under the same key (issue 10, Faults)."""

import json
import socket
from urllib.parse import urlsplit

from carts.models import Cart
from tests.jobs.conftest import until


def test_what_was_asked_twice_because_the_answer_got_lost_happened_once(live_server, program, product):
    """Over a real connection, which is cut as soon as the request is on its way."""
    product("CUP", "10.00")
    program.done("POST", "/carts", {"key": "c"})
    at = urlsplit(live_server.url)
    body = json.dumps({"product": "CUP"})
    head = (
        f"POST /api/v1/carts/c/lines HTTP/1.1\r\nHost: {at.netloc}\r\nAuthorization: Bearer {program.secret}\r\n"
        f"Content-Type: application/json\r\nIdempotency-Key: k1\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((at.hostname, at.port)) as connection:
        connection.sendall((head + body).encode())
        connection.shutdown(socket.SHUT_WR)
    until(lambda: Cart.objects.get().items_count == 1)
    again = program.post("/carts/c/lines", {"product": "CUP"}, key="k1")
    assert (again.status_code, again.json()["items_count"]) == (200, 1)
    assert Cart.objects.get().items_count == 1

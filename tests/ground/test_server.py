"""The web server that the image and the demo start: what strangers cannot do to it, and what its log never holds."""

import http.client
import os
import re
import shlex
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

import dev
from tests.jobs.conftest import address_of_the_test_database

ROOT = Path(__file__).resolve().parents[2]


def image_command() -> list[str]:
    """What the image runs."""
    text = (ROOT / "Dockerfile").read_text().partition("\nCMD exec ")[2]
    return shlex.split(text.replace("\\\n", " "))


@pytest.fixture
def serve(transactional_db, tmp_path):
    """`serve()` starts the image's own command on a free port, and gives the port; its log is `server.log`."""
    started = []

    def serve() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [word.replace("0.0.0.0:$PORT", f"127.0.0.1:{port}") for word in image_command()]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "TEST_DATABASE_URL": address_of_the_test_database(),
        }
        with (tmp_path / "server.log").open("ab") as log:
            started.append(
                subprocess.Popen(
                    [sys.executable, "-m", *command], cwd=ROOT, env=environment, stdout=log, stderr=log
                )
            )
        latest = time.monotonic() + 60
        while time.monotonic() < latest:
            try:
                if ask(port, "/alive/").status == 200:
                    return port
            except OSError:
                time.sleep(0.2)
        raise AssertionError((tmp_path / "server.log").read_text())

    yield serve
    for process in started:
        process.terminate()
        process.wait(timeout=30)


def ask(port: int, address: str, **more) -> http.client.HTTPResponse:
    """A request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", address, **more)
    answer = connection.getresponse()
    answer.read()
    return answer


def slow(port: int, sent: bytes) -> socket.socket:
    """A browser that sends this much and then nothing."""
    mine = socket.create_connection(("127.0.0.1", port), timeout=40)
    mine.sendall(sent)
    return mine


def test_strangers_that_send_slowly_or_nothing_take_no_thread(serve):
    """S2 d, S5: 60 heads that never end, 60 connections without a word; the shop says within 3 s that it works."""
    port = serve()
    with ExitStack() as open_ones:
        heads = [
            open_ones.enter_context(slow(port, b"GET /login/ HTTP/1.1\r\nHost: localhost\r\n"))
            for _ in range(60)
        ]
        for _ in range(60):
            open_ones.enter_context(slow(port, b""))
        for line in range(3):
            for head in heads:
                head.sendall(b"X-Line: %d\r\n" % line)
            began = time.monotonic()
            assert ask(port, "/health/").status == 200
            assert time.monotonic() - began < 3
        heads[0].sendall(b"\r\n")
        assert heads[0].recv(12) == b"HTTP/1.1 200"
        with suppress(ConnectionResetError):  # its time is over
            assert heads[1].recv(12) == b""


def test_a_head_in_several_parts_and_a_second_one_on_the_same_connection_are_answered(serve):
    """S5: patience costs nobody an answer."""
    port = serve()
    with slow(port, b"GET /alive/ HT") as mine:
        for part in (b"TP/1.1\r\nHost: local", b"host\r\n\r", b"\n"):
            time.sleep(0.1)
            mine.sendall(part)
        assert b'{"status": "ok"}' in whole_answer(mine)
        mine.sendall(b"GET /alive/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert b'{"status": "ok"}' in whole_answer(mine)


def whole_answer(mine: socket.socket) -> bytes:
    """Until its body is there."""
    received = b""
    while b"}" not in received and (more := mine.recv(4096)):
        received += more
    return received


def test_what_is_too_long_is_refused_before_it_is_read(serve):
    """S5: a request line without end, a head of megabytes, a form of 300 MB that nobody is signed in for."""
    port = serve()
    assert ask(port, "/customers/?q=" + "x" * 7_900).status == 302
    assert ask(port, "/customers/?q=" + "x" * 9_000).status == 414
    assert ask(port, "/login/", headers={"X-Long": "x" * 20_000}).status == 431
    head = (
        "POST /login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: {300 * 1024 * 1024}\r\n\r\n--x\r\n"
    )
    with slow(port, head.encode()) as mine:
        assert mine.recv(12) == b"HTTP/1.1 413"


def test_no_log_of_the_server_holds_what_was_asked_or_by_whom(serve, tmp_path):
    """S1: neither a one-time link, nor a name searched for, nor a browser's address, at whatever is sent."""
    port = serve()
    ask(port, "/password/reset/key/1-dioq40-f944b8cf281a0e1eb2e534b6ba5e8a12/")
    ask(port, "/customers/?q=Marie+Dupont&email=marie.dupont%40example.com", headers={"Referer": "/?q=Marie"})
    with slow(port, b"GET /Marie Dupont HTTP/7\r\n\r\n") as mine:
        mine.recv(100)
    log = (tmp_path / "server.log").read_text()
    assert '"request": "GET /customers/"' in log
    assert "Invalid request" in log
    for secret in ("dioq40", "f944b8", "Marie", "marie", "Dupont", "127.0.0.1 ", "ip=", "Referer"):
        assert secret not in log


def test_the_image_and_the_demo_start_the_server_with_the_same_settings():
    """S1, S5: gunicorn.conf.py says it once; no command line says anything else about logs and limits."""
    for command in (image_command(), ["gunicorn", *dev.GUNICORN.split()]):
        assert command[:2] == ["gunicorn", "backoffice.wsgi"]
        assert not re.search("access|limit-request|worker-class|threads|--config|-c ", " ".join(command))

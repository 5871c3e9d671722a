"""The web server's worker and log, for gunicorn.conf.py: what a stranger sends costs little and is written nowhere."""

import errno
import logging
import re
import select
import selectors
import socket
import time
from functools import partial

from gunicorn.glogging import Logger
from gunicorn.workers.gthread import TConn, ThreadWorker

from .logs import formatter

HEAD_SECONDS = 10
LONGEST_HEAD = 64 * 1024
BODY_SECONDS = 20
SLOWEST_BODY = 4 * 1024  # bytes a second, beyond the first seconds
STALLED_SECONDS = 60  # without a byte taken by whoever downloads
_END_OF_HEAD = b"\r\n\r\n"
# What gunicorn says of a request: the first words are enough, the others are its address and where it came from.
_OF_A_REQUEST = re.compile(r"Error handling request|Invalid request")


class Patient:
    """The receiving end of a connection, closed to who sends a request slower than it takes to read it (S5)."""

    def __init__(self, sock: socket.socket):
        self._sock = sock
        self._until = 0.0
        self.begin()

    def begin(self) -> None:
        """A request begins."""
        self._until = time.monotonic() + BODY_SECONDS

    def recv(self, size: int) -> bytes:
        """As a socket does it."""
        poll = select.poll()
        poll.register(self._sock, select.POLLIN)
        if not poll.poll(max(0, self._until - time.monotonic()) * 1000):
            raise ConnectionResetError(errno.ECONNRESET, "The request came too slowly.")
        data = self._sock.recv(size)
        self._until += len(data) / SLOWEST_BODY
        return data

    def __getattr__(self, name):
        return getattr(self._sock, name)


class Connection(TConn):
    """A connection that is given to a thread when a whole head has come."""

    def __init__(self, *given):
        super().__init__(*given)
        self.seen = 0

    def init(self) -> None:
        fresh = not self.initialized
        super().init()
        if fresh:
            self.parser.unreader.sock = Patient(self.sock)
        else:
            self.parser.unreader.sock.begin()

    def has_head(self) -> bool | None:
        """Whether a whole head waits to be read; None where no more will come. Nothing is read yet."""
        try:
            waiting = self.sock.recv(LONGEST_HEAD, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return None
        if _END_OF_HEAD in waiting or len(waiting) == LONGEST_HEAD:
            self._wake_at(1)
            return True
        if len(waiting) <= self.seen:
            return None
        self.seen = len(waiting)
        self._wake_at(self.seen + 1)
        return False

    def _wake_at(self, number: int) -> None:
        """How many bytes must wait until the loop looks again."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, number)


class Worker(ThreadWorker):
    """gunicorn's threads; a request has one from its whole head on, so slow and idle strangers take none (S2)."""

    def accept(self, listener):
        try:
            sock, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        if hasattr(socket, "TCP_USER_TIMEOUT") and sock.family != socket.AF_UNIX:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALLED_SECONDS * 1000)
        self.nr_conns += 1
        self._await_head(Connection(self.cfg, sock, address, listener.getsockname()))

    def on_client_socket_readable(self, conn, client):
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await_head(conn)

    def _await_head(self, conn: Connection) -> None:
        conn.seen, conn.timeout = 0, time.monotonic() + HEAD_SECONDS
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn, client):
        whole = conn.has_head()
        if whole is False:
            return
        if whole:
            super().on_pending_socket_readable(conn, client)
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        self.nr_conns -= 1
        conn.close()


def without_requests(record: logging.LogRecord) -> bool:
    """Filter of the server's own log: neither the address asked for nor the one it was asked from (S1)."""
    if found := _OF_A_REQUEST.match(str(record.msg)):
        record.msg, record.args = found.group(), ()
    return True


class Log(Logger):
    """gunicorn's log as JSON lines like the product's own. There is no access log: RequestLogMiddleware writes one."""

    def setup(self, cfg) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter(as_json=True))
            handler.addFilter(without_requests)

    def access(self, resp, req, environ, request_time) -> None:
        """Names, addresses and one-time links stand in the addresses that browsers ask for."""

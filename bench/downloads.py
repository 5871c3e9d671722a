"""What pages cost while slow readers take exports: `python -m bench.downloads --shop URL`.

Starts the web server as the image does, lets some readers take the customers' file at so many bytes a second, and asks
for list pages beside them; prints the pages' times and, on PostgreSQL, the oldest transaction that was seen.
"""

import http.client
import socket
import threading
import time

from .serving import LISTS, Notes, Server, oldest_transaction, parser, served, told


class Readers:
    """Downloads that go on, slowly, until they are ended."""

    def __init__(self, server: Server, speed: int):
        self.server, self.speed = server, speed
        self.ended = threading.Event()
        self.running, self.refused = 0, 0

    def read(self) -> None:
        """One of them."""
        connection = http.client.HTTPConnection("localhost", self.server.port, timeout=60)
        connection.connect()
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
        connection.request("GET", "/customers/export/", headers={"Cookie": self.server.cookie})
        answer = connection.getresponse()
        if answer.status != 200:
            self.refused += 1
            return
        self.running += 1
        while not self.ended.is_set() and answer.read(self.speed // 4):
            self.ended.wait(0.25)
        self.running -= 1


def main() -> None:
    """The command."""
    options = parser("downloads", __doc__)
    options.add_argument("--readers", type=int, default=4)
    options.add_argument("--speed", type=int, default=60_000, help="bytes a second of each reader")
    options.add_argument("--rounds", type=int, default=100)
    asked = options.parse_args()
    notes = Notes()
    with served(asked) as server:
        _measure(asked, server, notes)
    if asked.write:
        notes.write("downloads")


def _measure(asked, server: Server, notes: Notes) -> None:
    paths = [LISTS[number % len(LISTS)] for number in range(asked.rounds)]
    notes.add(told("alone", [server.ask(path)[0] for path in paths]))
    readers = Readers(server, asked.speed)
    threads = [threading.Thread(target=readers.read, daemon=True) for _ in range(asked.readers)]
    for thread in threads:
        thread.start()
    latest = time.monotonic() + 30
    while readers.running + readers.refused < asked.readers and time.monotonic() < latest:
        time.sleep(0.1)
    times, oldest = [], 0.0
    for path in paths:
        times.append(server.ask(path)[0])
        oldest = max(oldest, oldest_transaction())
    notes.add(told(f"beside {readers.running} readers ({readers.refused} refused)", times))
    notes.add(f"oldest transaction seen: {oldest:.2f} s")
    readers.ended.set()


if __name__ == "__main__":
    main()

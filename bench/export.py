"""What the file of all customers costs: `python -m bench.export --shop URL`.

One reader takes it as fast as it comes. Prints its time, its size, the oldest transaction that was seen (on PostgreSQL,
looked for five times a second) and the most memory that a process of the web server ever had.
"""

import http.client
import threading
import time
from pathlib import Path

from .serving import Notes, Server, oldest_transaction, parser, served

LOOK_SECONDS = 0.2
STEP = 1 << 16


class Watch:
    """Looks at the transactions until it is ended."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self.oldest, self.looks = 0.0, 0

    def go_on(self) -> None:
        """In a thread of its own."""
        while not self.ended.wait(LOOK_SECONDS):
            self.oldest = max(self.oldest, oldest_transaction())
            self.looks += 1


def memory(server: Server, name: str) -> float:
    """Megabytes of the largest of the server's processes: now (`VmRSS`) or the most there ever were (`VmHWM`)."""
    sizes = []
    for pid in server.processes():
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        sizes += [int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")]
    return max(sizes)


def taken(server: Server) -> tuple[float, float, int, int]:
    """Seconds until the first byte and until the last, bytes, and lines."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("localhost", server.port, timeout=600)
    connection.request("GET", "/customers/export/", headers={"Cookie": server.cookie})
    answer = connection.getresponse()
    first = time.perf_counter() - began
    size = lines = 0
    while block := answer.read(STEP):
        size += len(block)
        lines += block.count(b"\n")
    return first, time.perf_counter() - began, size, lines


def main() -> None:
    """The command."""
    options = parser("export", __doc__)
    options.add_argument("--rounds", type=int, default=1)
    asked = options.parse_args()
    notes = Notes()
    with served(asked) as server:
        for _round in range(asked.rounds):
            before, watch = memory(server, "VmRSS"), Watch()
            thread = threading.Thread(target=watch.go_on)
            thread.start()
            first, seconds, size, lines = taken(server)
            watch.ended.set()
            thread.join()
            notes.add(
                f"{lines - 1:,} rows, {size / 1e6:.0f} MB in {seconds:.1f} s"
                f" ({(lines - 1) / seconds:,.0f} rows a second), the first byte after {first:.2f} s"
            )
            notes.add(f"oldest transaction seen: {watch.oldest:.2f} s, in {watch.looks} looks")
            notes.add(
                f"memory of the process: {before:.0f} MB before, {memory(server, 'VmHWM'):.0f} MB at most"
            )
    if asked.write:
        notes.write("export")


if __name__ == "__main__":
    main()

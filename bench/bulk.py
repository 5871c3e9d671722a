"""What list pages cost staff while the worker changes very many: `python -m bench.bulk --shop URL`.

Eight people walk through list pages, each with a pause in between. A round is a while without a job, and then a job:
the first one disables some hundred thousand customers, asked for as on the list, the next one enables them again. So
what is compared was measured within the same minutes. Prints how long the question and its answer took, the pace of the
job, and the times of the pages with and without a job.
"""

import os
import random
import re
import subprocess
import sys
import threading
import time

from .serving import LISTS, ROOT, Notes, Server, oldest_transaction, p95, parser, served, told

KEPT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
ACTIONS = ("disable", "enable")


class Walkers:
    """People who look at one list page after the other, until they are ended."""

    def __init__(self, server: Server, number: int, pause: float):
        self.server, self.pause = server, pause
        self.ended = threading.Event()
        self.times: list[float] = []
        self.threads = [threading.Thread(target=self._walk, args=(place,)) for place in range(number)]

    def _walk(self, place: int) -> None:
        random.seed(place)
        while not self.ended.wait(random.uniform(0.5, 1.5) * self.pause):
            self.times.append(self.server.ask(random.choice(LISTS))[0])

    def __enter__(self) -> "Walkers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_exception) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def since_last(self) -> list[float]:
        """The times since this was asked last."""
        times, self.times = self.times, []
        return times


def scope_of(number: int) -> str:
    """The filter of a list of about so many customers: those registered since a day."""
    from customers.models import HERE, Customer

    last = Customer.objects.filter(HERE).order_by("-registered_at", "-id")
    return f"registered_after={last.values_list('registered_at', flat=True)[number - 1]:%Y-%m-%d}"


def question(server: Server, action: str, scope: str) -> tuple[float, list[tuple[str, str]], str]:
    """Ask for an action to all that match: the seconds until its question is there, and the form of the answer."""
    seconds, page = server.ask(f"/customers/actions/{action}/", [("all_matching", "1"), ("scope", scope)])
    kept = [pair for pair in KEPT.findall(page) if pair[0] != "csrfmiddlewaretoken"]
    said = re.search(r"This concerns [^<]+", page)
    return seconds, kept, said.group() if said else sys.exit(f"No question:\n{page}")


def answered(server: Server, action: str, kept: list[tuple[str, str]]):
    """Answer it: the seconds that took, and the job."""
    from backoffice.models import Job

    seconds, _page = server.ask(f"/customers/actions/{action}/", [*kept, ("sure", "1")])
    return seconds, Job.objects.exclude(state=Job.State.ASKED).latest("pk")


def wait_for(job) -> float:
    """Wait until the job has ended; the age of the oldest transaction meanwhile."""
    oldest = 0.0
    while not job.is_finished:
        time.sleep(0.2)
        oldest = max(oldest, oldest_transaction())
        job.refresh_from_db()
    return oldest


def main() -> None:
    """The command."""
    options = parser("bulk", __doc__)
    options.add_argument("--customers", type=int, default=100_000, help="to be changed by each job")
    options.add_argument("--clients", type=int, default=8)
    options.add_argument("--pause", type=float, default=1.0, help="seconds between two pages of one of them")
    options.add_argument("--quiet", type=float, default=60, help="seconds without a job in each round")
    options.add_argument("--rounds", type=int, default=2)
    asked = options.parse_args()
    with served(asked) as server:
        worker = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=os.environ)
        try:
            time.sleep(5)  # until it has had a first look around
            notes = _measured(asked, server)
        finally:
            worker.terminate()
            worker.wait()
    if asked.write:
        notes.write("bulk")


def _measured(asked, server: Server) -> Notes:
    notes = Notes()
    seconds, _kept, said = question(server, "disable", "")
    notes.add(f"question about all: {seconds:.1f} s ({said})")
    scope = scope_of(asked.customers)
    without, beside = [], []
    with Walkers(server, asked.clients, asked.pause) as walkers:
        time.sleep(5)
        for number in range(asked.rounds):
            action = ACTIONS[number % 2]
            walkers.since_last()
            time.sleep(asked.quiet)
            quiet = walkers.since_last()
            asking, kept, said = question(server, action, scope)
            answering, job = answered(server, action, kept)
            walkers.since_last()
            oldest = wait_for(job)
            busy = walkers.since_last()
            without += quiet
            beside += busy
            took = (job.finished_at - job.started_at).total_seconds()
            notes.add(
                f"{action}: question {asking:.1f} s ({said}), answer {answering:.1f} s; job {job.state},"
                f" {job.changed:,} changed in {took:.0f} s, {job.changed / took:,.0f} a second;"
                f" oldest transaction {oldest:.2f} s"
            )
            notes.add(f"{told('pages just before', quiet)}; {told('beside it', busy)}")
    notes.add(f"{told('all pages without a job', without)}; {told('beside a job', beside)}")
    notes.add(f"p95 beside a job / without: {p95(beside) / p95(without):.2f}")
    return notes


if __name__ == "__main__":
    main()

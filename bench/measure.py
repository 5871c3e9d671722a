"""What the customers list costs, beside the floor and its peers: `python -m bench.measure --shop URL --shop URL`.

Each shop is a database that `generate` filled, smallest first. One process a shop asks itself for pages; the product
and the floor, of all shops, are asked in turn, so that a slower minute of the machine hits all of them alike.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from .pages import FLOOR, Page, cold_names, pages_of
from .report import report
from .results import RESULTS, put_into_results

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Figures:
    """The costs of one page, in milliseconds: middle and 95th percentile of the wall time, middle CPU times."""

    wall: float
    wall_95: float
    app: float
    database: float
    rounds: int

    @property
    def cpu(self) -> float:
        """Of application and database."""
        return self.app + self.database

    @classmethod
    def of(cls, costs: list[dict]) -> "Figures":
        walls = sorted(one["wall"] * 1000 for one in costs)
        middle = {name: statistics.median(one[name] * 1000 for one in costs) for name in ("app", "database")}
        place = min(len(walls) - 1, round(0.95 * (len(walls) - 1)))
        return cls(statistics.median(walls), walls[place], **middle, rounds=len(walls))


class Shop:
    """A shop under measurement, in a process of its own."""

    def __init__(self, url: str):
        environment = os.environ | {"DATABASE_URL": url}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.subject"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.facts = self._answer()

    @property
    def name(self) -> str:
        """The number of its customers, as people say it."""
        number = self.facts["customers"]
        return f"{number // 1_000_000}M" if number >= 1_000_000 else f"{number // 1_000}k"

    def _answer(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"The process of a shop ended: {self.process.wait()}")
        return json.loads(line)

    def ask(self, path: str, **more) -> dict:
        """What this page costs, or with count=True what it is made of."""
        self.process.stdin.write(json.dumps({"path": path, **more}) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        """End the process."""
        self.process.stdin.close()
        self.process.wait()


def collect_static(url: str) -> None:
    """Put the files of pages where the measured processes serve them from; a database is only named, not asked."""
    command = [
        sys.executable,
        "-m",
        "django",
        "collectstatic",
        "--noinput",
        "--settings=bench.settings",
        "-v0",
    ]
    environment = os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def measured(shops: list[Shop], page: Page, rounds: int, peer_rounds: int) -> dict:
    """{(shop name, "product" | "floor" | "admin" | "tables"): Figures} of one page, and what it is made of."""
    costs = defaultdict(list)
    for shop in shops:
        for path in (page.path(shop.facts), FLOOR) * 2:
            shop.ask(path)
    names = {shop: cold_names(rounds) for shop in shops}
    for number in range(rounds):
        for shop in shops:
            path = page.path(shop.facts, names[shop][number] if page.cold else "")
            costs[shop.name, "product"].append(shop.ask(path))
            costs[shop.name, "floor"].append(shop.ask(FLOOR))
    for shop in shops:
        for peer, path in page.peers(shop.facts).items():
            if peer_rounds:
                shop.ask(path)
            for _number in range(peer_rounds):
                costs[shop.name, peer].append(shop.ask(path))
    return {key: Figures.of(found) for key, found in costs.items() if found}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.measure", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--shop", action="append", required=True, metavar="URL", help="a database; smallest first"
    )
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument(
        "--peer-rounds", type=int, default=5, help="the peers take seconds; 0 leaves them out"
    )
    parser.add_argument("--page", action="append", help="only pages whose name contains this")
    parser.add_argument(
        "--write", action="store_true", help=f"put the tables into {RESULTS.relative_to(ROOT)}"
    )
    asked = parser.parse_args()
    collect_static(asked.shop[0])
    shops = [Shop(url) for url in asked.shop]
    found, made_of = {}, {}
    for page in pages_of(shops[0].facts):
        if asked.page and not any(part in page.name for part in asked.page):
            continue
        print(page.name, file=sys.stderr, flush=True)
        found[page] = measured(shops, page, asked.rounds, asked.peer_rounds)
        made_of[page] = shops[-1].ask(page.path(shops[-1].facts), count=True)
    text = report([shop.name for shop in shops], shops[0].facts["database"], found, made_of)
    print(text)
    if asked.write:
        put_into_results(shops[0].facts["vendor"], text)
    for shop in shops:
        shop.close()


if __name__ == "__main__":
    main()

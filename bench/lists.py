"""What the lists beside that of customers cost: `python -m bench.lists --shop URL --shop URL`.

Each shop is a database that `generate` filled, smallest first; the lists and the floor of all shops are asked in turn.
Wished for: the limits of the customers' list, 1.6 × its floor and 1.2 × the page's own cost at the smallest size
(issues 9 and 10).
"""

import argparse
import os
from collections import defaultdict

from .measure import ROOT, Figures, Shop, collect_static
from .pages import FLOOR
from .results import RESULTS, measured_on, put_into_results

# By list: how many rows a customer stands for, and what is asked.
LISTS: dict[str, tuple[float, dict[str, str]]] = {
    "addresses": (
        1.2,
        {
            "sort last_name": "sort=last_name",
            "sort -city": "sort=-city",
            "sort postcode": "sort=postcode",
            "country PL": "country=PL",
            "city contains par": "city=par",
            "search smith": "q=smith",
        },
    ),
    "carts": (
        1.9,
        {
            "sort total": "sort=total",
            "sort -total": "sort=-total",
            "abandoned": "status=abandoned",
            "not ordered": "status=not_ordered",
            "ordered": "status=ordered",
            "visitors": "customer_is=false",
            "customer contains smith": "customer=smith",
            "total from 500": "total_min=500",
            "created this year": "created_at_after=2026-01-01",
            "online": "online=true",
            "search a number": "q=1234",
        },
    ),
    "orders": (
        0.9,
        {
            "sort -total": "sort=-total",
            "valid": "valid=true",
            "total from 500": "total_min=500",
            "customer contains smith": "customer=smith",
            "search a reference": "q=AB",
        },
    ),
}
MOST_OF_FLOOR, MOST_GROWTH = 1.6, 1.2


def report(shops: list[Shop], rounds: int, wanted: list[str]) -> str:
    """Markdown: cost, ratio to the floor and growth of each page of each list."""
    names = [shop.name for shop in shops]
    heads = " | ".join(f"{name}: app + database, ms | × floor" for name in names)
    lines = [
        f"{measured_on(shops[0].facts['database'])}; {rounds} rounds.",
        "",
        f"| page | {heads} | growth |",
        f"| --- |{' ---: | ---: |' * len(names)} ---: |",
    ]
    for wanted_list in wanted:
        share, asked = LISTS[wanted_list]
        quarter = int(share * shops[0].facts["customers"] / 200)
        for title, query in {
            "first page": "",
            "page a quarter in": f"page={quarter}",
            "last page": "page=last",
            **asked,
        }.items():
            lines.append(_line(shops, rounds, f"{wanted_list}, {title}", f"/{wanted_list}/?{query}"))
    return "\n".join(lines)


def _line(shops: list[Shop], rounds: int, title: str, path: str) -> str:
    costs = defaultdict(list)
    for number in range(rounds + 2):
        for shop in shops:
            for kind, asked in (("page", path), ("floor", FLOOR)):
                cost = shop.ask(asked)
                if number >= 2:
                    costs[shop.name, kind].append(cost)
    found = {key: Figures.of(some) for key, some in costs.items()}
    cells = []
    for shop in shops:
        page, floor = found[shop.name, "page"], found[shop.name, "floor"]
        cells.append(f"{page.app:.1f} + {page.database:.1f} | {_judged(page.cpu / floor.cpu, MOST_OF_FLOOR)}")
    growth = found[shops[-1].name, "page"].cpu / found[shops[0].name, "page"].cpu
    return f"| {title} | {' | '.join(cells)} | {_judged(growth, MOST_GROWTH)} |"


def _judged(ratio: float, limit: float) -> str:
    return f"{ratio:.2f}" if ratio <= limit else f"**{ratio:.2f}**"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.lists", description=__doc__.partition("\n")[0])
    parser.add_argument("--shop", required=True, action="append", metavar="URL", help="smallest first")
    parser.add_argument("--list", action="append", choices=LISTS, help="only this one")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument(
        "--write", action="store_true", help=f"put the table into {RESULTS.relative_to(ROOT)}"
    )
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    collect_static(asked.shop[0])
    shops = [Shop(url) for url in asked.shop]
    text = report(shops, asked.rounds, asked.list or list(LISTS))
    for shop in shops:
        shop.close()
    print(text)
    if asked.write:
        put_into_results("lists", text)


if __name__ == "__main__":
    main()

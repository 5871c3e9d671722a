"""What the page of a customer costs who did very much, beside ordinary ones: `python -m bench.file --shop URL`.

The last customer of a shop that `generate` filled (not a lean one) is given 5,000 orders, 5,000 carts, 20,000 visits
and 2,000 messages, where they have not got them yet. Their page and those of ordinary customers are asked for in turn,
plain and as one comes to them from a list. Wished for: at most 1.5 × the cost of an ordinary one, by as many queries.
"""

import argparse
import os
import sys
from collections import defaultdict
from urllib.parse import urlencode

from .measure import ROOT, Figures, Shop, collect_static
from .results import RESULTS, measured_on, put_into_results

LIMIT = 1.5
ORDINARY = 40
LISTS = {
    "plain": "",
    "from the list": "/customers/",
    "from a sorted one": "/customers/?sort=-total_spent&page=3",
}


def prepared() -> tuple[int, list[int]]:
    """Who did very much, and some ordinary people: with two to five orders each."""
    import django

    django.setup()
    from customers.models import Customer

    from .somebody import ORDERS, put_very_much_on

    here = Customer.objects.here().select_related("figures").order_by("-pk")
    somebody = here.first()
    if somebody is None:
        sys.exit("There are no customers: fill the shop first.")
    if somebody.figures.orders_count < ORDERS:
        put_very_much_on(somebody)
    ordinary = here.filter(figures__orders_count__range=(2, 5)).exclude(pk=somebody.pk)
    return somebody.pk, list(ordinary.values_list("pk", flat=True)[:ORDINARY])


def measured(shop: Shop, somebody: int, ordinary: list[int], rounds: int) -> dict[tuple[str, str], Figures]:
    """{(way, "ordinary" | "very much"): Figures}, asked in turn."""
    costs = defaultdict(list)
    for key in (somebody, *ordinary):
        shop.ask(_path(key, ""))
    for number in range(rounds):
        for way, back in LISTS.items():
            costs[way, "ordinary"].append(shop.ask(_path(ordinary[number % len(ordinary)], back)))
            costs[way, "very much"].append(shop.ask(_path(somebody, back)))
    return {key: Figures.of(found) for key, found in costs.items()}


def _path(key: int, back: str) -> str:
    return f"/customers/{key}/" + (f"?{urlencode({'back': back})}" if back else "")


def report(shop: Shop, somebody: int, ordinary: list[int], found: dict[tuple[str, str], Figures]) -> str:
    """Markdown: cost, ratio and queries of each way."""
    rounds = next(iter(found.values())).rounds
    lines = [
        f"{measured_on(shop.facts['database'])}; {shop.name} customers, {rounds} rounds.",
        "",
        "| page | ordinary: app + database, ms | queries | very much: app + database, ms | queries | ratio |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for way, back in LISTS.items():
        plain, much = found[way, "ordinary"], found[way, "very much"]
        few, many = (shop.ask(_path(key, back), count=True)["queries"] for key in (ordinary[0], somebody))
        ratio = much.cpu / plain.cpu
        judged = f"{ratio:.2f}" if ratio <= LIMIT else f"**{ratio:.2f}**"
        costs = [f"{one.app:.1f} + {one.database:.1f}" for one in (plain, much)]
        lines.append(f"| {way} | {costs[0]} | {few} | {costs[1]} | {many} | {judged} |")
    return "\n".join(lines)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.file", description=__doc__.partition("\n")[0])
    parser.add_argument("--shop", required=True, metavar="URL", help="a database that `generate` filled")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument(
        "--write", action="store_true", help=f"put the table into {RESULTS.relative_to(ROOT)}"
    )
    asked = parser.parse_args()
    os.environ |= {"DATABASE_URL": asked.shop, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    somebody, ordinary = prepared()
    collect_static(asked.shop)
    shop = Shop(asked.shop)
    text = report(shop, somebody, ordinary, measured(shop, somebody, ordinary, asked.rounds))
    shop.close()
    print(text)
    if asked.write:
        put_into_results("file", text)


if __name__ == "__main__":
    main()

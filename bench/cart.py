"""What the page of a cart of a thousand lines costs, beside its lines alone: `python -m bench.cart --shop URL`.

The cart is put into a shop that `generate` filled where it has none, with a product of its own for each line. Its page
and the floor are asked for in turn. Wished for: at most 2 × the floor (issue 10).
"""

import argparse
import os
from collections import defaultdict
from decimal import Decimal

from .measure import ROOT, Figures, Shop, collect_static
from .results import RESULTS, measured_on, put_into_results

LINES, LIMIT = 1_000, 2
KEY = "bench-of-a-thousand-lines"


def prepared() -> int:
    """The number of a cart of that many lines."""
    import django

    django.setup()
    from django.utils import timezone

    from backoffice.records.actors import Actor
    from carts.models import Cart, Product
    from carts.services.carts import Beginning, Wanted, Whole, put_whole_cart
    from carts.services.products import put_product
    from customers.models import Customer

    found = Cart.objects.filter(key=KEY).first()
    if found:
        return found.pk
    by, values = Actor.command(), {"price": Decimal("12.50"), "stock": 7}
    for number in range(LINES):
        put_product(f"{KEY}-{number}", {**values, "name": f"Mug with a name, number {number}"}, by=by)
    products = Product.objects.to_be_sold().filter(reference__startswith=KEY).order_by("pk")
    whole = Whole(lines=[Wanted(one, 1 + one.pk % 9) for one in products], at=timezone.now())
    whose = Customer.objects.here().order_by("pk").first()
    cart, _counted = put_whole_cart(Beginning(key=KEY, customer=whose), whole, by=by)
    return cart.pk


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.cart", description=__doc__.partition("\n")[0])
    parser.add_argument("--shop", required=True, metavar="URL", help="a database that `generate` filled")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument(
        "--write", action="store_true", help=f"put the figures into {RESULTS.relative_to(ROOT)}"
    )
    asked = parser.parse_args()
    os.environ |= {"DATABASE_URL": asked.shop, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    number = prepared()
    collect_static(asked.shop)
    shop, costs = Shop(asked.shop), defaultdict(list)
    paths = {"page": f"/carts/{number}/", "floor": f"/bench/cart/{number}/floor/"}
    for path in paths.values():
        shop.ask(path)
    for _round in range(asked.rounds):
        for kind, path in paths.items():
            costs[kind].append(shop.ask(path))
    page, floor = (Figures.of(costs[kind]) for kind in paths)
    ratio = page.cpu / floor.cpu
    judged = f"{ratio:.2f}" if ratio <= LIMIT else f"**{ratio:.2f}**"
    text = (
        f"{measured_on(shop.facts['database'])}; {asked.rounds} rounds. App + database: the page"
        f" {page.app:.1f} + {page.database:.1f} ms, the floor {floor.app:.1f} + {floor.database:.1f} ms;"
        f" {judged} × the floor."
    )
    shop.close()
    print(text)
    if asked.write:
        put_into_results("cart", text)


if __name__ == "__main__":
    main()

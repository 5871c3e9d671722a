"""What the list of addresses costs beside two floors: `python -m bench.addresses --shop URL --shop URL`.

Each shop is a database that `generate` filled, smallest first; a lean one is given an address for each customer. The
list and the floors of all shops are asked in turn: a bare template of these seven columns, and the floor of the
customers' list, with its twelve. Wished for: the limits of the customers' list, 1.6 × its floor and 1.2 × the list's
own cost at the smallest size (issue 9).
"""

import argparse
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable

from .measure import ROOT, Figures, Shop
from .pages import FLOOR
from .results import RESULTS, measured_on, put_into_results

OWN_FLOOR = "/bench/addresses/floor/"
PAGES: dict[str, Callable[[dict], str]] = {
    "first page": lambda facts: "",
    "page a quarter in": lambda facts: f"page={facts['customers'] // 200}",
    "last page": lambda facts: "page=last",
    "sort last_name": lambda facts: "sort=last_name",
    "sort -city": lambda facts: "sort=-city",
    "sort postcode": lambda facts: "sort=postcode",
    "country PL": lambda facts: "country=PL",
    "city contains par": lambda facts: "city=par",
    "search smith": lambda facts: "q=smith",
}
MOST_OF_FLOOR, MOST_GROWTH = 1.6, 1.2
CITIES = ("Paris", "Lyon", "Kraków", "Gdańsk", "Cluj", "Iași", "London", "Leeds")
COUNTRIES = ("FR", "FR", "PL", "PL", "RO", "RO", "GB", "GB")


def give_addresses(url: str) -> None:
    """One address for each customer of a lean shop, by one statement; nothing where there are addresses."""
    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    import django

    django.setup()
    from django.db import connection

    from addresses.models import Address
    from backoffice.database.folding import fold
    from backoffice.models import Counter
    from customers.models import Customer

    from .loading import analyze

    if Address.objects.exists():
        return
    town = " ".join(f"WHEN {n} THEN %s" for n in range(len(CITIES)))
    choice = f"CASE id %% {len(CITIES)} {town} END"
    street, code = "CAST(id %% 200 AS text) || ' Main street'", "CAST(10000 + id %% 80000 AS text)"
    keys = "first_name_key, last_name_key"
    words = f"' ' || last_name_key || ' ' || first_name_key || ' ' || {street} || ' ' || {code} || ' ' || {choice}"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO addresses_address (version, created_at, updated_at, customer_id, alias, kind, company,"
            " first_name, last_name, address1, address2, postcode, city, country_id, phone, phone_mobile, vat_number,"
            " dni, other, default_billing, default_shipping, external_id, deleted, first_name_key, last_name_key,"
            " address_key, postcode_key, city_key, search_text)"
            " SELECT 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, id, 'Home', 'both', '', first_name, last_name,"
            f" {street}, '', {code}, {choice}, {choice}, '', '', '', '', '', true, true, '', false, {keys},"
            f" lower({street}), {code}, {choice}, lower({words}) FROM customers_customer WHERE NOT deleted",
            [*CITIES, *COUNTRIES, *map(fold, CITIES), *map(fold, CITIES)],
        )
    here = Customer.objects.here().count()
    Counter.objects.update_or_create(name=Address._meta.label_lower, defaults={"value": here})
    analyze()


def report(shops: list[Shop], rounds: int) -> str:
    """Markdown: cost, ratio to the floor and growth of each page."""
    names = [shop.name for shop in shops]
    lines = [
        f"{measured_on(shops[0].facts['database'])}; {rounds} rounds.",
        "",
        f"| page | {' | '.join(f'{name}: app + database, ms | × floor | × own floor' for name in names)} | growth |",
        f"| --- |{' ---: | ---: | ---: |' * len(names)} ---: |",
    ]
    for title, query in PAGES.items():
        costs = defaultdict(list)
        for number in range(rounds + 2):
            for shop in shops:
                asked = {"page": f"/addresses/?{query(shop.facts)}", "floor": FLOOR, "own": OWN_FLOOR}
                for kind, path in asked.items():
                    cost = shop.ask(path)
                    if number >= 2:
                        costs[shop.name, kind].append(cost)
        found = {key: Figures.of(some) for key, some in costs.items()}
        cells = []
        for name in names:
            page, floor, own = (found[name, kind] for kind in ("page", "floor", "own"))
            ratio = _judged(page.cpu / floor.cpu, MOST_OF_FLOOR)
            cells.append(f"{page.app:.1f} + {page.database:.1f} | {ratio} | {page.cpu / own.cpu:.2f}")
        growth = found[names[-1], "page"].cpu / found[names[0], "page"].cpu
        lines.append(f"| {title} | {' | '.join(cells)} | {_judged(growth, MOST_GROWTH)} |")
    return "\n".join(lines)


def _judged(ratio: float, limit: float) -> str:
    return f"{ratio:.2f}" if ratio <= limit else f"**{ratio:.2f}**"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.addresses", description=__doc__.partition("\n")[0])
    parser.add_argument("--shop", required=True, action="append", metavar="URL", help="smallest first")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument(
        "--write", action="store_true", help=f"put the table into {RESULTS.relative_to(ROOT)}"
    )
    parser.add_argument("--fill", action="store_true", help="only give the first shop its addresses")
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    if asked.fill:
        give_addresses(asked.shop[0])
        return
    for url in asked.shop:
        again = [sys.executable, "-m", "bench.addresses", "--fill", "--shop", url]
        subprocess.run(again, cwd=ROOT, check=True)
    collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DATABASE_URL": asked.shop[0]}
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    shops = [Shop(url) for url in asked.shop]
    text = report(shops, asked.rounds)
    for shop in shops:
        shop.close()
    print(text)
    if asked.write:
        put_into_results("addresses", text)


if __name__ == "__main__":
    main()

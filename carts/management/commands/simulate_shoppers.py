"""`manage.py simulate_shoppers --shoppers N --seconds S`: made-up shoppers fill carts over the storefront API."""

import datetime as dt
import random
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import CommandError
from django.db.models import Q
from django.utils import timezone

from addresses.models import Address, AddressKind
from backoffice.access.scopes import Scope
from backoffice.commands import ShopCommand
from backoffice.records.actors import Actor
from backoffice.staff.api_tokens.services import create_token, revoke_token
from carts.demo.shoppers import Known, NotReached, Storefront, Town, go_shopping
from carts.models import Carrier, CartLine, Product, Voucher
from customers.demo.john import JOHN_ID
from customers.models import Customer

MOST_SHOPPERS, MOST_SECONDS = 200, 24 * 3600
ACTING = (
    *(Scope.VISITS_WRITE, Scope.CARTS_READ, Scope.CARTS_WRITE, Scope.ORDERS_WRITE),
    *(Scope.CUSTOMERS_WRITE, Scope.CUSTOMERS_SIGN_IN, Scope.MESSAGES_WRITE),
)
CUSTOMERS = 200


class Command(ShopCommand):
    help = "Has made-up shoppers use the storefront API of a running shop for a while; meant for a demo shop."

    def add_arguments(self, parser):
        parser.add_argument(
            "--shoppers", type=int, default=6, help=f"how many at once, up to {MOST_SHOPPERS} (6)"
        )
        parser.add_argument("--seconds", type=int, default=60, help="for how long, up to a day (60)")
        parser.add_argument("--url", default=settings.PUBLIC_URL, help="where the shop answers (PUBLIC_URL)")
        parser.add_argument("--seed", type=int, help="the same number gives the same shoppers")

    def handle(self, *, shoppers, seconds, url, seed, verbosity, **options):
        if not 1 <= shoppers <= MOST_SHOPPERS:
            raise CommandError(f"--shoppers takes 1 to {MOST_SHOPPERS}.", returncode=2)
        if not 1 <= seconds <= MOST_SECONDS:
            raise CommandError(f"--seconds takes 1 to {MOST_SECONDS}.", returncode=2)
        dice = random.Random(seed)
        town = _town(dice)
        if not town.products:
            raise CommandError("There are no products to buy.", returncode=1)
        if not url:
            raise CommandError(
                "Say where the shop answers, as --url http://127.0.0.1:8000; PUBLIC_URL is not set.",
                returncode=2,
            )
        if fault := _fault_of(url):
            raise CommandError(f"“{url}” {fault}. Say --url http://127.0.0.1:8000.", returncode=2)
        by, ends = Actor.command(), timezone.now() + dt.timedelta(seconds=seconds + 60)
        token, secret = create_token("Simulated shoppers", ACTING, by=by, expires_at=ends)
        try:
            shop = Storefront(url, secret)
            go_shopping(shop, town, shoppers=shoppers, seconds=seconds, dice=dice)
        except NotReached as error:
            raise CommandError(
                f"{url} does not answer ({error}). Start the shop first.", returncode=1
            ) from None
        finally:
            revoke_token(token, by=by)
        if verbosity:
            asked = sum(shop.answers.values())
            answers = ", ".join(f"{number} × {status}" for status, number in sorted(shop.answers.items()))
            self.stdout.write(f"{shoppers} shoppers asked {asked} times in {seconds} s: {answers}.")


def _fault_of(url: str) -> str:
    """What is wrong with the address of a shop; "" where nothing is."""
    if not re.match("https?://", url, re.IGNORECASE):
        return "begins with neither http:// nor https://"
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname and parts.hostname.encode("idna")) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or re.search(r"[\s\x00-\x1f]", url):
        return "names no host, or a port that there is not"
    if not re.fullmatch(r"\w+://[^/?#@]+/?", url):
        return "says more than a host and a port"
    return ""


def _town(dice: random.Random) -> Town:
    """What there is to buy, and some customers of it; John DOE, and the stock of what he bought, stay as documented."""
    products = Product.objects.filter(active=True, exclusive_to=None, variants=None).exclude(reference="")
    products = products.exclude(pk__in=CartLine.objects.filter(cart__customer=JOHN_ID).values("product"))
    customers = Customer.objects.active().registered().exclude(pk=JOHN_ID).order_by("-pk")
    found = list(customers.values_list("pk", "language")[: 10 * CUSTOMERS])
    chosen = dice.sample(found, min(len(found), CUSTOMERS))
    homes = Address.objects.here().filter(
        customer__in=[key for key, _language in chosen], kind=AddressKind.BOTH
    )
    home_of = dict(homes.order_by("-pk").values_list("customer", "pk"))
    now = timezone.now()
    for_all = Q(customer=None, group=None, tag=None, active=True)
    return Town(
        products=list(products.order_by("pk").values_list("reference", flat=True)[:200]),
        carriers=list(Carrier.objects.filter(active=True).values_list("name", flat=True)),
        codes=list(Voucher.objects.valid_at(now).filter(for_all).values_list("code", flat=True)[:20]),
        customers=[Known(key, language, home_of.get(key)) for key, language in chosen],
    )

"""Vouchers for everybody, for a group, for a tag, and for one person each."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from backoffice.database.folding import plain
from backoffice.demo.loading import Table
from backoffice.demo.shop import Batch, Shop
from customers.models import Tag

from ..models import Voucher

VOUCHERS = Table(
    Voucher,
    "id code name customer_id group_id tag_id percent amount free_shipping minimum_amount starts_at ends_at quantity"
    " per_customer active created_at updated_at version code_key search_text",
)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Offer:
    """A voucher that generated carts may use."""

    id: int
    code: str
    percent: Decimal | None = None
    amount: int = 0
    free_shipping: bool = False


def make_vouchers(shop: Shop) -> None:
    """Ten vouchers in every state; leaves `shop.facts["offers"]`, those that anybody may use."""
    now, groups = shop.aware(shop.now), shop.facts["groups"]
    opened = shop.aware(shop.opened)
    tag = Tag.objects.get(name="VIP")

    def make(code: str, name: str, **fields) -> Voucher:
        fields = {"starts_at": opened, "created_at": opened, **fields}
        return Voucher.objects.create(code=code, name=name, **fields)

    welcome = make("WELCOME10", "Ten per cent for a start", percent=Decimal(10))
    five = make("FIVE", "Five off", amount=Decimal(5), minimum_amount=Decimal(40), ends_at=now + 90 * DAY)
    free = make("FREESHIP", "Free shipping", free_shipping=True, per_customer=None)
    make("WHOLESALE5", "Five per cent for the trade", percent=Decimal(5), group_id=groups["Wholesale"])
    make("VIP20", "For our best customers", percent=Decimal(20), tag=tag, quantity=200, per_customer=2)
    make("SUMMER", "Summer sale", percent=Decimal(15), ends_at=now - 60 * DAY)
    make("SOON", "From next month on", percent=Decimal(5), starts_at=now + 30 * DAY)
    make("SOLDOUT", "None left", amount=Decimal(20), quantity=0)
    make("Łódź-Ștefan", "Litery i litere", amount=Decimal("12.50"))
    make("STOPPED", "Switched off", percent=Decimal(50), active=False)
    shop.facts["offers"] = (
        Offer(welcome.pk, welcome.code, percent=Decimal(10)),
        Offer(five.pk, five.code, amount=500),
        Offer(free.pk, free.code, free_shipping=True),
    )


def put_personal_vouchers(batch: Batch) -> None:
    """Two in a hundred people have a voucher of their own; the first few have one for sure."""
    dice, shop = batch.chance("vouchers"), batch.shop
    for place, person in enumerate(batch.people):
        if not (dice.random() < 0.02 or (not batch.number and place in (2, 4, 6))):
            continue
        code, name = f"THANKS-{person.id}", "Thank you for your patience"
        made = max(person.registered_at, shop.now - 200 * DAY)
        batch.rows[VOUCHERS].append(
            (
                shop.take_id(Voucher),
                code,
                name,
                person.id,
                None,
                None,
                None,
                Decimal(dice.choice((5, 10, 15))),
                False,
                Decimal(0),
                made,
                made + dice.choice((90, 365)) * DAY,
                1,
                1,
                dice.random() < 0.9,
                made,
                made,
                1,
                code.lower(),
                " " + plain(f"{code} {name}"),
            )
        )

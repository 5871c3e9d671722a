"""The people themselves: names, consents, groups and tags, and their stored figures."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, partial
from itertools import accumulate

from backoffice.database.folding import plain
from backoffice.database.telephones import digits_of
from backoffice.demo.loading import Table
from backoffice.demo.shop import Batch, Shop

from ..models import Consent, Customer, CustomerFigures, Membership, MembershipOrigin, Tagging
from ..seeding import MR_ID, MRS_ID
from .pools import LANDS, Land, phone_in, pool_of

CUSTOMERS = Table(
    Customer,
    "id title_id last_name first_name email created_email password password_changed_at password_link_at birthday"
    " active newsletter newsletter_at newsletter_ip partner_offers default_group_id note sales_agent_id phone company"
    " siret ape website outstanding_allowance max_payment_days risk language guest external_id country registered_at"
    " updated_at deleted deleted_at version last_name_key first_name_key company_key email_key search_text",
)
FIGURES = Table(
    CustomerFigures,
    "customer_id orders_count valid_orders_count total_spent opening_orders opening_spent opening_visit_at"
    " outstanding carts_count first_order_at last_order_at last_visit_at",
)
MEMBERSHIPS = Table(Membership, "customer_id group_id origin until added_at added_by_id")
TAGGINGS = Table(Tagging, "customer_id tag_id")
CONSENTS = Table(Consent, "customer_id kind given at ground staff_id door ip")

ZERO = Decimal("0.00")
DOMAINS = ("example.com", "example.org", "example.net")
YEAR = 365.25
_folded = cache(plain)
_land_weights = tuple(accumulate(land.percent for land in LANDS))


@dataclass(slots=True)
class Figures:
    """The stored figures of one person while the apps above still add to them."""

    orders: int = 0
    valid_orders: int = 0
    spent: Decimal = ZERO
    outstanding: Decimal = ZERO
    carts: int = 0
    first_order_at: dt.datetime | None = None
    last_order_at: dt.datetime | None = None
    last_visit_at: dt.datetime | None = None


@dataclass(slots=True)
class Person:
    """A generated customer, as far as other steps want to know. Moments are naive UTC."""

    id: int
    land: Land
    first_name: str
    last_name: str
    email: str
    registered_at: dt.datetime
    title_id: int | None = None
    birthday: dt.date | None = None
    company: str = ""
    phone: str = ""
    note: str = ""
    guest: bool = False
    active: bool = True
    newsletter: bool = False
    partner_offers: bool = False
    default_group_id: int = 0
    groups: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    sales_agent_id: int | None = None
    ip: str = ""
    user_agent: str = ""
    country: str = ""
    comes: bool = True
    visitor: str = ""
    visit_times: list[dt.datetime] = field(default_factory=list)
    deleted_at: dt.datetime | None = None
    figures: Figures = field(default_factory=Figures)

    @property
    def name(self) -> str:
        """First name, then last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def external_id(self) -> str:
        """Their number elsewhere, which every ninth has."""
        return f"SHOP-{self.id}" if self.id % 9 == 0 else ""

    @property
    def search_text(self) -> str:
        """All that they are found by."""
        found_by = (
            _folded(self.last_name),
            _folded(self.first_name),
            plain(self.email),
            _folded(self.company),
            digits_of(self.phone),
            plain(self.external_id),
        )
        return " " + " ".join(part for part in found_by if part)


def make_people(batch: Batch) -> None:
    """Fill `batch.people`; registrations grow over three years, in the order of the ids."""
    shop, dice = batch.shop, batch.chance("people")
    span = (shop.now - shop.opened) / max(shop.customers, 1)
    for place in range(batch.first, batch.first + batch.size):
        # The square root makes the shop grow: twice as many came lately as at first.
        share = ((place + dice.random()) / max(shop.customers, 1)) ** 0.7
        registered = (shop.opened + span * shop.customers * share).replace(microsecond=0)
        batch.people.append(_person(shop, dice, shop.take_id(Customer), registered))


def _person(shop: Shop, dice: random.Random, key: int, registered: dt.datetime) -> Person:
    throw = dice.random
    land = dice.choices(LANDS, cum_weights=_land_weights)[0]
    pool = pool_of(land.names_of)
    woman = throw() < 0.54
    firsts, lasts = (pool.women, pool.surnames_of_women) if woman else (pool.men, pool.surnames_of_men)
    first, last = firsts[int(throw() * len(firsts))], lasts[int(throw() * len(lasts))]
    person = Person(key, land, first, last, "", registered)
    local = ".".join("".join(c for c in _folded(part) if c.isalnum()) for part in (first, last))
    person.email = f"{local}{key}@{DOMAINS[key % 3]}"
    if throw() < 0.95:
        person.title_id = MRS_ID if woman else MR_ID
    if throw() < 0.86:
        age = 18 + 62 * (throw() + throw()) / 2
        person.birthday = (shop.now - dt.timedelta(days=age * YEAR)).date()
    if throw() < 0.55:
        person.phone = phone_in(land.code, dice)
    person.guest = throw() < 0.08
    person.active = throw() < 0.96
    person.newsletter = throw() < (0.15 if person.guest else 0.46)
    person.partner_offers = throw() < 0.19
    person.ip = f"10.{int(throw() * 256)}.{int(throw() * 256)}.{1 + int(throw() * 254)}"
    person.comes = throw() > 0.06
    person.visitor = f"{dice.getrandbits(128):032x}"
    if throw() < 0.12:
        person.company = pool.companies[int(throw() * len(pool.companies))]
    if shop.staff_ids and throw() < (0.5 if person.company else 0.05):
        person.sales_agent_id = shop.staff_ids[int(throw() * len(shop.staff_ids))]
    if throw() < 0.005:
        person.deleted_at = between(person.registered_at, shop.now, throw())
    _put_into_groups(shop, dice, person)
    return person


def _put_into_groups(shop: Shop, dice: random.Random, person: Person) -> None:
    groups, tags = shop.facts["groups"], shop.facts["tags"]
    member = [groups["Default"]]
    person.default_group_id = member[0]
    if person.company and dice.random() < 0.7:
        member.append(groups["Wholesale" if dice.random() < 0.3 else "Business"])
        person.default_group_id = member[-1]
    if not person.guest and dice.random() < 0.3:
        member.append(groups["Loyalty programme"])
    if person.land.code == "BE" and dice.random() < 0.5:
        member.append(groups["Belges cools"])
    if dice.random() < 0.004:
        member.append(groups["Employees"])
        person.default_group_id = member[-1]
    person.groups = tuple(member)
    person.tags = tuple(tag for tag, percent in tags if dice.random() * 100 < percent)


def put_people(batch: Batch) -> None:
    """The rows of `batch.people` in their own tables; country and figures come from later steps, until loaded."""
    shop, rows = batch.shop, batch.rows
    dice = batch.chance("people in detail")
    for person in batch.people:
        rows[CUSTOMERS].append(_Late(partial(_customer_row, shop, dice, person)))
        rows[FIGURES].append(_Late(partial(_figures_row, person)))
        rows[MEMBERSHIPS].extend(
            (person.id, group, MembershipOrigin.SHOP.value, None, person.registered_at, None)
            for group in person.groups
        )
        rows[TAGGINGS].extend((person.id, tag) for tag in person.tags)
        for kind in ("newsletter", "partner_offers"):
            if getattr(person, kind):
                ground = "not stated" if person.id % 5 else "ticked at registration"
                rows[CONSENTS].append(
                    (person.id, kind, True, person.registered_at, ground, None, "shop", person.ip)
                )


class _Late:
    """A row that is worked out when it is loaded, after everybody has added to the person."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], tuple]):
        self.make = make

    def __iter__(self):
        return iter(self.make())


def _figures_row(person: Person) -> tuple:
    own = person.figures
    return (
        person.id,
        own.orders,
        own.valid_orders,
        own.spent,
        0,
        ZERO,
        None,
        own.outstanding,
        own.carts,
        own.first_order_at,
        own.last_order_at,
        own.last_visit_at,
    )


def _customer_row(shop: Shop, dice: random.Random, person: Person) -> tuple:
    business = bool(person.company)
    last_key, first_key, company_key = (
        _folded(person.last_name)[:255],
        _folded(person.first_name)[:255],
        _folded(person.company)[:255],
    )
    updated = between(person.registered_at, shop.now, dice.random() ** 2)
    return (
        person.id,
        person.title_id,
        person.last_name,
        person.first_name,
        person.email,
        person.email,
        "",
        None,
        None,
        person.birthday,
        person.active,
        person.newsletter,
        person.registered_at if person.newsletter else None,
        person.ip if person.newsletter else None,
        person.partner_offers,
        person.default_group_id,
        person.note,
        person.sales_agent_id,
        person.phone,
        person.company,
        f"{dice.randrange(10**9):09d}" if business else "",
        f"{dice.randrange(10**4):04d}Z" if business else "",
        f"https://{company_key.replace(' ', '-')[:40]}.example" if business and person.id % 2 else "",
        Decimal(dice.randrange(5, 100) * 100) if business else ZERO,
        dice.choice((0, 14, 30, 60)) if business else 0,
        dice.choices(("none", "low", "medium", "high"), (5, 3, 2, 1))[0] if business else "none",
        person.land.language,
        person.guest,
        person.external_id,
        person.country,
        person.registered_at,
        person.deleted_at or updated,
        person.deleted_at is not None,
        person.deleted_at,
        1,
        last_key,
        first_key,
        company_key,
        person.email.lower()[:255],
        person.search_text,
    )


def between(start: dt.datetime, end: dt.datetime, share: float) -> dt.datetime:
    """The moment at that share of the way from start to end, to the second."""
    return (start + (end - start) * share).replace(microsecond=0)

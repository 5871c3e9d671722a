"""The small tables of a generated shop: groups, tags, staff, what it sells and who carries it."""

from random import Random

from django.db.models import Model

from backoffice.access.roles import Role
from backoffice.records.seeding import put_in
from backoffice.staff.models import StaffMember
from backoffice.staff.roles import sync_roles
from carts.models import Carrier, Category, CategoryDiscount, Product
from customers.models import Tag, TagColour
from groups.models import Group

GROUPS = ("Wholesale", "Loyal customers", "Press", "Friends", "Schools")
TAGS = ("recurrent", "problem", "gift", "vip", "late payer", "fair", "catalogue", "telephone")
CATEGORIES = ("Books", "Games", "Garden", "Kitchen", "Music", "Paper", "Sport", "Tea", "Toys", "Wool")
THINGS = ("bowl", "box", "case", "cup", "guide", "kit", "lamp", "map", "set", "tin")
CARRIERS = (("My carrier", "8.37"), ("Post", "4.90"), ("Pick up in the shop", "0.00"))
PRODUCTS = 500
STAFF = ("Owner", "Support", "Sales North", "Sales South")
OWNER_EMAIL = "owner@example.com"


def fill_small_tables(random: Random) -> list[tuple[int, str, int]]:
    """Put them in; returns the products as (id, name, price in cents)."""
    sync_roles()
    for place, name in enumerate(STAFF):
        email = OWNER_EMAIL if not place else f"staff{place}@example.com"
        StaffMember.objects.create_user(email, name=name, role=Role.SUPPORT if place else Role.OWNER)
    put_in(Group, [Group(id=2 + n, name=name, discount=5 * n) for n, name in enumerate(GROUPS)])
    put_in(
        Tag,
        [
            Tag(id=1 + n, name=name, colour=colour)
            for n, (name, colour) in enumerate(zip(TAGS, TagColour, strict=True))
        ],
    )
    put_in(Category, [Category(id=1 + n, name=name) for n, name in enumerate(CATEGORIES)])
    put_in(CategoryDiscount, [CategoryDiscount(id=1, group_id=2, category_id=1, discount=10)])
    put_in(Carrier, [Carrier(id=1 + n, name=name, price=price) for n, (name, price) in enumerate(CARRIERS)])
    products = []
    for key in range(1, PRODUCTS + 1):
        category = key % len(CATEGORIES)
        name = f"{CATEGORIES[category]} {random.choice(THINGS)} {key}"
        products.append((key, category + 1, name, random.randrange(200, 30_000)))
    put_in(Product, [_product(*one, stock=random.randrange(-2, 300)) for one in products])
    return [(key, name, cents) for key, _category, name, cents in products]


def _product(key: int, category: int, name: str, cents: int, *, stock: int) -> Model:
    return Product(
        id=key,
        category_id=category,
        name=name,
        name_key=name.lower(),
        search_text=f" {name.lower()} p{key:04d}",
        reference=f"P{key:04d}",
        price=f"{cents // 100}.{cents % 100:02d}",
        stock=stock,
    )

"""What the demo shop sells; products 7 and 8 are those of the documents (S1.64, S1.102)."""

from dataclasses import dataclass
from decimal import Decimal

from backoffice.demo.shop import Shop

from ..models import Carrier, Category, CategoryDiscount, Product
from ..rules import money

# English, French, Polish, Romanian, place of the parent
_CATEGORIES = (
    ("Music players", "Baladeurs", "Odtwarzacze", "Playere", None),
    ("Accessories", "Accessoires", "Akcesoria", "Accesorii", None),
    ("Headphones", "Écouteurs", "Słuchawki", "Căști", 1),
    ("Computers", "Ordinateurs", "Komputery", "Calculatoare", None),
    ("Books", "Livres", "Książki", "Cărți", None),
    ("Home", "Maison", "Dom", "Casă", None),
)
FULL, PRESS, BOOKS = Decimal("20.00"), Decimal("19.60"), Decimal("5.50")
# English, French, Polish, Romanian, reference, category, cents with tax, tax, stock
_PRODUCTS = (
    ("iPod Nano", "", "", "", "NANO", 0, 17900, FULL, 120),
    ("iPod shuffle", "", "", "", "SHUFFLE", 0, 7900, FULL, 200),
    ("Radio player", "Radio portable", "Odtwarzacz z radiem", "Player cu radio", "RADIO", 0, 4990, FULL, 34),
    ("Leather case", "Étui en cuir", "Skórzane etui", "Husă din piele", "CASE-L", 1, 2990, FULL, 80),
    ("MacBook Air", "", "", "", "AIR", 3, 150400, FULL, 12),
    ("MacBook", "", "", "", "BOOK", 3, 112900, FULL, 0),
    ("iPod touch", "", "", "", "TOUCH", 0, 46900, PRESS, 70),
    (
        "Shure SE210 sound-isolating earphones",
        "Écouteurs à isolation sonore Shure SE210",
        "Słuchawki izolujące dźwięk Shure SE210",
        "Căști cu izolare fonică Shure SE210",
        "SE210",
        2,
        14900,
        PRESS,
        1,
    ),
    ("Over-ear headphones", "Casque", "Słuchawki nauszne", "Căști peste ureche", "OVER", 2, 8990, FULL, 45),
    ("Cable, 1 m", "Câble, 1 m", "Kabel, 1 m", "Cablu, 1 m", "CABLE-1", 1, 990, FULL, 500),
    ("Cable, 2 m", "Câble, 2 m", "Kabel, 2 m", "Cablu, 2 m", "CABLE-2", 1, 1490, FULL, 350),
    ("Charger", "Chargeur", "Ładowarka", "Încărcător", "CHARGE", 1, 2490, FULL, 160),
    ("Speaker", "Enceinte", "Głośnik", "Boxă", "SPEAK", 1, 12900, FULL, 25),
    ("Keyboard", "Clavier", "Klawiatura", "Tastatură", "KEYS", 3, 7990, FULL, 40),
    ("Mouse", "Souris", "Myszka", "Maus", "MOUSE", 3, 3990, FULL, 75),
    ("Monitor 24″", "Écran 24″", "Monitor 24″", "Monitor 24″", "MON-24", 3, 18900, FULL, 18),
    ("Laptop bag", "Sacoche", "Torba na laptopa", "Geantă de laptop", "BAG", 3, 4990, FULL, 33),
    ("The Little Shop", "La Petite Boutique", "Mały sklep", "Micul magazin", "B-SHOP", 4, 1890, BOOKS, 60),
    (
        "Cooking for One",
        "Cuisiner pour un",
        "Gotuję dla siebie",
        "Gătesc pentru mine",
        "B-COOK",
        4,
        2450,
        BOOKS,
        22,
    ),
    ("Atlas of Roads", "Atlas routier", "Atlas drogowy", "Atlas rutier", "B-ATLAS", 4, 3500, BOOKS, 15),
    ("Coffee cup", "Tasse à café", "Filiżanka do kawy", "Ceașcă de cafea", "CUP", 5, 1250, FULL, 240),
    ("Table lamp", "Lampe de table", "Lampa stołowa", "Lampă de masă", "LAMP", 5, 5900, FULL, 28),
    ("Wool blanket", "Plaid en laine", "Wełniany koc", "Pătură de lână", "WOOL", 5, 6990, FULL, 19),
    ("Wall clock", "Horloge murale", "Zegar ścienny", "Ceas de perete", "CLOCK", 5, 3450, FULL, 31),
    (
        "Trade pack, 10 cables",
        "Lot de 10 câbles",
        "Zestaw 10 kabli",
        "Set de 10 cabluri",
        "PACK-10",
        1,
        6900,
        FULL,
        40,
    ),
    (
        "Members' gift box",
        "Coffret fidélité",
        "Zestaw dla klubowiczów",
        "Cutie cadou",
        "GIFT",
        5,
        2990,
        FULL,
        100,
    ),
)
_FOR_WHOLESALE, _FOR_LOYALTY = 24, 25
_SHIRT = {"name": "Cotton shirt", "name_fr": "T-shirt en coton", "name_pl": "Koszulka z bawełny"}
_SHIRT |= {"name_ro": "Tricou din bumbac", "price": Decimal("19.90")}
# Size, colour, stock, how much more than the others
_SHIRTS = (
    ("S", "Blue", 12, 0),
    ("M", "Blue", 0, 0),
    ("L", "Blue", 7, 0),
    ("M", "Red", 25, 0),
    ("XXL", "Red", 3, 2),
)
_CARRIERS = (
    ("My carrier", 837),
    ("Colissimo", 690),
    ("InPost", 350),
    ("Fan Courier", 420),
    ("Store pick-up", 0),
)


@dataclass(frozen=True, slots=True)
class Ware:
    """A product as generated carts need it; the price is in cents, tax included, shop's currency."""

    id: int
    name: str
    reference: str
    price: int
    tax_rate: Decimal


def make_catalogue(shop: Shop) -> None:
    """Categories, products 1 to 26, a shirt in sizes and colours, and carriers.

    Leaves `wares` (for everybody), `product_ids` and `carriers`.
    """
    opened = shop.aware(shop.opened)
    categories: list[Category] = []
    for name, french, polish, romanian, parent in _CATEGORIES:
        categories.append(
            Category.objects.create(
                name=name,
                name_fr=french,
                name_pl=polish,
                name_ro=romanian,
                parent=None if parent is None else categories[parent],
            )
        )
    products = [
        Product(
            id=shop.take_id(Product),
            name=name,
            name_fr=french,
            name_pl=polish,
            name_ro=romanian,
            reference=reference,
            category=categories[category],
            price=money(cents),
            tax_rate=tax,
            stock=stock,
            active=stock > 0,
            created_at=opened,
        )
        for name, french, polish, romanian, reference, category, cents, tax, stock in _PRODUCTS
    ]
    Product.objects.bulk_create([*products, *_shirts(shop, categories[-1])])
    wares = [
        Ware(product.id, product.name, product.reference, int(product.price * 100), product.tax_rate)
        for product in products
    ]
    shop.facts["all wares"] = wares
    shop.facts["wares"] = wares[:_FOR_WHOLESALE]
    shop.facts["product_ids"] = [ware.id for ware in wares]
    shop.facts["carriers"] = [
        (Carrier.objects.create(name=name, price=money(cents)).pk, name, cents) for name, cents in _CARRIERS
    ]


def _shirts(shop: Shop, category: Category) -> list[Product]:
    """A shirt in sizes and colours, one of them out of stock, one dearer; generated carts hold none."""
    facts = {"category": category, "tax_rate": FULL, "created_at": shop.aware(shop.opened)}
    shirt = Product(id=shop.take_id(Product), reference="SHIRT", **_SHIRT, **facts)
    return [
        shirt,
        *(
            Product(
                id=shop.take_id(Product),
                parent=shirt,
                reference=f"SHIRT-{size}-{colour.upper()}",
                choices={"Size": size, "Colour": colour},
                stock=stock,
                **{**_SHIRT, "price": _SHIRT["price"] + dearer},
                **facts,
            )
            for size, colour, stock, dearer in _SHIRTS
        ),
    ]


def make_privileges(shop: Shop) -> None:
    """Products for some groups only, and discounts of groups on categories (S2.17, facts 7.4)."""
    groups, ids = shop.facts["groups"], shop.facts["product_ids"]
    Product.objects.get(pk=ids[_FOR_WHOLESALE]).exclusive_to.set(
        [groups["Wholesale"], groups["Resellers abroad"]]
    )
    Product.objects.get(pk=ids[_FOR_LOYALTY]).exclusive_to.set([groups["Loyalty programme"]])
    for group, category, percent in (
        ("Wholesale", "Accessories", "25.00"),
        ("Wholesale", "Books", "0.00"),
        ("Loyalty programme", "Home", "7.50"),
    ):
        CategoryDiscount.objects.create(
            group_id=groups[group], category=Category.objects.get(name=category), discount=Decimal(percent)
        )

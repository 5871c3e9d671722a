"""The groups of the demo shop beside Default (S0.36, S2.10, B15)."""

from decimal import Decimal

from backoffice.demo.shop import Shop

from .models import Group, PriceDisplay
from .seeding import DEFAULT_GROUP_ID

WHOLESALE, BUSINESS, LOYALTY, BELGIANS, EMPLOYEES, RESELLERS = range(2, 8)
# id, English, French, Polish, Romanian, discount, display, free shipping
_GROUPS = (
    (WHOLESALE, "Wholesale", "Grossistes", "Hurtownicy", "Angrosiști", "15.00", PriceDisplay.TAX_EXCLUDED, False),
    (BUSINESS, "Business", "Entreprises", "Firmy", "Companii", "5.00", PriceDisplay.TAX_EXCLUDED, False),
    (
        LOYALTY,
        "Loyalty programme",
        "Programme de fidélité",
        "Program lojalnościowy",
        "Program de fidelitate",
        "3.50",
        PriceDisplay.TAX_INCLUDED,
        True,
    ),
    (BELGIANS, "Belges cools", "", "", "", "2.00", PriceDisplay.TAX_INCLUDED, False),
    (EMPLOYEES, "Employees", "Employés", "Pracownicy", "Angajați", "20.00", PriceDisplay.TAX_INCLUDED, True),
    (
        RESELLERS,
        "Resellers abroad",
        "Revendeurs à l'étranger",
        "Sprzedawcy za granicą",
        "Revânzători externi",
        "12.00",
        PriceDisplay.TAX_EXCLUDED,
        False,
    ),
)


def make_groups(shop: Shop) -> None:
    """Six groups; the last one stays empty, as groups do that nobody looks after (S2.20)."""
    made = shop.now - shop.age
    for key, name, french, polish, romanian, discount, display, free in _GROUPS:
        Group.objects.create(
            id=shop.next_id(Group),
            name=name,
            name_fr=french,
            name_pl=polish,
            name_ro=romanian,
            discount=Decimal(discount),
            price_display=display,
            free_shipping=free,
            created_at=made,
        )

"""The groups of the demo shop beside Default (S0.36, S2.10, B15)."""

from decimal import Decimal

from backoffice.demo.shop import Shop

from .models import Group, PriceDisplay
from .rules.filling import Match, Rule, condition, stored
from .seeding import DEFAULT_GROUP_ID

INCLUDED, EXCLUDED = PriceDisplay.TAX_INCLUDED, PriceDisplay.TAX_EXCLUDED
# English, French, Polish, Romanian, discount, prices shown, free shipping
_GROUPS = (
    ("Wholesale", "Grossistes", "Hurtownicy", "Angrosiști", "15.00", EXCLUDED, False),
    ("Business", "Entreprises", "Firmy", "Companii", "5.00", EXCLUDED, False),
    (
        "Loyalty programme",
        "Programme de fidélité",
        "Program lojalnościowy",
        "Program de fidelitate",
        "3.50",
        INCLUDED,
        True,
    ),
    ("Belges cools", "", "", "", "2.00", INCLUDED, False),
    ("Employees", "Employés", "Pracownicy", "Angajați", "20.00", INCLUDED, True),
    (
        "Resellers abroad",
        "Revendeurs à l'étranger",
        "Sprzedawcy za granicą",
        "Revânzători externi",
        "12.00",
        EXCLUDED,
        False,
    ),
)

_RULES = {
    "Loyalty programme": Rule(match=Match.ALL, conditions=(condition("orders_count", "at_least", 4),)),
}


def make_groups(shop: Shop) -> None:
    """Six groups; one fills itself, and the last one stays empty, as groups do that nobody looks after (S2.20).

    Leaves `shop.facts["groups"]`: id by English name, "Default" among them; and `shop.facts["without tax"]`: those that
    see prices so.
    """
    made = [
        Group.objects.create(
            name=name,
            name_fr=french,
            name_pl=polish,
            name_ro=romanian,
            discount=Decimal(discount),
            price_display=display,
            free_shipping=free,
            rule=stored(_RULES[name]) if name in _RULES else None,
            created_at=shop.aware(shop.opened),
        )
        for name, french, polish, romanian, discount, display, free in _GROUPS
    ]
    shop.facts["without tax"] = {group.pk for group in made if group.price_display == EXCLUDED}
    shop.facts["groups"] = {"Default": DEFAULT_GROUP_ID} | {group.name: group.pk for group in made}

"""Two fields of the shop's own in the demo, as staff would declare them (S4.23, decision 52)."""

from backoffice.database.folding import plain
from backoffice.demo.loading import Table
from backoffice.demo.shop import Batch, Shop
from backoffice.records.actors import Actor

from ..models import CustomField, CustomKind, CustomValue
from ..services import save_custom_field

VALUES = Table(CustomValue, "customer_id field_id text number amount day flag key search_text")
_SHOE_SIZES = range(35, 48)


def make_custom_fields(shop: Shop) -> None:
    """A number and a text; leaves their ids as `shop.facts["custom_fields"]`."""
    size = {
        "name": "Shoe size",
        "name_fr": "Pointure",
        "name_pl": "Rozmiar buta",
        "name_ro": "Mărime la pantofi",
        "kind": CustomKind.NUMBER,
        "about": CustomField.About.BEHAVIOUR,
        "position": 10,
    }
    card = {
        "name": "Loyalty card",
        "name_fr": "Carte de fidélité",
        "name_pl": "Karta lojalnościowa",
        "name_ro": "Card de fidelitate",
        "kind": CustomKind.TEXT,
        "about": CustomField.About.IDENTITY,
        "in_search": True,
        "position": 20,
    }
    made = [save_custom_field(None, one, by=Actor.command()) for one in (size, card)]
    shop.facts["custom_fields"] = tuple(one.pk for one in made)


def put_custom_values(batch: Batch) -> None:
    """Six in ten have told their shoe size, and who is in the loyalty programme has a card."""
    size, card = batch.shop.facts["custom_fields"]
    loyal = batch.shop.facts["groups"]["Loyalty programme"]
    dice, rows = batch.chance("custom fields"), batch.rows[VALUES]
    for person in batch.people:
        if dice.random() < 0.6:
            number = dice.choice(_SHOE_SIZES)
            rows.append((person.id, size, "", number, None, None, None, "", f" {number}"))
        if loyal in person.groups:
            text = f"LC-{person.id:07d}-{dice.randrange(10**4):04d}"
            rows.append((person.id, card, text, None, None, None, None, plain(text), f" {plain(text)}"))

"""The tags of the demo shop (S3.23)."""

from backoffice.demo.shop import Shop

from ..models import Tag, TagColour

# Name, colour, how many in a hundred customers carry it.
_TAGS = (
    ("RECURRENT", TagColour.TEAL, 12.0),
    ("PROBLEM", TagColour.RED, 2.0),
    ("VIP", TagColour.PURPLE, 3.0),
    ("Fair 2025", TagColour.BLUE, 5.0),
    ("Friend of the house", TagColour.GREEN, 1.5),
    ("À rappeler", TagColour.ORANGE, 1.0),
    ("Zwroty", TagColour.PINK, 2.5),
    ("Fără factură", TagColour.GREY, 0.0),
)


def make_tags(shop: Shop) -> None:
    """Eight tags, the last one on nobody; leaves `shop.facts["tags"]`: (id, percent) pairs."""
    made = [
        (Tag.objects.create(name=name, colour=colour, created_at=shop.aware(shop.opened)), percent)
        for name, colour, percent in _TAGS
    ]
    shop.facts["tags"] = tuple((tag.pk, percent) for tag, percent in made if percent)

"""The filter that gives each record a colour of its own among a few (U37): static/css/base.css has them."""

from django import template

HUES = 6

register = template.Library()


@register.filter
def hue(key: int) -> str:
    """The class of the colour that goes with this number, always the same one."""
    return f"hue-{key % HUES}"

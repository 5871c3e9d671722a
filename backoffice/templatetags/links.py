"""Addresses that stay the same while a process runs, worked out once: a page asks for a dozen of them."""

from functools import lru_cache

from django import template
from django.templatetags.static import static

from ..screen.links import link

register = template.Library()
register.simple_tag(lru_cache(maxsize=100)(static), name="asset")
register.simple_tag(link, name="link")

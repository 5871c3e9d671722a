"""The colours of tags: a tag drawn in its colour, and the choice of one by swatches with names."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from backoffice.screen.markup import fill, fill_each

from ..models import Tag

_PAINTED = '<span class="badge tag tag-{}">{}</span>'


def painted(colour: str, words: Any) -> SafeString:
    """These words as a tag of that colour is drawn everywhere."""
    return fill(_PAINTED, colour, words)


def painted_tags(tags: Iterable[Tag]) -> SafeString:
    """These tags, one after the other."""
    return fill_each(f"{_PAINTED} ", ((tag.colour, tag.name) for tag in tags))


class Swatches(forms.RadioSelect):
    """Radio buttons, each with the name of its colour in that colour."""

    def create_option(self, name, value, label, *args, **kwargs):
        return super().create_option(name, value, painted(value, label), *args, **kwargs)


def colour_field(**facts: Any) -> forms.Field:
    """The choice of a colour."""
    return forms.ChoiceField(**facts, widget=Swatches)

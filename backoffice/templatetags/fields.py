"""What the drawing of a form field asks about it."""

from django import template
from django.forms import BoundField, Select

register = template.Library()


@register.filter
def needs_mark(field: BoundField) -> bool:
    """Whether the field bears the mark of required ones: not one that cannot be left empty anyhow (U31)."""
    widget = field.field.widget
    never_empty = isinstance(widget, Select) and not widget.use_required_attribute(None)
    return field.field.required and not never_empty

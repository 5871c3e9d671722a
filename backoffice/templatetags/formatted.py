"""Filters that write days and moments as the reader's language does (backoffice.screen.formats)."""

from django import template

from ..screen import formats

register = template.Library()
register.filter("day", formats.day)
register.filter("minute", formats.minute)

"""A text for people: ready, or still to be translated into the reader's language."""

from django.utils.functional import Promise

Text = str | Promise

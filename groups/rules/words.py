"""The stored rule of a group in words: told by the app that has what it asks about, `customers`."""

from collections.abc import Callable
from typing import Any

from django.db import models

tellers: list[Callable[[Any], str]] = []


class RuleField(models.JSONField):
    """A rule as `filling.stored` gives it; history tells it in words."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    @staticmethod
    def in_words(value: Any) -> str:
        """What the rule says."""
        return " ".join(tell(value) for tell in tellers)

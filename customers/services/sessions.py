"""What ends the sessions of a customer's account in the shop, whoever does it, to one or to thousands (G34)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F

# For statements over many rows; written with the flag or the mark that ends them.
SESSIONS_END = {"session_round": F("session_round") + 1}


def ends_sessions(values: Mapping[str, Any]) -> bool:
    """Whether writing these values signs a customer out: they are disabled, or their password is another one."""
    return "password" in values or values.get("active") is False

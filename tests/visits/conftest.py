"""Fixtures: who came to the shop and what they looked at."""

from tests.models.conftest import row, seeded
from tests.panels.conftest import visit

__all__ = ["row", "seeded", "visit"]

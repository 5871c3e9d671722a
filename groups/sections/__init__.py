"""The section of groups; importing this package registers it."""

from . import groups  # noqa: F401  registers itself

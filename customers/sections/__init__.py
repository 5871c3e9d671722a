"""The sections of the customers app; importing this package registers them, in the order of the menu."""

from . import custom_fields, customers, group_members, menu_pages, tags, tasks, titles  # noqa: F401

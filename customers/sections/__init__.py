"""The sections of the customers app; importing this package registers them, in the order of the menu."""

from . import customers, mails, menu_pages, messages, tags, titles  # noqa: F401

"""The sections of the customers app; importing this package registers them, in the order of the menu."""

from . import (  # noqa: F401
    custom_fields,
    customers,
    group_history,
    group_members,
    group_rule_panel,
    mails,
    maintenance,
    menu_pages,
    messages,
    tags,
    tasks,
    titles,
    visits,
)

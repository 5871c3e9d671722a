"""What can be done to customers; each verb is one function, used by page, import, API and command alike."""

from .deletion import (
    bring_back,
    bring_back_customers,
    hide_customer,
    hide_customers,
    remove_customer,
    remove_customers,
)
from .flags import set_flag
from .people import add_customer, edit_customer, save_customer, switch
from .segments import add_to_group, remove_from_group, tag, untag

__all__ = [
    "add_customer",
    "add_to_group",
    "bring_back",
    "bring_back_customers",
    "edit_customer",
    "hide_customer",
    "hide_customers",
    "remove_customer",
    "remove_customers",
    "remove_from_group",
    "save_customer",
    "set_flag",
    "switch",
    "tag",
    "untag",
]

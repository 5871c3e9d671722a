"""What can be done to customers; each verb is one function, used by page, import, API and command alike."""

from .changed_since import flag_changed_since, pair_changed_since
from .consents import state_ground
from .deletion import (
    bring_back,
    bring_back_customers,
    hide_customer,
    hide_customers,
    remove_customer,
    remove_customers,
)
from .flags import set_flag
from .options import choose_options
from .pairs import MEMBERSHIPS, TAGGINGS
from .people import add_customer, edit_customer, fingerprint, save_customer, switch, write_note
from .segments import (
    add_to_group,
    back_in_group,
    delete_tag,
    delete_title,
    remove_from_group,
    tag,
    untag,
    whose_default_it_is,
)
from .switches import SWITCHES, flagging

__all__ = [
    "MEMBERSHIPS",
    "SWITCHES",
    "TAGGINGS",
    "add_customer",
    "add_to_group",
    "back_in_group",
    "bring_back",
    "bring_back_customers",
    "choose_options",
    "delete_tag",
    "delete_title",
    "edit_customer",
    "fingerprint",
    "flag_changed_since",
    "flagging",
    "hide_customer",
    "hide_customers",
    "pair_changed_since",
    "remove_customer",
    "remove_customers",
    "remove_from_group",
    "save_customer",
    "set_flag",
    "state_ground",
    "switch",
    "tag",
    "untag",
    "whose_default_it_is",
    "write_note",
]

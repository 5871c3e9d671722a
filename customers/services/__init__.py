"""What can be done to customers; each verb is one function, used by page, import, API and command alike."""

from .changed_since import flag_changed_since, pair_changed_since
from .consents import state_ground
from .custom_fields import (
    delete_custom_field,
    refusal_to_delete_fields,
    refuse_field,
    save_custom_field,
    use_custom_field,
)
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
from .tasks import (
    assign,
    assign_back,
    assigned_since,
    delete_task,
    done_since,
    mark_done,
    reopen,
    save_task,
    switch_done,
)

__all__ = [
    "MEMBERSHIPS",
    "SWITCHES",
    "TAGGINGS",
    "add_customer",
    "add_to_group",
    "assign",
    "assign_back",
    "assigned_since",
    "back_in_group",
    "bring_back",
    "bring_back_customers",
    "choose_options",
    "delete_custom_field",
    "delete_tag",
    "delete_task",
    "delete_title",
    "done_since",
    "edit_customer",
    "fingerprint",
    "flag_changed_since",
    "flagging",
    "hide_customer",
    "hide_customers",
    "mark_done",
    "pair_changed_since",
    "refusal_to_delete_fields",
    "refuse_field",
    "remove_customer",
    "remove_customers",
    "remove_from_group",
    "reopen",
    "save_custom_field",
    "save_customer",
    "save_task",
    "set_flag",
    "state_ground",
    "switch",
    "switch_done",
    "tag",
    "untag",
    "use_custom_field",
    "whose_default_it_is",
    "write_note",
]

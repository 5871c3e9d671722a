"""What can be done to customers; each verb is one function, used by page, import, API and command alike."""

from .answers import GIVEN_UP, deliver, refuse_hidden, send_again
from .changed_since import pair_changed_since
from .choosing import NOBODY, Choosing
from .consents import IMPORTED, PUT_BACK, file_ground, state_ground, stored_ground
from .conversations import organise, receive_message, remark, reply, set_unread
from .custom_fields import (
    delete_custom_field,
    refusal_to_delete_fields,
    refuse_field,
    retire_custom_field,
    save_custom_field,
    use_custom_field,
    use_custom_field_again,
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
from .group_filling import BY_RULE, settle
from .group_rules import follow_rule, leave_to_rule, save_rule, undo_rule, what_a_rule_moves
from .guests import refusal_to_turn, turn_into_customer
from .inbox import ASSIGN_CONVERSATIONS, CONVERSATION_STATUS
from .links import customer_by, works_for
from .mails import log_mail, undeliverable
from .notes import add_note, delete_note, edit_note, may_write, pin_note, restore_note
from .options import choose_options
from .pairs import MEMBERSHIPS, TAGGINGS
from .passwords import (
    TooSoon,
    ask_for_link,
    choose_password,
    next_link_at,
    refusal_of_link,
    send_password_link,
)
from .people import add_customer, edit_customer, fingerprint, save_customer, switch, write_note
from .pinning import pin, release
from .rule_faults import broken_rules, idle_rules
from .segments import (
    add_to_group,
    back_in_group,
    delete_tag,
    delete_title,
    remove_from_group,
    tag,
    untag,
    whom_its_rule_put_in,
    whose_default_it_is,
)
from .shop_sessions import (
    NotThePassword,
    WrongPassword,
    change_own_password,
    has_signed_in_with,
    session_by,
    sign_in,
    sign_out,
)
from .switches import SWITCHES, flagging
from .tasks import ASSIGN_TASKS, delete_task, done_since, mark_done, reopen, save_task, switch_done
from .visits import Arrival, begin_visit, end_visit, link_visits, view_page

__all__ = [
    "ASSIGN_CONVERSATIONS",
    "ASSIGN_TASKS",
    "BY_RULE",
    "CONVERSATION_STATUS",
    "GIVEN_UP",
    "IMPORTED",
    "MEMBERSHIPS",
    "NOBODY",
    "PUT_BACK",
    "SWITCHES",
    "TAGGINGS",
    "Arrival",
    "Choosing",
    "NotThePassword",
    "TooSoon",
    "WrongPassword",
    "add_customer",
    "add_note",
    "add_to_group",
    "ask_for_link",
    "back_in_group",
    "begin_visit",
    "bring_back",
    "bring_back_customers",
    "broken_rules",
    "change_own_password",
    "choose_options",
    "choose_password",
    "customer_by",
    "delete_custom_field",
    "delete_note",
    "delete_tag",
    "delete_task",
    "delete_title",
    "deliver",
    "done_since",
    "edit_customer",
    "edit_note",
    "end_visit",
    "file_ground",
    "fingerprint",
    "flagging",
    "follow_rule",
    "has_signed_in_with",
    "hide_customer",
    "hide_customers",
    "idle_rules",
    "leave_to_rule",
    "link_visits",
    "log_mail",
    "mark_done",
    "may_write",
    "next_link_at",
    "organise",
    "pair_changed_since",
    "pin",
    "pin_note",
    "receive_message",
    "refusal_of_link",
    "refusal_to_delete_fields",
    "refusal_to_turn",
    "refuse_field",
    "refuse_hidden",
    "release",
    "remark",
    "remove_customer",
    "remove_customers",
    "remove_from_group",
    "reopen",
    "reply",
    "restore_note",
    "retire_custom_field",
    "save_custom_field",
    "save_customer",
    "save_rule",
    "save_task",
    "send_again",
    "send_password_link",
    "session_by",
    "set_flag",
    "set_unread",
    "settle",
    "sign_in",
    "sign_out",
    "state_ground",
    "stored_ground",
    "switch",
    "switch_done",
    "tag",
    "turn_into_customer",
    "undeliverable",
    "undo_rule",
    "untag",
    "use_custom_field",
    "use_custom_field_again",
    "view_page",
    "what_a_rule_moves",
    "whom_its_rule_put_in",
    "whose_default_it_is",
    "works_for",
    "write_note",
]

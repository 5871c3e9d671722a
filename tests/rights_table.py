"""Who may do what at which address, written by hand from decisions.md ("Rights"): the oracle of test_every_url.py.

Nothing here is worked out from the product. A line is a page, a switch or an action, then a mark for each role: ✓ who
is let in, – who is answered 403. The first mark is for nobody in particular (decision 31): – is led to sign in.

Read it beside decisions.md: the lines of a section stand in the order of its columns (view; add, change; notes;
delete; export; settings), with the actions that ask for that right under them. Every address of the product has its
line here and every line its address; test_every_url.py fails otherwise.

- `customers: see` is a right of a section; which pages ask for it stands in PAGES.
- `customers: action enable` is a bulk action, `customers: switch active` a switch: both are sent to an address that
  who may see the list may ask for, and who may not do it is refused when it is sent.
- `customers: see the hidden`: who may not is answered as if they were not there (decision 19).
- A single word is the name of an address.
"""

PAGES = {
    "list": "see",
    "view": "see",
    "history": "see",
    "live": "see",  # what changed on a page or in a list since it was shown
    "list_live": "see",
    "explained": "see",  # how a figure of the page comes about; each asks for the right to see its rows besides
    "columns": "see",  # how this person's own list is arranged
    "figures": "see",  # the same figures, worked out again
    "add": "add",
    "edit": "change",
    "put_back": "change",
    "delete": "delete",
    "export": "export",
    "required_fields": "settings",
}
"""What a page of a section asks for, by the end of its address's name: `customers_put_back`."""

TABLE = """
                                       nobody  owner  manager  support  marketing  viewer

# People: support adds and changes them; consents, groups and tags of a person are marketing's too.
customers: see                            –      ✓       ✓        ✓         ✓        ✓
customers: add                            –      ✓       ✓        ✓         –        –
customers: change                         –      ✓       ✓        ✓         –        –
customers: switch active                  –      ✓       ✓        ✓         –        –
customers: action enable                  –      ✓       ✓        ✓         –        –
customers: action disable                 –      ✓       ✓        ✓         –        –
customers_reset_password                  –      ✓       ✓        ✓         –        –
customers_turn_into_customer              –      ✓       ✓        ✓         –        –
customers: switch newsletter              –      ✓       ✓        ✓         ✓        –
customers: switch partner_offers          –      ✓       ✓        ✓         ✓        –
customers: action newsletter_on           –      ✓       ✓        ✓         ✓        –
customers: action newsletter_off          –      ✓       ✓        ✓         ✓        –
customers: action newsletter_on_back      –      ✓       ✓        ✓         ✓        –
customers: action newsletter_off_back     –      ✓       ✓        ✓         ✓        –
customers: action partner_offers_on       –      ✓       ✓        ✓         ✓        –
customers: action partner_offers_off      –      ✓       ✓        ✓         ✓        –
customers: action partner_offers_on_back  –      ✓       ✓        ✓         ✓        –
customers: action partner_offers_off_back –      ✓       ✓        ✓         ✓        –
customers_consent                         –      ✓       ✓        ✓         ✓        –
customers: action add_to_group            –      ✓       ✓        ✓         ✓        –
customers: action remove_from_group       –      ✓       ✓        ✓         ✓        –
customers: action back_in_group           –      ✓       ✓        ✓         ✓        –
customers: action tag                     –      ✓       ✓        ✓         ✓        –
customers: action untag                   –      ✓       ✓        ✓         ✓        –
customers_note                            –      ✓       ✓        ✓         ✓        –
# Notes: read by everybody, written by all but viewers; whose a note is, the service looks at.
customers_notes                           –      ✓       ✓        ✓         ✓        ✓
customers_note_add                        –      ✓       ✓        ✓         ✓        –
customers_note_edit                       –      ✓       ✓        ✓         ✓        –
customers_note_pin                        –      ✓       ✓        ✓         ✓        –
customers_note_delete                     –      ✓       ✓        ✓         ✓        –
customers_note_restore                    –      ✓       ✓        ✓         ✓        –
customers: delete                         –      ✓       ✓        –         –        –
customers: action delete                  –      ✓       ✓        –         –        –
customers: see the hidden                 –      ✓       ✓        –         –        –
customers: action bring_back              –      ✓       ✓        –         –        –
customers_bring_back                      –      ✓       ✓        –         –        –
customers: export                         –      ✓       ✓        –         ✓        –
customers: settings                       –      ✓       ✓        –         –        –
customers_options                         –      ✓       ✓        –         –        –

# Addresses: support's too; retired ones are found and brought back by who may delete.
addresses: see                            –      ✓       ✓        ✓         ✓        ✓
addresses_label                           –      ✓       ✓        ✓         ✓        ✓
addresses: add                            –      ✓       ✓        ✓         –        –
addresses: change                         –      ✓       ✓        ✓         –        –
addresses: action fill_in                 –      ✓       ✓        ✓         –        –
addresses: action take_back_filled        –      ✓       ✓        ✓         –        –
addresses: delete                         –      ✓       ✓        –         –        –
addresses: action delete                  –      ✓       ✓        –         –        –
addresses: see the hidden                 –      ✓       ✓        –         –        –
addresses: action bring_back              –      ✓       ✓        –         –        –
addresses_bring_back                      –      ✓       ✓        –         –        –
addresses: export                         –      ✓       ✓        –         ✓        –
addresses: settings                       –      ✓       ✓        –         –        –

# Groups and tags: marketing's.
groups: see                               –      ✓       ✓        ✓         ✓        ✓
groups_report                             –      ✓       ✓        ✓         ✓        ✓
groups: add                               –      ✓       ✓        –         ✓        –
groups: change                            –      ✓       ✓        –         ✓        –
groups_presets                            –      ✓       ✓        –         ✓        –
groups_rule                               –      ✓       ✓        –         ✓        –
groups_rule_apply                         –      ✓       ✓        –         ✓        –
groups_rule_remove                        –      ✓       ✓        –         ✓        –
groups_category_discounts                 –      ✓       ✓        –         ✓        –
customers: action follow_rule             –      ✓       ✓        –         ✓        –
customers: action undo_rule               –      ✓       ✓        –         ✓        –
# Members are put in and taken out by whoever may segment people: support too.
groups_moved                              –      ✓       ✓        ✓         ✓        ✓
groups_members                            –      ✓       ✓        ✓         ✓        –
customers_membership                      –      ✓       ✓        ✓         ✓        –
customers: action stay_in_group           –      ✓       ✓        ✓         ✓        –
groups: delete                            –      ✓       ✓        –         –        –
groups: action delete                     –      ✓       ✓        –         –        –
groups: action delete_unused              –      ✓       ✓        –         –        –
groups: action bring_back_deleted         –      ✓       ✓        –         –        –
groups: action pause_rules                –      ✓       ✓        –         ✓        –
groups: action resume_rules               –      ✓       ✓        –         ✓        –
groups: export                            –      ✓       ✓        –         ✓        –

# Carts: looked at by everybody, changed by shoppers alone.
carts: see                                –      ✓       ✓        ✓         ✓        ✓
carts_replay                              –      ✓       ✓        ✓         ✓        ✓
carts: delete                             –      ✓       ✓        –         –        –
carts: action delete                      –      ✓       ✓        –         –        –
carts: export                             –      ✓       ✓        –         ✓        –

tags: see                                 –      ✓       ✓        ✓         ✓        ✓
tags: add                                 –      ✓       ✓        –         ✓        –
tags: change                              –      ✓       ✓        –         ✓        –
tags: delete                              –      ✓       ✓        –         –        –
tags: action delete                       –      ✓       ✓        –         –        –
tags: export                              –      ✓       ✓        –         ✓        –

# Tasks: support's and marketing's too.
tasks: see                                –      ✓       ✓        ✓         ✓        ✓
tasks: add                                –      ✓       ✓        ✓         ✓        –
tasks: change                             –      ✓       ✓        ✓         ✓        –
tasks: switch done                        –      ✓       ✓        ✓         ✓        –
tasks: action done                        –      ✓       ✓        ✓         ✓        –
tasks: action reopen                      –      ✓       ✓        ✓         ✓        –
tasks: action assign                      –      ✓       ✓        ✓         ✓        –
tasks: action assign_back                 –      ✓       ✓        ✓         ✓        –
tasks_customers                           –      ✓       ✓        ✓         ✓        –
tasks: delete                             –      ✓       ✓        –         –        –
tasks: action delete                      –      ✓       ✓        –         –        –
tasks: export                             –      ✓       ✓        –         ✓        –
tasks_calendar                            –      ✓       ✓        ✓         ✓        ✓
# Each one's own link.
tasks_feed_link                           –      ✓       ✓        ✓         ✓        ✓

# Conversations are support's; everybody may read them, and what mails were sent.
messages: see                             –      ✓       ✓        ✓         ✓        ✓
messages_earlier                          –      ✓       ✓        ✓         ✓        ✓
messages_reply                            –      ✓       ✓        ✓         –        –
messages_remark                           –      ✓       ✓        ✓         –        –
messages_send                             –      ✓       ✓        ✓         –        –
messages_state                            –      ✓       ✓        ✓         –        –
messages: switch unread                   –      ✓       ✓        ✓         –        –
messages: action set_status               –      ✓       ✓        ✓         –        –
messages: action status_back              –      ✓       ✓        ✓         –        –
messages: action assign                   –      ✓       ✓        ✓         –        –
messages: action assign_back              –      ✓       ✓        ✓         –        –
messages: export                          –      ✓       ✓        –         ✓        –

mails: see                                –      ✓       ✓        ✓         ✓        ✓

# Orders: how far they are is said by those who run the shop; nobody adds or deletes one.
orders: see                               –      ✓       ✓        ✓         ✓        ✓
orders_status                             –      ✓       ✓        –         –        –
orders: action set_status                 –      ✓       ✓        –         –        –
orders: action status_back                –      ✓       ✓        –         –        –
orders: export                            –      ✓       ✓        –         ✓        –
# Connections are told by the shop's pages: to be read only.
visits: see                               –      ✓       ✓        ✓         ✓        ✓
visits: export                            –      ✓       ✓        –         ✓        –

products: see                             –      ✓       ✓        ✓         ✓        ✓
products: export                          –      ✓       ✓        –         ✓        –

# Vouchers: marketing's; deleted by those who run the shop.
vouchers: see                             –      ✓       ✓        ✓         ✓        ✓
vouchers: add                             –      ✓       ✓        –         ✓        –
vouchers: change                          –      ✓       ✓        –         ✓        –
vouchers: switch active                   –      ✓       ✓        –         ✓        –
vouchers: action enable                   –      ✓       ✓        –         ✓        –
vouchers: action disable                  –      ✓       ✓        –         ✓        –
vouchers: delete                          –      ✓       ✓        –         –        –
vouchers: action delete                   –      ✓       ✓        –         –        –
vouchers: export                          –      ✓       ✓        –         ✓        –

# Titles: of those who run the shop.
titles: see                               –      ✓       ✓        ✓         ✓        ✓
titles: add                               –      ✓       ✓        –         –        –
titles: change                            –      ✓       ✓        –         –        –
titles: delete                            –      ✓       ✓        –         –        –
titles: action delete                     –      ✓       ✓        –         –        –
titles: export                            –      ✓       ✓        –         ✓        –

# Countries: settings of those who run the shop.
countries: see                            –      ✓       ✓        ✓         ✓        ✓
countries: add                            –      ✓       ✓        –         –        –
countries: change                         –      ✓       ✓        –         –        –
countries: switch active                  –      ✓       ✓        –         –        –
countries: action enable                  –      ✓       ✓        –         –        –
countries: action disable                 –      ✓       ✓        –         –        –
countries: export                         –      ✓       ✓        –         ✓        –

# Custom fields: the settings of those who run the shop (decision 52).
fields: see                               –      ✓       ✓        ✓         ✓        ✓
fields: add                               –      ✓       ✓        –         –        –
fields: change                            –      ✓       ✓        –         –        –
fields: switch active                     –      ✓       ✓        –         –        –
fields_retire                             –      ✓       ✓        –         –        –
fields_use_again                          –      ✓       ✓        –         –        –
fields: delete                            –      ✓       ✓        –         –        –
fields: action delete                     –      ✓       ✓        –         –        –
fields: export                            –      ✓       ✓        –         ✓        –

# What those who run the shop look at: exports, imports, sign-ins, changes of roles (decision 28).
activity                                  –      ✓       ✓        –         –        –

# Imports: of those who run the shop; whose section a file is for, and who chose it, the page looks at.
imports                                   –      ✓       ✓        –         –        –
import                                    –      ✓       ✓        –         –        –
import_options                            –      ✓       ✓        –         –        –
import_start                              –      ✓       ✓        –         –        –
import_discard                            –      ✓       ✓        –         –        –
import_report                             –      ✓       ✓        –         –        –

# Staff, tokens.
staff_list                                –      ✓       –        –         –        –
staff_invite                              –      ✓       –        –         –        –
staff_edit                                –      ✓       –        –         –        –
staff_disable                             –      ✓       –        –         –        –
staff_enable                              –      ✓       –        –         –        –
staff_invite_again                        –      ✓       –        –         –        –
staff_reset_second_factor                 –      ✓       –        –         –        –
api_tokens                                –      ✓       –        –         –        –
api_tokens_add                            –      ✓       –        –         –        –
api_tokens_edit                           –      ✓       –        –         –        –
api_tokens_revoke                         –      ✓       –        –         –        –

# Everybody who is signed in.
home                                      –      ✓       ✓        ✓         ✓        ✓
home_live                                 –      ✓       ✓        ✓         ✓        ✓
search                                    –      ✓       ✓        ✓         ✓        ✓
help                                      –      ✓       ✓        ✓         ✓        ✓
maintenance                               –      ✓       ✓        ✓         ✓        ✓
# What mends a check asks for the right of what it does.
maintenance_fix                           –      ✓       ✓        ✓         ✓        ✓
undo                                      –      ✓       ✓        ✓         ✓        ✓
jobs                                      –      ✓       ✓        ✓         ✓        ✓
job_dismiss                               –      ✓       ✓        ✓         ✓        ✓
# A job of their own, or of whom; the action it carries out asks for its right (tests/customers/test_undo.py).
job                                       –      ✓       ✓        ✓         ✓        ✓
job_undo                                  –      ✓       ✓        ✓         ✓        ✓
job_cancel                                –      ✓       ✓        ✓         ✓        ✓
profile                                   –      ✓       ✓        ✓         ✓        ✓
set_language_of_staff                     –      ✓       ✓        ✓         ✓        ✓
set_theme                                 –      ✓       ✓        ✓         ✓        ✓
account_reauthenticate                    –      ✓       ✓        ✓         ✓        ✓
account_change_password                   –      ✓       ✓        ✓         ✓        ✓
account_set_password                      –      ✓       ✓        ✓         ✓        ✓
mfa_index                                 –      ✓       ✓        ✓         ✓        ✓
mfa_reauthenticate                        –      ✓       ✓        ✓         ✓        ✓
mfa_activate_totp                         –      ✓       ✓        ✓         ✓        ✓
mfa_deactivate_totp                       –      ✓       ✓        ✓         ✓        ✓
mfa_view_recovery_codes                   –      ✓       ✓        ✓         ✓        ✓
mfa_generate_recovery_codes               –      ✓       ✓        ✓         ✓        ✓
mfa_download_recovery_codes               –      ✓       ✓        ✓         ✓        ✓
mfa_list_webauthn                         –      ✓       ✓        ✓         ✓        ✓
mfa_add_webauthn                          –      ✓       ✓        ✓         ✓        ✓
mfa_reauthenticate_webauthn               –      ✓       ✓        ✓         ✓        ✓
mfa_remove_webauthn                       –      ✓       ✓        ✓         ✓        ✓
mfa_edit_webauthn                         –      ✓       ✓        ✓         ✓        ✓

# Nobody in particular too (decision 31); signing out also from the question for the second factor.
alive                                     ✓      ✓       ✓        ✓         ✓        ✓
health                                    ✓      ✓       ✓        ✓         ✓        ✓
customers_choose_password                 ✓      ✓       ✓        ✓         ✓        ✓
tasks_feed                                ✓      ✓       ✓        ✓         ✓        ✓
account_login                             ✓      ✓       ✓        ✓         ✓        ✓
account_logout                            ✓      ✓       ✓        ✓         ✓        ✓
account_signup                            ✓      ✓       ✓        ✓         ✓        ✓
account_inactive                          ✓      ✓       ✓        ✓         ✓        ✓
account_reset_password                    ✓      ✓       ✓        ✓         ✓        ✓
account_reset_password_done               ✓      ✓       ✓        ✓         ✓        ✓
account_reset_password_from_key           ✓      ✓       ✓        ✓         ✓        ✓
account_reset_password_from_key_done      ✓      ✓       ✓        ✓         ✓        ✓
mfa_authenticate                          ✓      ✓       ✓        ✓         ✓        ✓
mfa_login_webauthn                        ✓      ✓       ✓        ✓         ✓        ✓
"""

NOBODY = "nobody"


def _read(table: str) -> dict[str, frozenset[str]]:
    header, *lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    columns = header.split()
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        words = line.split()
        name, marks = " ".join(words[: -len(columns)]), words[-len(columns) :]
        if name in found or set(marks) - {"✓", "–"}:
            raise ValueError(f"This line stands twice or cannot be read: {line}")
        found[name] = frozenset(column for column, mark in zip(columns, marks, strict=True) if mark == "✓")
    return found


ADMITTED: dict[str, frozenset[str]] = _read(TABLE)
"""Who is let in by what: {"customers: action enable": {"owner", …}}."""


def line_of(name: str) -> str:
    """The line of an address: that of `groups_put_back` is "groups: change", that of `home` is its name."""
    section, _, page = name.partition("_")
    return f"{section}: {PAGES[page]}" if page in PAGES and name not in ADMITTED else name

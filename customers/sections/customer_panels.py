"""The blocks of a customer's page: identity, private note, groups, latest changes (S0.43–S0.47, S1.46–S1.55)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.access.verbs import right_of
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.sections import Field, section_named
from backoffice.sections.doors import facts_of
from backoffice.sections.explained import explained_at
from backoffice.sections.stored import stored
from backoffice.tables.switches import draw_switch
from backoffice.templatetags.icons import icon
from groups.models import Group

from ..models import Customer, Membership
from ..options import customer_options
from ..rights import SEGMENT
from ..services import fingerprint
from .membership_words import origin_in_words
from .note_panels import pinned_note


def identity_panel(customer: Customer, staff) -> dict:
    """Who this is: what their fields have to tell, and their switches."""
    section = section_named("customers")
    facts = facts_of(section, customer, section.page.facts, left_out="" if customer_options().b2b else "b2b")
    flags = [
        {"title": label, "html": _switch(customer, field, label, staff), **_state(customer, field)}
        for field in section.fields
        if field.switch
        for label in [stored(Customer, field).label]
    ]
    for fact in facts:
        fact["explain"] = explained_at("customers", fact["explained"], customer, staff)
    return {"facts": facts, "flags": flags}


def _switch(customer: Customer, field: Field, title: str, staff) -> str:
    may = staff.has_perm(right_of(field.switch.run)) and not customer.deleted
    url = reverse("customers_toggle", args=[customer.pk, field.name]) if may else ""
    return draw_switch(getattr(customer, field.name), label=f"{title}, {customer}", url=url)


def _state(customer: Customer, field: Field) -> dict:
    """What the customer is called by it now, and after a click (S3.30); nothing where the flag has no words."""
    states = field.switch.states
    if states is None:
        return {}
    is_on = getattr(customer, field.name)
    return {
        "title": states.title,
        "state": states.on if is_on else states.off,
        "states": {"on": states.on, "off": states.off},
        "is_on": is_on,
    }


def note_panel(customer: Customer, staff) -> dict:
    """The private note, with its form for who may write it (S1.52)."""
    may = staff.has_perm("customers.change_note") and not customer.deleted
    return {
        "note": customer.note,
        "note_url": reverse("customers_note", args=[customer.pk]) if may else "",
        "was": fingerprint(customer.note),
        "empty": "" if customer.note or may else _("No note."),
        **pinned_note(customer, staff),
    }


def groups_panel(customer: Customer, staff) -> dict:
    """The groups with their ids, the default one first (S1.55, facts 4.11); membership is edited by the pencil of the
    heading (S4.77), a group by that of its row."""
    memberships = sorted(
        customer.memberships.select_related("group", "added_by"),
        key=lambda one: (one.group_id != customer.default_group_id, one.group_id),
    )
    may = staff.has_perm("customers.change_customer") and not customer.deleted
    return {
        "count": len(memberships),
        "headers": [
            {"title": _("ID"), "css": "num"},
            {"title": _("Name")},
            {"title": _("Default group"), "css": "flag"},
            {"title": _("Why")},
            {"title": _("Actions"), "css": "c-actions"},
        ],
        "rows": [_row_of(one, customer, staff) for one in memberships],
        "edit_url": reverse("customers_edit", args=[customer.pk]) + "#id_groups" if may else "",
        "edit_title": _("Edit the groups"),
    }


def _row_of(membership: Membership, customer: Customer, staff) -> dict:
    group, is_default = membership.group, membership.group_id == customer.default_group_id
    why = origin_in_words(membership)
    if staff.has_perm(SEGMENT.name):
        why = fill('<a href="{}">{}</a>', link("customers_membership", customer.pk, group.pk), why)
    sees = staff.has_perm("groups.view_group")
    page = link("groups_view", group.pk)
    return {
        "cells": [
            {"text": group.pk, "css": "num"},
            {"text": fill('<a href="{}">{}</a>', page, group.local_name) if sees else group.local_name},
            {"text": draw_switch(True, label="", url="") if is_default else "", "css": "flag"},
            {"text": why, "css": "wraps"},
            {"text": _action_on(group, staff), "css": "c-actions"},
        ]
    }


def _action_on(group: Group, staff) -> str:
    """The pencil for who may change groups, the eye for who may see them."""
    for right, page, sign, title in (
        ("groups.change_group", "groups_edit", "pencil", _("Edit %(name)s")),
        ("groups.view_group", "groups_view", "eye", _("View %(name)s")),
    ):
        if staff.has_perm(right):
            said = title % {"name": group.local_name}
            return fill(
                '<a class="btn btn-quiet btn-icon btn-small" href="{}" title="{}">{}</a>',
                link(page, group.pk),
                said,
                icon(sign, said),
            )
    return ""

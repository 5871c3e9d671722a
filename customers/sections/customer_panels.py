"""The blocks of a customer's page: identity, private note, groups, latest changes (S0.43–S0.47, S1.44–S1.55)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.access.verbs import right_of
from backoffice.faults import doubt_about
from backoffice.records.default_panels import latest_changes
from backoffice.rules import reachable
from backoffice.screen import formats
from backoffice.sections import Field, section_named
from backoffice.sections.doors import facts_of
from backoffice.sections.stored import stored
from backoffice.tables.switches import draw_switch

from ..models import Customer
from ..options import customer_options
from ..services import fingerprint
from .note_panels import pinned_note


def heading(customer: Customer, staff) -> dict:
    """What stands under the name: number of at least six digits (S1.45), e-mail, and the state as badges.

    Who is deleted can be brought back, and till then not be edited (decision 19).
    """
    if customer.deleted:
        state = {"text": _("Deleted on %(day)s") % {"day": formats.day(customer.deleted_at)}, "tone": "bad"}
    elif customer.active:
        state = {"text": _("Enabled"), "tone": "good"}
    else:
        state = {"text": _("Inactive"), "tone": "bad"}
    told = {
        "record_id_text": formats.labelled(_("ID"), f"{customer.pk:06d}"),
        "email": customer.email,
        "badges": [state, {"text": _("Guest"), "tone": "warn"}] if customer.guest else [state],
    }
    if doubt := doubt_about(customer.email, reachable):
        told["badges"].append({"text": doubt, "tone": "warn"})
    if customer.deleted:
        told["edit_url"] = ""
        told["main_action"] = {
            "title": _("Bring back"),
            "url": reverse("customers_bring_back", args=[customer.pk]),
            "icon": "undo",
        }
    return told


def identity_panel(customer: Customer, staff) -> dict:
    """Who this is: what their fields have to tell, and their switches."""
    section = section_named("customers")
    facts = facts_of(section, customer, section.page.facts, left_out="" if customer_options().b2b else "b2b")
    flags = [
        {"title": label, "html": _switch(customer, field, label, staff)}
        for field in section.fields
        if field.switch
        for label in [stored(Customer, field).label]
    ]
    return {"facts": [{"title": title, "value": value} for title, value in facts], "flags": flags}


def _switch(customer: Customer, field: Field, title: str, staff) -> str:
    may = staff.has_perm(right_of(field.switch.run)) and not customer.deleted
    url = reverse("customers_toggle", args=[customer.pk, field.name]) if may else ""
    return draw_switch(getattr(customer, field.name), label=f"{title}, {customer}", url=url)


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
    """The groups with their ids, the default one first (S1.55, facts 4.11)."""
    groups = sorted(
        customer.groups.all(), key=lambda group: (group.pk != customer.default_group_id, group.pk)
    )
    may = staff.has_perm("customers.change_customer") and not customer.deleted
    return {
        "count": len(groups),
        "headers": [{"title": _("ID"), "css": "num"}, {"title": _("Name")}, {"title": ""}],
        "rows": [
            {
                "cells": [
                    {"text": group.pk, "css": "num"},
                    {"text": group.local_name},
                    {"text": _("Default group") if group.pk == customer.default_group_id else ""},
                ]
            }
            for group in groups
        ],
        "edit_url": reverse("customers_edit", args=[customer.pk]) + "#id_groups" if may else "",
        "edit_title": _("Edit the groups"),
    }


def history_panel(customer: Customer, staff) -> dict:
    """The latest changes, and the way to all of them."""
    return {
        "changes": latest_changes(section_named("customers"), customer),
        "url": reverse("customers_history", args=[customer.pk]),
    }

"""Who is in a group, on the group's page: their number, for how many it is the default one, the newest (U16)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.lists.figures import Figures
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.sections import Panel, add_panel, section_named
from groups.models import Group

from ..models import Membership
from ..rights import SEGMENT
from .membership_words import origin_in_words

FEW = 5


def members_panel(group: Group, staff) -> dict:
    """The members: their stored number leads to the list of them."""
    add = _adding(group, staff)
    if not group.members_count:
        return {"count": 0, "empty": _("Nobody is in this group."), **add}
    number = formats.number(group.members_count)
    url = f"{link('customers_list')}?group={group.pk}"
    figures = Figures(section_named("customers"), staff)
    return {
        "count": number,
        "figures": [
            {"title": _("Members"), "value": number, "url": url},
            figures.listed(_("As default group"), f"default_group={group.pk}"),
            *_by_rule(group, figures),
        ],
        "rows_title": _("The newest members"),
        "headers": [
            {"title": _("ID"), "css": "num"},
            {"title": _("Name")},
            {"title": _("Why")},
            {"title": _("Registration"), "css": "date"},
        ],
        "rows": [_row(one, staff) for one in _newest(group)],
        **add,
    }


def _adding(group: Group, staff) -> dict:
    """The way to add and remove members, for who may."""
    if not staff.has_perm(SEGMENT.name):
        return {}
    return {"add_url": link("groups_members", group.pk), "add_title": _("Add or remove members")}


def _by_rule(group: Group, figures: Figures) -> list[dict]:
    """How many the rule has put in, and how many it leaves out since staff took them out; nothing without a rule."""
    if group.rule is None:
        return []
    return [
        figures.listed(_("By its rule"), f"by_rule={group.pk}"),
        figures.listed(_("Kept out by hand"), f"kept_out={group.pk}"),
    ]


def _newest(group: Group) -> list[Membership]:
    """The customers of the highest numbers, read from the end of the group's index however large it is."""
    members = Membership.objects.filter(group=group.pk, customer__deleted=False)
    return list(members.select_related("customer", "added_by").order_by("-customer_id")[:FEW])


def _row(membership: Membership, staff) -> dict:
    customer, why = membership.customer, origin_in_words(membership)
    if staff.has_perm(SEGMENT.name):
        page = link("customers_membership", customer.pk, membership.group_id)
        why = fill('<a href="{}">{}</a>', page, why)
    url = link("customers_view", customer.pk)
    name = fill('<a href="{}">{}</a><br><span class="muted">{}</span>', url, customer, customer.email)
    return {
        "cells": [
            {"text": str(customer.pk), "css": "num"},
            {"text": name, "css": "wraps person"},
            {"text": why, "css": "wraps"},
            {"text": formats.day(customer.registered_at), "css": "date"},
        ]
    }


add_panel(
    "groups",
    Panel(
        name="members",
        title=gettext_lazy("Members"),
        template="backoffice/panels/rows.html",
        content=members_panel,
        icon="customers",
        side="left",
        right="customers.view_customer",
    ),
)

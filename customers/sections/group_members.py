"""Who is in a group, on the group's page: their number, for how many it is the default one, the newest (U16)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.lists.figures import Figures
from backoffice.screen import formats
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.sections import Panel, add_panel, section_named
from groups.models import Group

from ..models import Customer, Membership

FEW = 5


def members_panel(group: Group, staff) -> dict:
    """The members: their stored number leads to the list of them."""
    if not group.members_count:
        return {"count": 0, "empty": _("Nobody is in this group.")}
    number = formats.number(group.members_count)
    url = f"{link('customers_list')}?group={group.pk}"
    figures = Figures(section_named("customers"), staff)
    return {
        "count": number,
        "figures": [
            {"title": _("Members"), "value": number, "url": url},
            figures.listed(_("As default group"), f"default_group={group.pk}"),
        ],
        "rows_title": _("The newest members"),
        "headers": [
            {"title": _("ID"), "css": "num"},
            {"title": _("Name")},
            {"title": _("Registration"), "css": "date"},
        ],
        "rows": [_row(customer) for customer in _newest(group)],
    }


def _newest(group: Group) -> list[Customer]:
    """The customers of the highest numbers, read from the end of the group's index however large it is."""
    members = Membership.objects.filter(group=group.pk, customer__deleted=False)
    return [one.customer for one in members.select_related("customer").order_by("-customer_id")[:FEW]]


def _row(customer: Customer) -> dict:
    url = link("customers_view", customer.pk)
    name = fill('<a href="{}">{}</a><br><span class="muted">{}</span>', url, customer, customer.email)
    return {
        "cells": [
            {"text": customer.pk, "css": "num"},
            {"text": name, "css": "wraps"},
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

"""Deleting a group without leaving anybody groupless (facts 7.7, decision 8)."""

from django.utils.translation import gettext as _

from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from groups.models import Group

from ..models import Customer
from ..options import customer_options
from .pairs import MEMBERSHIPS, hidden_among, pair
from .segments import leave_group


def pointed_at() -> set[int]:
    """The groups an option points at: they cannot be deleted."""
    options = customer_options()
    return {options.new_accounts_group, options.guests_group, options.visitors_group}


def group_of_new_accounts() -> Group:
    """Where members go who would be left without a group (facts 7.7)."""
    return Group.objects.get(pk=customer_options().new_accounts_group)


def refusal_to_delete(ids: list[int]) -> str:
    """Why these groups cannot be deleted: an option points at one of them; "" where they can (decision 8)."""
    group = Group.objects.filter(pk__in=pointed_at() & set(ids)).first()
    if group is None:
        return ""
    return _(
        "“%(group)s” is the group of new accounts, guests or visitors: choose another one in the options first."
    ) % {"group": group}


@one_change()
def delete_group(group: Group, *, by: Actor) -> None:
    """Delete a group. Members with no other group move to the group of new accounts; whose default group it was
    gets the smallest of the groups left. NotAllowed while an option points at the group.
    """
    refusal = refusal_to_delete([group.pk])
    if refusal:
        raise NotAllowed(refusal)
    home = group_of_new_accounts()
    for batch in changes.lock_set(Customer.objects.filter(MEMBERSHIPS.holds(group.pk))):
        alone = [key for key, groups in MEMBERSHIPS.of(batch).items() if groups == {group.pk}]
        pair(MEMBERSHIPS, [(key, home.pk) for key in alone], by=by, hidden=hidden_among(alone))
        leave_group(batch, group, by=by)
    changes.delete(group, by=by)

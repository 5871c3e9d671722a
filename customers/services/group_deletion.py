"""Deleting a group without leaving anybody groupless (facts 7.7, decision 8)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.database.counting import one_change
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.screen import formats
from groups.models import Group
from groups.services import DeletionStep

from ..models import Customer
from ..options import customer_options
from .leaving import leave_group
from .pairs import MEMBERSHIPS, hidden_among, pair


def group_of_new_accounts() -> Group:
    """Where members go who would be left without a group (facts 7.7)."""
    return Group.objects.get(pk=customer_options().new_accounts_group)


def refusal_to_delete(ids: list[int]) -> str:
    """Why these groups cannot be deleted: an option points at one of them; "" where they can (decision 8)."""
    group = Group.objects.filter(pk__in=customer_options().groups & set(ids)).first()
    if group is None:
        return ""
    return _(
        "“%(group)s” is the group of new accounts, guests or visitors: choose another one in the options first."
    ) % {"group": group}


def foretell_leaving(ids: list[int]) -> list[str]:
    """What becomes of the members of these groups, in sentences with numbers."""
    members = sum(Group.objects.filter(pk__in=ids).values_list("members_count", flat=True))
    default = Customer.objects.here().filter(default_group__in=ids).count()
    leave = ngettext("%(n)s member leaves the group.", "%(n)s members leave the group.", members)
    move = ngettext(
        "%(n)s customer gets another default group.", "%(n)s customers get another default group.", default
    )
    said = [leave % {"n": formats.number(members)}] if members else []
    if default:
        which = _("It is the oldest of their other groups, else “%(home)s”.")
        said += [move % {"n": formats.number(default)}, which % {"home": group_of_new_accounts()}]
    if rules := Group.objects.filter(pk__in=ids).exclude(rule=None).count():
        words = ngettext("Its automatic rule goes with it.", "%(n)s automatic rules go with them.", rules)
        said.append(words % {"n": formats.number(rules)})
    return said or [_("No customer is concerned.")]


@one_change()
def empty_group(group: Group, *, by: Actor) -> None:
    """Take everybody out of a group that is about to be deleted. Members with no other group move to the group of new
    accounts; whose default group it was gets the smallest of the groups left.
    """
    home = customer_options().new_accounts_group
    for batch in changes.lock_set(Customer.objects.filter(MEMBERSHIPS.holds(group.pk))):
        alone = [key for key, groups in MEMBERSHIPS.of(batch).items() if groups == {group.pk}]
        pair(MEMBERSHIPS, [(key, home) for key in alone], by=by, hidden=hidden_among(alone))
        leave_group(batch, group, by=by)


DELETION = DeletionStep(refusal=refusal_to_delete, foretell=foretell_leaving, run=empty_group)

"""Deleting a group without leaving anybody groupless (facts 7.7, decision 8)."""

from django.db.models import Count, F, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.database.counting import move, one_change
from backoffice.models import Counter
from backoffice.records.actors import Actor
from backoffice.records.history import record_set
from backoffice.screen import formats
from groups.models import Group
from groups.services import DeletionStep

from ..models import Customer, Membership
from ..options import customer_options
from .locking import locked


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
    return said or [_("No customer is concerned.")]


@one_change()
def leave_group(group: Group, *, by: Actor) -> None:
    """Take everybody out of a group that is about to be deleted. Members with no other group move to the group of new
    accounts; whose default group it was gets the smallest of the groups left.
    """
    home = group_of_new_accounts()
    ids = list(Membership.objects.filter(group=group).values_list("customer_id", flat=True))
    for batch in locked(ids):
        _move(batch, group, home, by)
    if ids:
        Counter.move(Customer._meta.label_lower)


def _move(ids: list[int], group: Group, home: Group, by: Actor) -> None:
    alone = list(
        Customer.objects.filter(pk__in=ids)
        .annotate(n=Count("memberships"))
        .filter(n=1)
        .values_list("pk", flat=True)
    )
    Membership.objects.bulk_create([Membership(customer_id=key, group=home) for key in alone])
    record_set(Membership.objects.filter(customer_id__in=alone, group=home), by=by, kind="+")
    living = Customer.objects.here().filter(pk__in=alone).count()
    move(Group, home.pk, "members_count", living)
    left = Membership.objects.filter(customer_id__in=ids).exclude(group=group)
    smallest = dict(left.values_list("customer_id").annotate(least=Min("group_id")))
    by_group: dict[int, list[int]] = {}
    for key in Customer.objects.filter(pk__in=ids, default_group=group).values_list("pk", flat=True):
        by_group.setdefault(smallest[key], []).append(key)
    for target, people in by_group.items():
        moved = Customer.objects.filter(pk__in=people)
        moved.update(default_group_id=target, version=F("version") + 1, updated_at=timezone.now())
        record_set(moved, by=by)
    gone = Membership.objects.filter(customer_id__in=ids, group=group)
    record_set(gone, by=by, kind="-")
    gone._raw_delete(gone.db)


DELETION = DeletionStep(refusal=refusal_to_delete, foretell=foretell_leaving, run=leave_group)

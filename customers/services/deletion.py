"""The two ways of deleting customers (facts 2.7, S1.18), one or many, and bringing back."""

from collections.abc import Callable

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.access.verbs import verb
from backoffice.database.counting import move, one_change
from backoffice.models import Counter
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.records.history import record_set
from backoffice.screen import formats
from groups.models import Group

from ..models import Customer, Membership, Message, Note, Tag, Tagging, Task, Thread, Visit
from ..registries import deletion_steps
from .locking import locked

CAN_REGISTER_AGAIN = "again"
MAY_NOT_REGISTER = "never"


def foretell_removal(ids: list[int]) -> list[str]:
    """What deleting these customers for good will do, in sentences with numbers."""
    said = [
        ngettext("Removes %(n)s customer.", "Removes %(n)s customers.", len(ids))
        % {"n": formats.number(len(ids))}
    ]
    for step in deletion_steps:
        said += step.foretell(ids)
    return [*said, _("The e-mail address is free again. The history stays.")]


def foretell_hiding(ids: list[int]) -> list[str]:
    """What hiding these customers will do; nothing to who is hidden already."""
    number = Customer.objects.here().filter(pk__among=ids).count()
    if not number:
        return []
    return [
        ngettext(
            "Hides %(n)s customer and all that is theirs.",
            "Hides %(n)s customers and all that is theirs.",
            number,
        )
        % {"n": formats.number(number)},
        _("Nothing is lost; the e-mail address stays taken, and you can bring them back."),
    ]


def remove_customer(customer: Customer, *, by: Actor) -> None:
    """Delete for good: they can register again."""
    remove_customers(Customer.objects.filter(pk=customer.pk), by=by)


def hide_customer(customer: Customer, *, by: Actor) -> None:
    """Delete softly: the row stays hidden, and the address may not register again."""
    hide_customers(Customer.objects.filter(pk=customer.pk), by=by)


@one_change()
def remove_customers(rows: QuerySet, *, by: Actor) -> list[int]:
    """Delete all these for good; orders stay (facts 2.7). Returns who."""
    gone: list[int] = []
    for batch in locked(rows.values_list("pk", flat=True)):
        living = Customer.objects.filter(pk__among=batch, deleted=False)
        _uncount(living.values("pk"))
        here = living.count()
        for step in deletion_steps:
            step.run(batch)
        _uncount_belongings(batch)
        changes.delete_set(Customer.objects.filter(pk__among=batch), by=by)
        Counter.move(Customer._meta.label_lower, -here)
        gone += batch
    return gone


@one_change()
def hide_customers(rows: QuerySet, *, by: Actor) -> list[int]:
    """Delete all these softly. Returns who."""
    gone: list[int] = []
    for batch in locked(rows.values_list("pk", flat=True)):
        batch = list(Customer.objects.here().filter(pk__in=batch).values_list("pk", flat=True))
        _uncount(batch)
        hidden = Customer.objects.filter(pk__in=batch)
        now = timezone.now()
        hidden.update(deleted=True, deleted_at=now, updated_at=now, version=F("version") + 1)
        record_set(hidden, by=by, reason="deleted")
        Counter.move(Customer._meta.label_lower, -len(batch))
        gone += batch
    return gone


@verb("customers.delete_customer")
def bring_back(customer: Customer, *, by: Actor) -> None:
    """Undo a soft deletion (decision 19)."""
    bring_back_customers(Customer.objects.filter(pk=customer.pk), by=by)


@verb("customers.delete_customer")
@one_change()
def bring_back_customers(rows: QuerySet, *, by: Actor) -> list[int]:
    """Undo the soft deletion of all these (decision 19). Returns who was deleted."""
    back: list[int] = []
    for batch in locked(rows.values_list("pk", flat=True)):
        hidden = Customer.objects.filter(pk__in=batch, deleted=True)
        batch = list(hidden.values_list("pk", flat=True))
        hidden.update(deleted=False, deleted_at=None, updated_at=timezone.now(), version=F("version") + 1)
        record_set(Customer.objects.filter(pk__in=batch), by=by, reason="brought back")
        Counter.move(Customer._meta.label_lower, len(batch))
        _count(batch, 1)
        back += batch
    return back


def delete_each(delete: Callable[..., None]) -> Callable[..., list[int]]:
    """What deletes many records of a short list, one by one: `run(rows, *, way, by)` returns which."""

    def run(rows: QuerySet, *, way: str, by: Actor) -> list[int]:
        records = list(rows)
        gone = [record.pk for record in records]
        for record in records:
            delete(record, by=by)
        return gone

    return run


def _uncount_belongings(ids: list[int]) -> None:
    """Move the stored lengths of the lists of what goes with these customers."""
    for model, owner in (
        (Note, "customer"),
        (Task, "customer"),
        (Thread, "customer"),
        (Message, "thread__customer"),
        (Visit, "customer"),
    ):
        if gone := model.objects.filter(**{f"{owner}__in": ids}).count():
            Counter.move(model._meta.label_lower, -gone)


def _uncount(ids) -> None:
    _count(ids, -1)


def _count(ids, sign: int) -> None:
    """Move the members of groups and the customers of tags by what these customers are in."""
    for pairs, target, column, count in (
        (Membership, Group, "group_id", "members_count"),
        (Tagging, Tag, "tag_id", "customers_count"),
    ):
        numbers: dict[int, int] = {}
        for key in pairs.objects.filter(customer_id__in=ids).values_list(column, flat=True):
            numbers[key] = numbers.get(key, 0) + 1
        for key, number in numbers.items():
            move(target, key, count, sign * number)

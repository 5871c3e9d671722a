"""The two ways of deleting customers (facts 2.7, S1.18), one or many, and bringing back."""

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.models import Counter
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.screen import formats
from groups.rules.filling import Fact

from ..models import HERE, Consent, Customer, CustomValue, Mail, Message, Note, Task, Thread, Visit
from ..registries import deletion_steps
from .group_filling import settle
from .pairs import MEMBERSHIPS, TAGGINGS
from .sessions import SESSIONS_END

# What goes with a customer: whose it is, the words that foretell it, and whether its list has a stored length that
# counts what is of hidden customers too.
BELONGINGS = (
    (Note, "customer", ngettext_lazy("Removes %(n)s note.", "Removes %(n)s notes.", "count"), True),
    (Task, "customer", ngettext_lazy("Removes %(n)s task.", "Removes %(n)s tasks.", "count"), False),
    (
        Thread,
        "customer",
        ngettext_lazy("Removes %(n)s conversation.", "Removes %(n)s conversations.", "count"),
        True,
    ),
    (
        Message,
        "thread__customer",
        ngettext_lazy("Removes %(n)s message.", "Removes %(n)s messages.", "count"),
        True,
    ),
    (Visit, "customer", ngettext_lazy("Removes %(n)s visit.", "Removes %(n)s visits.", "count"), True),
    (
        Consent,
        "customer",
        ngettext_lazy(
            "Removes %(n)s line of the consent ledger.", "Removes %(n)s lines of the consent ledger.", "count"
        ),
        False,
    ),
    (
        CustomValue,
        "customer",
        ngettext_lazy(
            "Removes %(n)s value of a custom field.", "Removes %(n)s values of custom fields.", "count"
        ),
        False,
    ),
)


def foretell_removal(ids: list[int]) -> list[str]:
    """What deleting these customers for good will do, in sentences with numbers."""
    said = [
        ngettext("Removes %(n)s customer.", "Removes %(n)s customers.", len(ids))
        % {"n": formats.number(len(ids))}
    ]
    for step in deletion_steps:
        said += step.foretell(ids)
    for model, owner, words, _is_counted in BELONGINGS:
        if number := model.objects.filter(**{f"{owner}__among": ids}).count():
            said.append(words % {"count": number, "n": formats.number(number)})
    if mails := Mail.objects.filter(customer_id__among=ids).count():
        said.append(
            ngettext(
                "%(n)s e-mail in the log stays, with the address.",
                "%(n)s e-mails in the log stay, with the address.",
                mails,
            )
            % {"n": formats.number(mails)}
        )
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


@verb("customers.delete_customer")
@one_change()
def remove_customers(rows: QuerySet, *, by: Actor) -> list[int]:
    """Delete all these for good; orders stay (facts 2.7). Returns who."""
    gone: list[int] = []
    asked = list(rows.order_by().values_list("pk", flat=True))
    for step in deletion_steps:
        step.hold(asked)
    for batch in changes.lock_set(Customer.objects.filter(pk__among=asked)):
        people = Customer.objects.filter(pk__among=batch)
        _count(list(people.here().values_list("pk", flat=True)), -1)
        for step in deletion_steps:
            step.run(batch)
        _uncount_belongings(batch)
        changes.delete_set(people, by=by)
        gone += batch
    return gone


@verb("customers.delete_customer")
@one_change()
def hide_customers(rows: QuerySet, *, by: Actor) -> list[int]:
    """Delete all these softly. Returns who."""
    values = {"deleted": True, "deleted_at": timezone.now(), **SESSIONS_END}
    hidden = changes.change_set(rows, values, where=HERE, by=by, reason="deleted")
    _count(hidden, -1)
    return hidden


@verb("customers.delete_customer")
def bring_back(customer: Customer, *, by: Actor) -> bool:
    """Undo a soft deletion (decision 19). Returns whether this did it, and nobody before."""
    return bool(bring_back_customers(Customer.objects.filter(pk=customer.pk), by=by))


@verb("customers.delete_customer")
@one_change()
def bring_back_customers(rows: QuerySet, *, by: Actor) -> list[int]:
    """Undo the soft deletion of all these (decision 19). Returns who was deleted."""
    values = {"deleted": False, "deleted_at": None}
    back = changes.change_set(rows, values, where=~HERE, by=by, reason="brought back")
    _count(back, 1)
    settle(back, set(Fact), by=by)
    return back


def _uncount_belongings(ids: list[int]) -> None:
    """Move the stored lengths of the lists of what goes with these customers."""
    for model, owner, _words, is_counted in BELONGINGS:
        if is_counted and (gone := model.objects.filter(**{f"{owner}__among": ids}).count()):
            Counter.move(model._meta.label_lower, -gone)


def _count(ids: list[int], sign: int) -> None:
    """Count these customers in (1) or out (-1): in the list, what is theirs, as members of groups, at their tags."""
    if not ids:
        return
    Counter.move(Customer._meta.label_lower, sign * len(ids))
    for step in deletion_steps:
        step.count(ids, sign)
    if tasks := Task.objects.filter(customer_id__among=ids).count():
        Counter.move(Task._meta.label_lower, sign * tasks)
    for pairs in (MEMBERSHIPS, TAGGINGS):
        theirs = pairs.model.objects.filter(customer_id__among=ids)
        pairs.count(dict(theirs.order_by().values_list(pairs.column).annotate(number=Count("pk"))), sign)

"""Deleting addresses: for good, but those that orders use, which are kept out of sight (facts 6.6); bringing back."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.models import Counter
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.screen import formats

from ..models import Address
from ..models.address import HERE
from ..registries import release, used_among
from .customers import follow, hold_owners

_DELETE = "addresses.delete_address"


@verb(_DELETE)
@one_change()
def delete_addresses(rows: QuerySet, *, by: Actor) -> list[int]:
    """Take these out of carts without an order; retire those that orders use, erase the others. Returns which."""
    owners = list(hold_owners(rows))
    deleted: list[int] = []
    for batch in changes.lock_set(rows.filter(customer__among=owners)):
        release(batch)
        used = used_among(batch)
        retired = _retire(sorted(used), by=by)
        erased = [key for key in batch if key not in used]
        going = Address.objects.filter(pk__among=erased)
        Counter.move(Address._meta.label_lower, -going.here().count())
        changes.delete_set(going, by=by)
        deleted += sorted([*retired, *erased])
    follow(owners, by=by)
    return deleted


def _retire(keys: list[int], *, by: Actor) -> list[int]:
    values = {
        "deleted": True,
        "deleted_at": timezone.now(),
        "default_billing": False,
        "default_shipping": False,
    }
    rows = Address.objects.filter(pk__among=keys)
    retired = changes.change_set(rows, values, where=HERE, by=by, reason="retired")
    Counter.move(Address._meta.label_lower, -len(retired))
    return retired


@verb(_DELETE)
@one_change()
def bring_back(rows: QuerySet, *, by: Actor) -> list[int]:
    """Bring retired addresses back into lists and choices. Returns which were retired."""
    owners = list(hold_owners(rows))
    values = {"deleted": False, "deleted_at": None}
    here_again = changes.change_set(
        rows.filter(customer__among=owners), values, where=Q(deleted=True), by=by, reason="brought back"
    )
    Counter.move(Address._meta.label_lower, len(here_again))
    follow(owners, by=by)
    return here_again


def foretell(ids: list[int]) -> list[str]:
    """What deleting these addresses will do, in sentences with numbers."""
    here = set(Address.objects.here().filter(pk__among=ids).values_list("pk", flat=True))
    used = used_among(ids)
    erased, retired = len(set(ids) - used), len(used & here)
    said = []
    if erased:
        said.append(
            ngettext("Erases %(n)s address for good.", "Erases %(n)s addresses for good.", erased)
            % {"n": formats.number(erased)}
        )
    if retired:
        said.append(
            ngettext(
                "Retires %(n)s address that orders use: it leaves lists and forms, and can be brought back.",
                "Retires %(n)s addresses that orders use: they leave lists and forms, and can be brought back.",
                retired,
            )
            % {"n": formats.number(retired)}
        )
    return said


def refusal_to_delete(ids: list[int]) -> str:
    """Why deleting these would change nothing, "" where it would: orders use them, and they are retired already."""
    used = used_among(ids)
    if set(ids) - used or Address.objects.here().filter(pk__among=ids).exists():
        return ""
    return _("Orders use it, and it is retired already: there is nothing left to delete.")


@verb(_DELETE)
@one_change()
def bring_back_one(address: Address, *, by: Actor) -> bool:
    """Bring a retired address back; whether it was retired."""
    return bool(bring_back(Address.objects.filter(pk=address.pk), by=by))


def what_became(ids: list[int]) -> list[str]:
    """Which of the two happened to deleted addresses, with both numbers (facts 6.6)."""
    retired = Address.objects.filter(pk__among=ids).count()
    erased = len(ids) - retired
    said = []
    if erased:
        said.append(
            ngettext("%(n)s erased for good.", "%(n)s erased for good.", erased)
            % {"n": formats.number(erased)}
        )
    if retired:
        said.append(
            ngettext(
                "%(n)s retired because orders use it; the filter “Retired only” finds it.",
                "%(n)s retired because orders use them; the filter “Retired only” finds them.",
                retired,
            )
            % {"n": formats.number(retired)}
        )
    return said

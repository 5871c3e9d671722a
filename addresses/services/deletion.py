"""Deleting addresses: for good, but those that orders use, which are kept out of sight (facts 6.6); bringing back."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.models import Counter
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.screen import formats

from ..models import Address
from ..models.address import HERE
from ..registries import hold, release, used_among
from .customers import follow, hold_owners

_DELETE = "addresses.delete_address"
DEFAULTS = ("default_billing", "default_shipping")
_NOT_AGAIN = {
    ("default_billing",): gettext_lazy(
        "%(name)s is back. It is no longer the default billing address: the customer has another one."
    ),
    ("default_shipping",): gettext_lazy(
        "%(name)s is back. It is no longer the default shipping address: the customer has another one."
    ),
    DEFAULTS: gettext_lazy(
        "%(name)s is back. It is no longer the default for billing and shipping: the customer has other ones."
    ),
}
_NO_MORE = {
    ("default_billing",): ngettext_lazy(
        "No longer the default billing address, as the customer has another one: %(names)s.",
        "No longer default billing addresses, as the customers have other ones: %(names)s.",
        "count",
    ),
    ("default_shipping",): ngettext_lazy(
        "No longer the default shipping address, as the customer has another one: %(names)s.",
        "No longer default shipping addresses, as the customers have other ones: %(names)s.",
        "count",
    ),
    DEFAULTS: ngettext_lazy(
        "No longer the default for billing and shipping, as the customer has other ones: %(names)s.",
        "No longer the defaults for billing and shipping, as the customers have other ones: %(names)s.",
        "count",
    ),
}
_BROUGHT_BACK = "brought back"
_NAMED = 10


@verb(_DELETE)
@one_change()
def delete_addresses(rows: QuerySet, *, by: Actor) -> list[int]:
    """Take these out of carts without an order; retire those that orders use, erase the others. Returns which."""
    hold(list(rows.order_by().values_list("pk", flat=True)))
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
    """Bring retired addresses back into lists and choices, as the defaults they were where there is no other by now.

    Returns which were retired.
    """
    owners = list(hold_owners(rows))
    retired = rows.filter(customer__among=owners, deleted=True)
    here_again: list[int] = []
    for flags, keys in _free_defaults(retired).items():
        values = {"deleted": False, "deleted_at": None, **dict.fromkeys(flags, True)}
        those = Address.objects.filter(pk__among=keys)
        here_again += changes.change_set(those, values, where=Q(deleted=True), by=by, reason=_BROUGHT_BACK)
    Counter.move(Address._meta.label_lower, len(here_again))
    follow(owners, by=by)
    return sorted(here_again)


def _free_defaults(retired: QuerySet) -> dict[tuple[str, ...], list[int]]:
    """These retired addresses, by the defaults that they were and can be again: the last one retired comes first."""
    latest_first = list(retired.order_by("-deleted_at", "-pk").values_list("pk", "customer"))
    were, by_flags = were_defaults([key for key, _owner in latest_first]), {}
    taken = {
        (owner, name)
        for name in DEFAULTS
        for owner in Address.objects.here()
        .filter(customer__among=[owner for _key, owner in latest_first], **{name: True})
        .values_list("customer", flat=True)
    }
    for key, owner in latest_first:
        flags = tuple(name for name in were.get(key, ()) if (owner, name) not in taken)
        taken.update((owner, name) for name in flags)
        by_flags.setdefault(flags, []).append(key)
    return by_flags


def were_defaults(keys: list[int]) -> dict[int, tuple[str, ...]]:
    """Which defaults each of these retired addresses was: history knows, in the row before the one that retired it."""
    rows = Address.history.filter(id__among=keys).order_by("id", "-history_date", "-history_id")
    seen: dict[int, list[tuple[str, ...]]] = {}
    for key, *flags in rows.values_list("id", *DEFAULTS):
        seen.setdefault(key, []).append(
            tuple(name for name, is_one in zip(DEFAULTS, flags, strict=True) if is_one)
        )
    return {key: found[1] for key, found in seen.items() if len(found) > 1}


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
def bring_back_one(address: Address, *, by: Actor) -> bool | str:
    """Bring a retired address back; whether it was retired, and a sentence where it is not the default that it was."""
    were = were_defaults([address.pk]).get(address.pk, ())
    if not bring_back(Address.objects.filter(pk=address.pk), by=by):
        return False
    address.refresh_from_db()
    lost = tuple(name for name in were if not getattr(address, name))
    return str(_NOT_AGAIN[lost]) % {"name": address} if lost else True


def defaults_no_more(ids: list[int]) -> list[str]:
    """Which of these addresses are not the defaults that they were before they were retired, since they were brought
    back: the first by name, and how many more. History knows."""
    rows = Address.history.filter(id__among=ids).order_by("id", "-history_date", "-history_id")
    seen: dict[int, list[tuple[str | None, list[bool]]]] = {}
    for key, reason, *flags in rows.values_list("id", "history_change_reason", *DEFAULTS):
        seen.setdefault(key, []).append((reason, flags))
    lost: dict[tuple[str, ...], list[int]] = {}
    for key, found in seen.items():
        back = next((place for place, (reason, _flags) in enumerate(found) if reason == _BROUGHT_BACK), None)
        if back is None or len(found) < back + 3:
            continue
        is_now, was = found[back][1], found[back + 2][1]
        names = tuple(name for name, had, has in zip(DEFAULTS, was, is_now, strict=True) if had and not has)
        if names:
            lost.setdefault(names, []).append(key)
    return [_no_more(names, keys) for names, keys in lost.items()]


def _no_more(names: tuple[str, ...], keys: list[int]) -> str:
    some = [formats.quoted(str(one)) for one in Address.objects.filter(pk__in=keys[:_NAMED]).order_by("pk")]
    if (more := len(keys) - _NAMED) > 0:
        some.append(ngettext("and %(n)s more", "and %(n)s more", more) % {"n": formats.number(more)})
    return str(_NO_MORE[names] % {"count": len(keys), "names": ", ".join(some)})


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

"""What a file does beyond new and changed rows: consents switched on and off, groups left, tags taken away (I6).

It is counted by texts, so that it can be stored between two blocks: "newsletter on", "group Wholesale".
"""

from collections import Counter
from collections.abc import Mapping

from backoffice.said import gettext as _
from backoffice.said import number
from backoffice.screen import formats

from ..models import Consent, ConsentKind
from .plan import Plan

_MOST = 10


def note(plan: Plan, counted: Counter[str], *, groups: Mapping[int, str], tags: Mapping[int, str]) -> None:
    """A row goes in; groups and tags by their names."""
    for kind in ConsentKind.values:
        if kind in plan.values and (plan.customer is not None or plan.values[kind]):
            counted[f"{kind} {'on' if plan.values[kind] else 'off'}"] += 1
    counted.update(f"group {groups.get(key, key)}" for key in plan.leaves)
    counted.update(f"tag {tags.get(key, key)}" for key in plan.loses)


def sentences(counted: Counter[str], *, dry_run: bool) -> list[str]:
    """What was counted, of a dry run what would be."""
    said = []
    for kind in ConsentKind:
        on, off = counted[f"{kind.value} on"], counted[f"{kind.value} off"]
        if on or off:
            text = (
                _("%(consent)s: would be switched on for %(on)s, off for %(off)s.")
                if dry_run
                else _("%(consent)s: switched on for %(on)s, off for %(off)s.")
            )
            facts = {"on": number(on), "off": number(off)}
            said.append(text % {"consent": kind.label, **facts})
    if groups := _named(counted, "group "):
        text = _("Groups that would be left: %(names)s.") if dry_run else _("Groups left: %(names)s.")
        said.append(text % {"names": groups})
    if tags := _named(counted, "tag "):
        text = _("Tags that would be taken away: %(names)s.") if dry_run else _("Tags taken away: %(names)s.")
        said.append(text % {"names": tags})
    return said


def _named(counted: Counter[str], kind: str) -> str:
    of_kind = Counter(
        {key.removeprefix(kind): number for key, number in counted.items() if key.startswith(kind)}
    )
    most = [
        f"{formats.quoted(name)} ({formats.number(number)})" for name, number in of_kind.most_common(_MOST)
    ]
    return ", ".join(most) + (", …" if len(of_kind) > _MOST else "")


def came_back(plans: list[Plan]) -> list[tuple[Plan, str]]:
    """Which plans switch a consent on again for somebody who had switched it off, with its kind (S4.14)."""
    on = {
        (plan.customer.pk, kind): plan
        for plan in plans
        if plan.customer is not None
        for kind in ConsentKind.values
        if plan.values.get(kind)
    }
    if not on:
        return []
    left = (
        Consent.objects.filter(customer_id__among={key for key, _kind in on}, given=False)
        .order_by()
        .values_list("customer_id", "kind")
        .distinct()
    )
    return [(on[one], one[1]) for one in left if one in on]

"""What a file does beyond new and changed rows: consents switched on and off, groups left, tags taken away (I6)."""

from collections import Counter

from django.utils.translation import gettext as _

from backoffice.screen import formats

from ..models import Consent, ConsentKind
from .plan import Plan

_MOST = 10


class Tally:
    """Counted while a file is taken in, and told in the end."""

    def __init__(self) -> None:
        self.switched: Counter[tuple[str, bool]] = Counter()
        self.groups: Counter[int] = Counter()
        self.tags: Counter[int] = Counter()

    def note(self, plan: Plan) -> None:
        """A row goes in."""
        for kind in ConsentKind.values:
            if kind in plan.values and (plan.customer is not None or plan.values[kind]):
                self.switched[kind, plan.values[kind]] += 1
        self.groups.update(plan.leaves)
        self.tags.update(plan.loses)

    def sentences(self, *, groups: dict[int, str], tags: dict[int, str], dry_run: bool) -> list[str]:
        """What was counted, of a dry run what would be; groups and tags by their names."""
        said = []
        for kind in ConsentKind:
            on, off = self.switched[kind, True], self.switched[kind, False]
            if on or off:
                text = (
                    _("%(consent)s: would be switched on for %(on)s, off for %(off)s.")
                    if dry_run
                    else _("%(consent)s: switched on for %(on)s, off for %(off)s.")
                )
                facts = {"on": formats.number(on), "off": formats.number(off)}
                said.append(text % {"consent": kind.label, **facts})
        if self.groups:
            text = _("Groups that would be left: %(names)s.") if dry_run else _("Groups left: %(names)s.")
            said.append(text % {"names": _named(self.groups, groups)})
        if self.tags:
            text = (
                _("Tags that would be taken away: %(names)s.")
                if dry_run
                else _("Tags taken away: %(names)s.")
            )
            said.append(text % {"names": _named(self.tags, tags)})
        return said


def _named(counted: Counter[int], names: dict[int, str]) -> str:
    most = [
        f"{formats.quoted(names.get(key, str(key)))} ({formats.number(number)})"
        for key, number in counted.most_common(_MOST)
    ]
    return ", ".join(most) + (", …" if len(counted) > _MOST else "")


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

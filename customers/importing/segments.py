"""Groups and tags as files name them; what is named and not there yet is made, and told (decision 21)."""

from decimal import Decimal

from backoffice import changes
from backoffice.actors import Actor
from groups.models import Group, PriceDisplay

from ..models import Tag


class Groups:
    """The groups of this shop by their names in four languages."""

    def __init__(self):
        self.ids: set[int] = set()
        self._by_name: dict[str, int] = {}
        self.created: list[str] = []
        for group in Group.objects.order_by("-id"):
            self.ids.add(group.pk)
            for name in (group.name_ro, group.name_pl, group.name_fr, group.name):
                if name:
                    self._by_name[_plain(name)] = group.pk

    def named(self, name: str) -> int | None:
        """The id of the group of that name."""
        return self._by_name.get(_plain(name))

    def made(self, name: str, *, by: Actor) -> int:
        """The id of the group of that name; a new one has no discount and shows prices with tax."""
        known = self.named(name)
        if known is None:
            group = Group()
            values = {"name": name, "discount": Decimal("0.00"), "price_display": PriceDisplay.TAX_INCLUDED}
            changes.save(group, values, by=by)
            known = self._by_name[_plain(name)] = group.pk
            self.ids.add(known)
            self.created.append(name)
        return known


class Tags:
    """The tags of this shop by name."""

    def __init__(self):
        self._by_name = {
            _plain(name): key for key, name in Tag.objects.order_by("-id").values_list("id", "name")
        }
        self.created: list[str] = []

    def named(self, name: str) -> int | None:
        """The id of the tag of that name."""
        return self._by_name.get(_plain(name))

    def made(self, name: str, *, by: Actor) -> int:
        """The id of the tag of that name, made if it is not there."""
        known = self.named(name)
        if known is None:
            tag = Tag()
            changes.save(tag, {"name": name}, by=by)
            known = self._by_name[_plain(name)] = tag.pk
            self.created.append(name)
        return known


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()

"""Groups and tags as files name them; what is named and not there yet is made, and told (decision 21)."""

from typing import Any

from django.db.models import Model

from backoffice.database.folding import fold
from backoffice.records import changes
from backoffice.records.actors import Actor

_NAMES = ("name_ro", "name_pl", "name_fr", "name")


class Named:
    """The groups, or the tags, of this shop by all the names they have.

    A new group has the model's defaults: no discount, prices with tax.
    """

    def __init__(self, model: type[Model]):
        self.model = model
        self._created: list[str] = []
        self._by_name: dict[str, int] = {}
        self.ids: set[int] = set()
        fields = [name for name in _NAMES if hasattr(model, name)]
        for key, *names in model.objects.order_by("-id").values_list("id", *fields):
            self.ids.add(key)
            self._by_name.update((fold(name), key) for name in names if name)

    def named(self, name: str) -> int | None:
        """The id of the one of that name."""
        return self._by_name.get(fold(name))

    def made(self, one: int | str, *, by: Actor) -> int:
        """The id of the one of that name, made if it is not there; an id stays itself."""
        if isinstance(one, int):
            return one
        known = self.named(one)
        if known is None:
            values: dict[str, Any] = {"name": one}
            new = self.model()
            changes.save(new, values, by=by)
            known = self._by_name[fold(one)] = new.pk
            self.ids.add(known)
            self._created.append(one)
        return known

    def take_created(self) -> list[str]:
        """The names of those made since this was last asked."""
        names, self._created = self._created, []
        return names

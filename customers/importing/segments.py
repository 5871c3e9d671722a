"""Groups and tags as files name them; what is named and not there yet is made, and told (decision 21)."""

from typing import Any

from django.db.models import Model

from backoffice.database.folding import fold
from backoffice.records import changes
from backoffice.records.actors import Actor

_NAMES = ("name_ro", "name_pl", "name_fr", "name")


class Named:
    """The groups, or the tags, of this shop by all the names they have; `ids` are those that were here before the file,
    `names` their first names.

    Two names are the same where the form says so, in whatever case and accents (V3); where several are called alike,
    the one written so is meant. A new group has the model's defaults: no discount, prices with tax. A dry run makes
    none, and goes on as if it were there.
    """

    def __init__(self, model: type[Model], *, dry_run: bool = False):
        self.model = model
        self.dry_run = dry_run
        self._created: list[str] = []
        self._as_written: dict[str, int] = {}
        self._folded: dict[str, int] = {}
        fields = [name for name in _NAMES if hasattr(model, name)]
        rows = list(model.objects.order_by("-id").values_list("id", *fields))
        self.ids = frozenset(key for key, *_names in rows)
        self.names = {key: names[-1] for key, *names in rows}
        for key, *names in rows:
            for name in filter(None, names):
                self._learn(name, key)

    def _learn(self, name: str, key: int) -> None:
        self._as_written[_plain(name)] = self._folded[fold(name)] = key

    def named(self, name: str) -> int | None:
        """The id of the one of that name."""
        known = self._as_written.get(_plain(name))
        return self._folded.get(fold(name)) if known is None else known

    def known_or_name(self, name: str) -> int | str:
        """The id of the one of that name, the name itself where there is none."""
        known = self.named(name)
        return name if known is None else known

    def made(self, one: int | str, *, by: Actor) -> int:
        """The id of the one of that name, made if it is not there; an id stays itself."""
        if isinstance(one, int):
            return one
        known = self.named(one)
        if known is None:
            known = self._make(one, by)
            self._learn(one, known)
            self._created.append(one)
        return known

    def _make(self, name: str, by: Actor) -> int:
        if self.dry_run:
            return -1 - len(self._folded)  # nobody's id, and no second one's
        values: dict[str, Any] = {"name": name}
        new = self.model()
        changes.save(new, values, by=by)
        return new.pk

    def take_created(self) -> list[str]:
        """The names of those made since this was last asked."""
        names, self._created = self._created, []
        return names


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()

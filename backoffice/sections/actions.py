"""What can be done to records beside editing them: bulk actions, and the ways of deleting."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import ngettext_lazy

from ..access.verbs import right_of
from ..texts import Text


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a bulk action says: `done` and `left` are plural texts over "count" with %(n)s and %(label)s in them.

    `left` says why some were left as they were, in place of the usual sentence; `note` is to be borne in mind, said
    before a large change and after any.
    """

    done: Any
    left: Any = None
    note: Text = ""


DELETED = Words(done=ngettext_lazy("%(n)s deleted.", "%(n)s deleted.", "count"))


@dataclass(frozen=True)
class Choice:
    """What was chosen where a bulk action asks: the value, what the list calls it, and what its `Undo` says is to be
    remembered, mostly ids."""

    value: str = ""
    label: str = ""
    remembered: Sequence[Any] = ()


@dataclass(frozen=True, kw_only=True)
class Undo:
    """The action that takes another one back, with the same choice.

    `since(ids, choice, at)` says in whom of these what the action changed was changed again after that moment: they are
    left alone (decision 42). `remembers(rows, choice)` finds beforehand of whom it has to know more, and
    `aside(choice)` is a sentence about them.
    """

    action: str
    since: Callable[[list[int], Choice, datetime], set[int]]
    remembers: Callable[[QuerySet, Choice], list[int]] | None = None
    aside: Callable[[Choice], str] | None = None


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """What can be done to the selection, or to all that match: `run(rows, *, by)` returns who was changed.

    Who may is the right of the verb `run`. `choices(page)` gives the (value, label) pairs of the one question that the
    action asks; it is `run(rows, *, choice, by)` then, with the Choice that was made. `offered(page)` says whether the
    list at hand has anything for it; `menu` is the title of the menu of the selection bar that it shares with its
    likes; `one_url` names the URL that does it to one record, from the menu of its row.
    """

    name: str
    title: Text
    run: Callable[..., list[int]]
    words: Words
    icon: str = "check"
    menu: Text = ""
    undo: Undo | None = None
    choices: Callable[..., list[tuple[str, str]]] | None = None
    offered: Callable[..., bool] | None = None
    one_url: str = ""

    @property
    def right(self) -> str:
        """The right it needs."""
        return right_of(self.run)


@dataclass(frozen=True, kw_only=True)
class DeleteWay:
    """One way of deleting (facts 2.7): `action` does it to one record or to many, once the question was answered.

    `foretell(ids)` says what will happen, in numbers, and nothing where nothing would: the way is not offered then.
    `refusal(ids)` says why these cannot be deleted at all, "" where they can; `said` is the word of confirmation for
    one record, with %(name)s in it; `meant_for` is a sentence about when to choose it; `told(ids)` says what became of
    these, where that differs from one to the other.
    """

    action: BulkAction
    foretell: Callable[[list[int]], list[str]]
    refusal: Callable[[list[int]], str] | None = None
    said: Text = ""
    meant_for: Text = ""
    told: Callable[[list[int]], list[str]] | None = None


def is_hidden(record: Model, field: str) -> bool:
    """Whether a record is hidden by its section's field for that, "" where the section hides none."""
    return bool(field and getattr(record, field))

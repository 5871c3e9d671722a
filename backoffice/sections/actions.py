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
    before a large change and after any; `asks` is the question of its choices where the title of the menu is none;
    `told(ids)` says what became of those that it changed.
    """

    done: Any
    left: Any = None
    note: Text = ""
    asks: Text = ""
    told: Callable[[list[int]], list[str]] | None = None


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
class Question:
    """What is asked before something is done to one record.

    `sentence` is the question, `effects` say what it will do, `notes` what to bear in mind. `refusal` says why it
    cannot be done, and what to do about it; nothing is asked then. `accepts` is what the verb has to be told that
    whoever answers has read, the name of a keyword that is True then; `button` says that they have.
    """

    sentence: Text
    effects: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    refusal: Text = ""
    accepts: str = ""
    button: Text = ""

    @property
    def answer(self) -> str:
        """What the button sends: the answer to this question, and to no other one."""
        return self.accepts or "1"


@dataclass(frozen=True, kw_only=True)
class RecordAction:
    """What can be done to one record, from its page: a button there and an address, `/<slug>/<id>/<name>/`.

    `run(record, *, by)` does it; who may is its right. What it returns is told: True, or nothing, in the words `said`
    with %(name)s in them; False is nothing to do any more; a sentence stands in place of `said`. `asks(record, staff)`
    is the Question that has to be answered first, else it is done at a click. `offered(record)` says whether it is
    anything for this record; `main`: it stands beside the title, not in the menu there.
    """

    name: str
    title: Text
    run: Callable[..., bool | str | None]
    said: Text
    icon: str = "check"
    asks: Callable[..., Question] | None = None
    offered: Callable[[Any], bool] | None = None
    main: bool = False

    @property
    def right(self) -> str:
        """The right it needs."""
        return right_of(self.run)

    @property
    def path(self) -> str:
        """Its part of the address."""
        return self.name.replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class DeleteWay:
    """One way of deleting (facts 2.7): `action` does it to one record or to many, once the question was answered.

    `foretell(ids)` says what will happen, in numbers, and nothing where nothing would: the way is not offered then.
    `refusal(ids)` says why these cannot be deleted at all, "" where they can; `refused(ids)` which of many cannot, each
    with the reason, in a few queries; `said` is the word of confirmation for
    one record, with %(name)s in it; `meant_for` is a sentence about when to choose it; `told(ids)` says what became of
    these, where that differs from one to the other. `instead` names the action of the record's page that is offered
    where one record cannot be deleted.
    """

    action: BulkAction
    foretell: Callable[[list[int]], list[str]]
    refusal: Callable[[list[int]], str] | None = None
    refused: Callable[[list[int]], dict[int, str]] | None = None
    said: Text = ""
    meant_for: Text = ""
    told: Callable[[list[int]], list[str]] | None = None
    instead: str = ""

    def why_not(self, ids: list[int]) -> dict[int, str]:
        """Those of these records that cannot be deleted, each with the reason."""
        found = self.refused(ids) if self.refused else {}
        if self.refusal:
            found |= {key: said for key in ids if (said := self.refusal([key]))}
        return found


def is_hidden(record: Model, field: str) -> bool:
    """Whether a record is hidden by its section's field for that, "" where the section hides none."""
    return bool(field and getattr(record, field))

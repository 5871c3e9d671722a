"""Equal posts of one form make one record, also of those that have nothing else to be told apart by (finding V8)."""

import re
import secrets
from collections.abc import Callable, Collection
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import QueryDict

from ..database.counting import one_change
from ..models import SentForm

KEY = "once"
_KEY = re.compile(r"[0-9a-f]{32}")
# What a browser sends beside the form's own fields.
_NOT_TYPED = frozenset(("csrfmiddlewaretoken", "back", "then", "stay"))


class MadeAlready(Exception):
    """The same form was sent before; `record` is the id of what it made."""

    def __init__(self, record: int):
        super().__init__(str(record))
        self.record = record


def new_key() -> str:
    """The key of a form that is shown for the first time."""
    return secrets.token_hex(16)


def mark_of(data: QueryDict, *, form: str, staff: Model, secret: Collection[str] = ()) -> str:
    """What tells a post of this form by this person from all others, "" without a key. What is `secret` is left out.

    Who goes back and types something else sends another form.
    """
    key = data.get(KEY, "")
    if not _KEY.fullmatch(key):
        return ""
    left_out = _NOT_TYPED.union(secret)
    typed = sorted((name, values) for name, values in data.lists() if name not in left_out)
    return sha256(repr((form, staff.pk, typed)).encode()).hexdigest()


def made_by(mark: str) -> int | None:
    """The id of the record that such a post has made, None for none."""
    return SentForm.objects.filter(pk=mark).values_list("record", flat=True).first() if mark else None


@one_change()
def make_once(mark: str, make: Callable[[], Model]) -> Model:
    """What `make()` adds, and the post remembered, both or neither; MadeAlready where an equal one was quicker."""
    if not mark:
        return make()
    try:
        with transaction.atomic():
            SentForm.objects.create(mark=mark)
    except IntegrityError:
        # Its transaction has ended: the database made this one wait for it.
        raise MadeAlready(made_by(mark) or 0) from None
    record = make()
    SentForm.objects.filter(pk=mark).update(record=record.pk)
    return record

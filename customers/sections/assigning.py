"""Giving many records to a colleague, and back: of tasks and conversations alike."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.sections import BulkAction, Undo, Words
from backoffice.texts import Text

from ..services import NOBODY, Choosing
from .flags import SO_ALREADY


def assign_actions(verbs: Choosing, *, done: Text, back: Text) -> tuple[BulkAction, BulkAction]:
    """Both, for a list with the lookup "colleagues"; `done` and `back` say how many were given, and given back."""
    return (
        BulkAction(
            name="assign",
            title=gettext_lazy("Assign to"),
            run=verbs.choose,
            words=Words(done=done, left=SO_ALREADY),
            icon="person",
            menu=gettext_lazy("Assign to"),
            undo=Undo(action="assign_back", since=verbs.changed_since),
            choices=_colleagues,
        ),
        BulkAction(
            name="assign_back",
            title=gettext_lazy("Assign back"),
            run=verbs.back,
            words=Words(done=back),
            choices=_colleagues,
            offered=lambda page: False,
        ),
    )


def _colleagues(page) -> list[tuple[str, str]]:
    people = [(str(key), name) for key, name in page.lookup("colleagues").items()]
    return [*people, (NOBODY, _("Nobody"))]

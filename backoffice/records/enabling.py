"""Many records enabled and disabled at once: two bulk actions, each of which the other takes back (decision 42)."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ..models.kept import Kept
from ..sections import BulkAction, Undo, Words
from ..texts import Text
from .changed_since import otherwise_since

SO_ALREADY = ngettext_lazy("%(n)s unchanged.", "%(n)s unchanged.", "count")


def enabling(
    model: type[Kept], *, enable: Callable, enabled: Text, disable: Callable, disabled: Text
) -> tuple[BulkAction, BulkAction]:
    """The two actions over a model's field `active`; `enabled` and `disabled` say how many it was done to."""

    def action(name: str, title: Text, run: Callable, done: Text, *, undone_by: str, icon: str) -> BulkAction:
        since = otherwise_since(model, active=name == "enable")
        words = Words(done=done, left=SO_ALREADY)
        undo = Undo(action=undone_by, since=since)
        return BulkAction(name=name, title=title, run=run, words=words, icon=icon, undo=undo)

    return (
        action("enable", _("Enable"), enable, enabled, undone_by="disable", icon="check"),
        action("disable", _("Disable"), disable, disabled, undone_by="enable", icon="cross"),
    )

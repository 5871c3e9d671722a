"""What can be done to many tasks at once, and at a click: done, open again, another colleague's."""

from django.utils.translation import gettext_lazy, ngettext_lazy

from backoffice.sections import BulkAction, Switch, Undo, Words

from .. import services
from .assigning import assign_actions
from .flags import SO_ALREADY

DONE = Switch(
    run=services.switch_done,
    said=(gettext_lazy("“%(name)s” is done."), gettext_lazy("“%(name)s” is open again.")),
)


ACTIONS = (
    BulkAction(
        name="done",
        title=gettext_lazy("Mark as done"),
        run=services.mark_done,
        words=Words(
            done=ngettext_lazy("%(n)s task is done.", "%(n)s tasks are done.", "count"), left=SO_ALREADY
        ),
        undo=Undo(action="reopen", since=services.done_since(True)),
    ),
    BulkAction(
        name="reopen",
        title=gettext_lazy("Reopen"),
        run=services.reopen,
        words=Words(
            done=ngettext_lazy("%(n)s task is open again.", "%(n)s tasks are open again.", "count"),
            left=SO_ALREADY,
        ),
        icon="undo",
        undo=Undo(action="done", since=services.done_since(False)),
    ),
    *assign_actions(
        services.ASSIGN_TASKS,
        done=ngettext_lazy("%(n)s task assigned: %(label)s.", "%(n)s tasks assigned: %(label)s.", "count"),
        back=ngettext_lazy("%(n)s task assigned back.", "%(n)s tasks assigned back.", "count"),
    ),
)

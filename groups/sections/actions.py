"""What mends groups that have got out of order; asked for on the maintenance page, taken back by Undo (S2.20)."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.records.changed_since import changed_since
from backoffice.sections import BulkAction, MaintenanceCheck, Undo, Words, add_checks

from .. import services
from ..models import Group


def _nowhere(page) -> bool:
    return False


ACTIONS = (
    BulkAction(
        name="delete_unused",
        title=_("Delete unused groups"),
        run=services.delete_unused,
        words=Words(done=ngettext_lazy("%(n)s group deleted.", "%(n)s groups deleted.", "count")),
        icon="trash",
        undo=Undo(action="bring_back_deleted", since=services.there_again, remembers=services.numbers_of),
        offered=_nowhere,
    ),
    BulkAction(
        name="bring_back_deleted",
        title=_("Bring back"),
        run=services.bring_back_deleted,
        words=Words(done=ngettext_lazy("%(n)s group brought back.", "%(n)s groups brought back.", "count")),
        offered=_nowhere,
    ),
    BulkAction(
        name="pause_rules",
        title=_("Pause the rules"),
        run=services.pause_rules,
        words=Words(done=ngettext_lazy("%(n)s rule paused.", "%(n)s rules paused.", "count")),
        icon="bolt",
        undo=Undo(action="resume_rules", since=changed_since(Group)),
        offered=_nowhere,
    ),
    BulkAction(
        name="resume_rules",
        title=_("Resume the rules"),
        run=services.resume_rules,
        words=Words(done=ngettext_lazy("%(n)s rule resumed.", "%(n)s rules resumed.", "count")),
        icon="bolt",
        undo=Undo(action="pause_rules", since=changed_since(Group)),
        offered=_nowhere,
    ),
)


def _checks() -> Iterator[MaintenanceCheck]:
    yield MaintenanceCheck(
        name="unused_groups",
        section="groups",
        records=services.unused_groups,
        found=ngettext_lazy("%(n)s group is empty and unused", "%(n)s groups are empty and unused", "count"),
        well=_("No group is empty and unused."),
        why=_("Nobody is in it, no rule fills it, and no voucher, discount, product or option names it."),
        action="delete_unused",
        fix=_("Delete"),
    )


add_checks(_checks)

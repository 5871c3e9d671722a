"""What the rule of a group does to many customers at once, with its way back; asked for on the group's page alone."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.sections import BulkAction, Undo, Words

from .. import services
from ..services.group_rules import FOLLOW_RULE

_SINCE = services.pair_changed_since(services.MEMBERSHIPS)


def _groups(page) -> list[tuple[str, str]]:
    return [(str(key), group.local_name) for key, group in page.lookup("groups").items()]


FOLLOW = BulkAction(
    name=FOLLOW_RULE,
    title=_("Apply the automatic rule"),
    run=services.follow_rule,
    words=Words(
        done=ngettext_lazy(
            "%(n)s customer moved by the rule of %(label)s.",
            "%(n)s customers moved by the rule of %(label)s.",
            "count",
        )
    ),
    icon="groups",
    choices=_groups,
    undo=Undo(action="undo_rule", since=_SINCE, remembers=services.what_a_rule_moves),
    offered=lambda page: False,
)
UNDO = BulkAction(
    name="undo_rule",
    title=_("Undo the automatic rule"),
    run=services.undo_rule,
    words=Words(
        done=ngettext_lazy(
            "%(n)s customer moved back, and the rule of %(label)s is paused.",
            "%(n)s customers moved back, and the rule of %(label)s is paused.",
            "count",
        )
    ),
    choices=_groups,
    offered=lambda page: False,
)
STAY = BulkAction(
    name="stay_in_group",
    title=_("Keep in a group by hand"),
    run=services.add_to_group,
    words=Words(
        done=ngettext_lazy(
            "%(n)s member of %(label)s stays by hand.", "%(n)s members of %(label)s stay by hand.", "count"
        )
    ),
    icon="groups",
    choices=_groups,
    offered=lambda page: False,
)
ACTIONS = (FOLLOW, UNDO, STAY)

"""What can be done to many customers at once: bringing back, flags, groups, tags (S1.9, D-41)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from backoffice.screen import formats
from backoffice.sections import BulkAction, Choice, Undo, Words

from .. import services
from . import flags, group_actions


def _groups(page) -> list[tuple[str, str]]:
    return [(str(key), group.local_name) for key, group in page.lookup("groups").items()]


def _tags(page) -> list[tuple[str, str]]:
    return [(str(key), tag.name) for key, tag in page.lookup("tags").items()]


def _default_of(choice: Choice) -> str:
    said = _("Default group of %(n)s of them: the oldest of their other groups takes its place.")
    return str(said) % {"n": formats.number(len(choice.remembered))}


_IN_GROUPS = services.pair_changed_since(services.MEMBERSHIPS)
_TAGGED = services.pair_changed_since(services.TAGGINGS)

ACTIONS = (
    BulkAction(
        name="bring_back",
        title=_("Bring back"),
        run=services.bring_back_customers,
        words=Words(
            done=ngettext_lazy("%(n)s customer brought back.", "%(n)s customers brought back.", "count")
        ),
        icon="undo",
        offered=lambda page: page.filterset.shows_hidden,
        one_url="customers_bring_back",
    ),
    *flags.ACTIONS,
    BulkAction(
        name="add_to_group",
        title=_("Add to a group"),
        run=services.add_to_group,
        words=Words(
            done=ngettext_lazy(
                "%(n)s customer added to %(label)s.", "%(n)s customers added to %(label)s.", "count"
            ),
            left=flags.SO_ALREADY,
        ),
        undo=Undo(action="remove_from_group", since=_IN_GROUPS, remembers=services.whom_its_rule_put_in),
        menu=_("Groups"),
        icon="groups",
        choices=_groups,
    ),
    BulkAction(
        name="remove_from_group",
        title=_("Remove from a group"),
        run=services.remove_from_group,
        words=Words(
            done=ngettext_lazy(
                "%(n)s customer removed from %(label)s.", "%(n)s customers removed from %(label)s.", "count"
            ),
            left=ngettext_lazy(
                "%(n)s stays as it was: not in that group, or in no other.",
                "%(n)s stay as they were: not in that group, or in no other.",
                "count",
            ),
        ),
        undo=Undo(
            action="back_in_group",
            since=_IN_GROUPS,
            remembers=services.whose_default_it_is,
            aside=_default_of,
        ),
        menu=_("Groups"),
        icon="groups",
        choices=_groups,
    ),
    BulkAction(
        name="back_in_group",
        title=_("Put back into a group"),
        run=services.back_in_group,
        words=Words(
            done=ngettext_lazy(
                "%(n)s customer added back to %(label)s.", "%(n)s customers added back to %(label)s.", "count"
            )
        ),
        choices=_groups,
        offered=lambda page: False,
    ),
    *group_actions.ACTIONS,
    BulkAction(
        name="tag",
        title=pgettext_lazy("verb", "Tag"),
        run=services.tag,
        words=Words(
            done=ngettext_lazy(
                "%(n)s customer now has the tag %(label)s.",
                "%(n)s customers now have the tag %(label)s.",
                "count",
            ),
            left=flags.SO_ALREADY,
        ),
        undo=Undo(action="untag", since=_TAGGED),
        menu=_("Tags"),
        icon="tags",
        choices=_tags,
    ),
    BulkAction(
        name="untag",
        title=_("Remove tag"),
        run=services.untag,
        words=Words(
            done=ngettext_lazy(
                "Tag %(label)s removed from %(n)s customer.",
                "Tag %(label)s removed from %(n)s customers.",
                "count",
            ),
            left=flags.SO_ALREADY,
        ),
        undo=Undo(action="tag", since=_TAGGED),
        menu=_("Tags"),
        icon="tags",
        choices=_tags,
    ),
)

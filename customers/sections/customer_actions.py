"""What can be done to many customers at once: switches, groups, tags, bringing back (S1.9, D-41)."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext_lazy

from backoffice.screen import formats
from backoffice.sections import BulkAction

from .. import services

_SEGMENT = "customers.segment_customer"
_CONSENT = "customers.consent_customer"
_CHANGE = "customers.change_customer"


def _said(sentence) -> Callable[[int, str], str]:
    """The word of confirmation: a plural text over "count", with %(n)s and %(label)s in it."""
    return lambda number, label: str(
        sentence % {"count": number, "n": formats.number(number), "label": label}
    )


def _groups(page) -> list[tuple[str, str]]:
    return [(str(key), group.local_name) for key, group in page.lookup("groups").items()]


def _tags(page) -> list[tuple[str, str]]:
    return [(str(key), tag.name) for key, tag in page.lookup("tags").items()]


def _default_of(people: list[int]) -> str:
    return ngettext(
        "Default group of %(n)s of them: the oldest of their other groups takes its place.",
        "Default group of %(n)s of them: the oldest of their other groups takes its place.",
        len(people),
    ) % {"n": formats.number(len(people))}


def _so_already(number: int) -> str:
    return ngettext("%(n)s was so already.", "%(n)s were so already.", number) % {"n": formats.number(number)}


def _not_out(number: int) -> str:
    return ngettext(
        "%(n)s stays as it was: not in that group, or in no other.",
        "%(n)s stay as they were: not in that group, or in no other.",
        number,
    ) % {"n": formats.number(number)}


def _flag(name: str, field: str, value: bool, **facts) -> BulkAction:
    return BulkAction(
        name=name,
        run=lambda rows, *, by: services.set_flag(rows, field, value, by=by),
        left=_so_already,
        **facts,
    )


ACTIONS = (
    BulkAction(
        name="bring_back",
        title=_("Bring back"),
        run=services.bring_back_customers,
        right="customers.delete_customer",
        said=_said(ngettext_lazy("%(n)s customer is back.", "%(n)s customers are back.", "count")),
        icon="undo",
        offered=lambda page: page.filterset.sees_all,
        one_url="customers_bring_back",
    ),
    _flag(
        "enable",
        "active",
        True,
        said=_said(
            ngettext_lazy("%(n)s customer may log in again.", "%(n)s customers may log in again.", "count")
        ),
        title=_("Enable"),
        right=_CHANGE,
        icon="check",
        undone_by="disable",
    ),
    _flag(
        "disable",
        "active",
        False,
        said=_said(
            ngettext_lazy(
                "%(n)s customer may not log in any more.", "%(n)s customers may not log in any more.", "count"
            )
        ),
        title=_("Disable"),
        right=_CHANGE,
        icon="cross",
        undone_by="enable",
    ),
    _flag(
        "newsletter_on",
        "newsletter",
        True,
        said=_said(
            ngettext_lazy(
                "Newsletter switched on for %(n)s customer.",
                "Newsletter switched on for %(n)s customers.",
                "count",
            )
        ),
        title=_("Newsletter on"),
        right=_CONSENT,
        icon="mail",
        undone_by="newsletter_off",
        note=_("Make sure they want it: no ground for their consent is noted yet."),
    ),
    _flag(
        "newsletter_off",
        "newsletter",
        False,
        said=_said(
            ngettext_lazy(
                "Newsletter switched off for %(n)s customer.",
                "Newsletter switched off for %(n)s customers.",
                "count",
            )
        ),
        title=_("Newsletter off"),
        right=_CONSENT,
        icon="mail",
        undone_by="newsletter_on",
    ),
    BulkAction(
        name="add_to_group",
        left=_so_already,
        title=_("Add to a group"),
        run=services.add_to_group,
        right=_SEGMENT,
        said=_said(
            ngettext_lazy(
                "%(n)s customer is new in %(label)s.", "%(n)s customers are new in %(label)s.", "count"
            )
        ),
        undone_by="remove_from_group",
        menu=_("Groups"),
        icon="groups",
        choices=_groups,
    ),
    BulkAction(
        name="remove_from_group",
        title=_("Remove from a group"),
        run=services.remove_from_group,
        right=_SEGMENT,
        said=_said(
            ngettext_lazy(
                "%(n)s customer taken out of %(label)s.", "%(n)s customers taken out of %(label)s.", "count"
            )
        ),
        undone_by="back_in_group",
        remembers=services.whose_default_it_is,
        aside=_default_of,
        left=_not_out,
        menu=_("Groups"),
        icon="groups",
        choices=_groups,
    ),
    BulkAction(
        name="back_in_group",
        title=_("Put back into a group"),
        run=services.back_in_group,
        right=_SEGMENT,
        said=_said(
            ngettext_lazy(
                "%(n)s customer is back in %(label)s.", "%(n)s customers are back in %(label)s.", "count"
            )
        ),
        choices=_groups,
        offered=lambda page: False,
    ),
    BulkAction(
        name="tag",
        left=_so_already,
        title=pgettext_lazy("verb", "Tag"),
        run=services.tag,
        right=_SEGMENT,
        said=_said(
            ngettext_lazy(
                "%(n)s customer now has the tag %(label)s.",
                "%(n)s customers now have the tag %(label)s.",
                "count",
            )
        ),
        undone_by="untag",
        menu=_("Tags"),
        icon="tags",
        choices=_tags,
    ),
    BulkAction(
        name="untag",
        left=_so_already,
        title=_("Take a tag off"),
        run=services.untag,
        right=_SEGMENT,
        said=_said(
            ngettext_lazy(
                "Tag %(label)s taken off %(n)s customer.", "Tag %(label)s taken off %(n)s customers.", "count"
            )
        ),
        undone_by="tag",
        menu=_("Tags"),
        icon="tags",
        choices=_tags,
    ),
)

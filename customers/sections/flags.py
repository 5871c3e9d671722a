"""Switching the flags of customers, one at a click and many at once: the words for both side by side."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from backoffice.records.required_fields import still_required
from backoffice.sections import BulkAction, States, Switch, Undo, Words, section_named

from .. import services
from ..models import ConsentKind
from ..options import SECTION

SO_ALREADY = ngettext_lazy("%(n)s unchanged.", "%(n)s unchanged.", "count")


def _consent(kind: str, on: Any, off: Any) -> Switch:
    return Switch(
        run=services.SWITCHES[kind],
        said=(on, off),
        hint=_("Make sure the customer wants it."),
        more=("customers_consent", _("How did they consent?")),
    )


ACTIVE = Switch(
    run=services.SWITCHES["active"],
    said=(_("%(name)s may log in again."), _("%(name)s may not log in any more.")),
    states=States(pgettext_lazy("of an account", "Status"), _("Enabled"), _("Inactive")),
)
NEWSLETTER = _consent(
    ConsentKind.NEWSLETTER,
    _("Newsletter switched on for %(name)s."),
    _("Newsletter switched off for %(name)s."),
)
PARTNER_OFFERS = _consent(
    ConsentKind.PARTNER_OFFERS,
    _("Opt-in switched on for %(name)s."),
    _("Opt-in switched off for %(name)s."),
)


# Read when it is said: the settings of that moment count.
_STILL_REQUIRED = lazy(lambda field: still_required(section_named(SECTION), [field]), str)


def _setting(
    name: str, title: Any, field: str, value: bool, done: Any, *, undone_by: str, icon: str, note: Any = ""
) -> BulkAction:
    """The action that sets a flag of many to this value; who was set otherwise since is left alone by its undo."""
    return BulkAction(
        name=name,
        title=title,
        run=services.flagging(field, value),
        words=Words(done=done, left=SO_ALREADY, note=note),
        icon=icon,
        undo=Undo(action=undone_by, since=services.flag_changed_since(field, value)),
    )


ACTIONS = (
    _setting(
        "enable",
        _("Enable"),
        "active",
        True,
        ngettext_lazy("%(n)s customer may log in again.", "%(n)s customers may log in again.", "count"),
        undone_by="disable",
        icon="check",
    ),
    _setting(
        "disable",
        _("Disable"),
        "active",
        False,
        ngettext_lazy(
            "%(n)s customer may not log in any more.", "%(n)s customers may not log in any more.", "count"
        ),
        undone_by="enable",
        icon="cross",
    ),
    _setting(
        "newsletter_on",
        _("Newsletter on"),
        "newsletter",
        True,
        ngettext_lazy(
            "Newsletter switched on for %(n)s customer.",
            "Newsletter switched on for %(n)s customers.",
            "count",
        ),
        undone_by="newsletter_off",
        icon="mail",
        note=_("Make sure they agreed: no source of consent is recorded yet."),
    ),
    _setting(
        "newsletter_off",
        _("Newsletter off"),
        "newsletter",
        False,
        ngettext_lazy(
            "Newsletter switched off for %(n)s customer.",
            "Newsletter switched off for %(n)s customers.",
            "count",
        ),
        undone_by="newsletter_on",
        icon="mail",
        note=_STILL_REQUIRED("newsletter"),
    ),
)

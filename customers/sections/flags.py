"""Switching the flags of customers, one at a click and many at once: the words for both side by side."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.sections import BulkAction, Switch, Undo, Words

from .. import services
from ..models import ConsentKind

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

ACTIONS = (
    BulkAction(
        name="enable",
        title=_("Enable"),
        run=services.flagging("active", True),
        words=Words(
            done=ngettext_lazy(
                "%(n)s customer may log in again.", "%(n)s customers may log in again.", "count"
            ),
            left=SO_ALREADY,
        ),
        undo=Undo(action="disable", since=services.set_otherwise("active", True)),
    ),
    BulkAction(
        name="disable",
        title=_("Disable"),
        run=services.flagging("active", False),
        words=Words(
            done=ngettext_lazy(
                "%(n)s customer may not log in any more.", "%(n)s customers may not log in any more.", "count"
            ),
            left=SO_ALREADY,
        ),
        icon="cross",
        undo=Undo(action="enable", since=services.set_otherwise("active", False)),
    ),
    BulkAction(
        name="newsletter_on",
        title=_("Newsletter on"),
        run=services.flagging("newsletter", True),
        words=Words(
            done=ngettext_lazy(
                "Newsletter switched on for %(n)s customer.",
                "Newsletter switched on for %(n)s customers.",
                "count",
            ),
            left=SO_ALREADY,
            note=_("Make sure they agreed: no source of consent is recorded yet."),
        ),
        icon="mail",
        undo=Undo(action="newsletter_off", since=services.set_otherwise("newsletter", True)),
    ),
    BulkAction(
        name="newsletter_off",
        title=_("Newsletter off"),
        run=services.flagging("newsletter", False),
        words=Words(
            done=ngettext_lazy(
                "Newsletter switched off for %(n)s customer.",
                "Newsletter switched off for %(n)s customers.",
                "count",
            ),
            left=SO_ALREADY,
        ),
        icon="mail",
        undo=Undo(action="newsletter_on", since=services.set_otherwise("newsletter", False)),
    ),
)

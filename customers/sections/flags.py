"""Switching the flags of customers, one at a click and many at once: the words for both side by side."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from backoffice.records.required_fields import still_required
from backoffice.sections import BulkAction, States, Switch, Undo, Words, section_named

from .. import services
from ..forms.fields import GROUNDS
from ..models import ConsentKind, Ground
from ..options import SECTION

SO_ALREADY = ngettext_lazy("%(n)s unchanged.", "%(n)s unchanged.", "count")


def _consent(kind: str, on: Any, off: Any) -> Switch:
    return Switch(
        run=services.SWITCHES[kind],
        said=(on, off),
        hint=_("Make sure the customer wants it."),
        doubt=lambda customer: services.undeliverable(customer.email),
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
    name: str,
    title: Any,
    field: str,
    value: bool,
    done: Any,
    *,
    undone_by: str,
    icon: str,
    note: Any = "",
    asks: Any = "",
    **asked: Any,
) -> BulkAction:
    """The action that sets a flag of many to this value; who was set otherwise since is left alone by its undo."""
    return BulkAction(
        name=name,
        title=title,
        run=services.flagging(field, value),
        words=Words(done=done, left=SO_ALREADY, note=note, asks=asks),
        icon=icon,
        undo=Undo(action=undone_by, since=services.flag_changed_since(field, value)),
        **asked,
    )


def _back(name: str, title: Any, value: bool, done: Any) -> BulkAction:
    """What takes a bulk switch of the newsletter back: the ledger says that it was put back."""
    return BulkAction(
        name=name,
        title=title,
        run=services.flagging("newsletter", value, ground=Ground.PUT_BACK),
        words=Words(done=done, left=SO_ALREADY),
        icon="mail",
        offered=lambda page: False,
    )


def _grounds(page) -> list[tuple[str, str]]:
    return [(one.value, str(one.label)) for one in (*GROUNDS, Ground.NOT_STATED)]


_NEWSLETTER_ON, _NEWSLETTER_OFF = _("Newsletter on"), _("Newsletter off")
_SWITCHED_ON = ngettext_lazy(
    "Newsletter switched on for %(n)s customer.", "Newsletter switched on for %(n)s customers.", "count"
)
_SWITCHED_OFF = ngettext_lazy(
    "Newsletter switched off for %(n)s customer.", "Newsletter switched off for %(n)s customers.", "count"
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
        _NEWSLETTER_ON,
        "newsletter",
        True,
        _SWITCHED_ON,
        undone_by="newsletter_on_back",
        icon="mail",
        note=_("Make sure they agreed."),
        menu=_NEWSLETTER_ON,
        choices=_grounds,
        asks=_("How did they consent?"),
    ),
    _setting(
        "newsletter_off",
        _NEWSLETTER_OFF,
        "newsletter",
        False,
        _SWITCHED_OFF,
        undone_by="newsletter_off_back",
        icon="mail",
        note=_STILL_REQUIRED("newsletter"),
    ),
    _back("newsletter_on_back", _NEWSLETTER_OFF, False, _SWITCHED_OFF),
    _back("newsletter_off_back", _NEWSLETTER_ON, True, _SWITCHED_ON),
)

"""Switching the flags of customers, one at a click and many at once: the words for both side by side."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from backoffice.records.changed_since import otherwise_since
from backoffice.records.enabling import SO_ALREADY
from backoffice.records.required_fields import still_required
from backoffice.sections import BulkAction, States, Switch, Undo, Words, section_named

from .. import services
from ..forms.fields import GROUNDS
from ..models import ConsentKind, Customer, Ground
from ..options import SECTION


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
        undo=Undo(action=undone_by, since=otherwise_since(Customer, **{field: value})),
        **asked,
    )


def _back(kind: str, name: str, title: Any, value: bool, done: Any) -> BulkAction:
    """What takes a bulk switch of a consent back: the ledger says that it was put back."""
    return BulkAction(
        name=f"{name}_back",
        title=title,
        run=services.flagging(kind, value, ground=Ground.PUT_BACK),
        words=Words(done=done, left=SO_ALREADY),
        icon="mail",
        offered=lambda page: False,
    )


def _consents(
    kind: str, on: Any, off: Any, switched_on: Any, switched_off: Any, menu: Any = ""
) -> tuple[BulkAction, ...]:
    """A consent of many, on and off, and what takes each back; what it rests on is asked of who switches it on.

    In `menu` of the bar where it is given.
    """

    def grounds(page) -> list[tuple[str, str]]:
        return [(one.value, str(one.label)) for one in (*GROUNDS, Ground.NOT_STATED)]

    return (
        _setting(
            f"{kind}_on",
            on,
            kind,
            True,
            switched_on,
            undone_by=f"{kind}_on_back",
            icon="mail",
            note=_("Make sure they agreed."),
            menu=menu or on,
            choices=grounds,
            asks=_("How did they consent?"),
        ),
        _setting(
            f"{kind}_off",
            off,
            kind,
            False,
            switched_off,
            undone_by=f"{kind}_off_back",
            icon="mail",
            note=_STILL_REQUIRED(kind),
            menu=menu,
        ),
        _back(kind, f"{kind}_on", off, False, switched_off),
        _back(kind, f"{kind}_off", on, True, switched_on),
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
    *_consents(
        ConsentKind.NEWSLETTER,
        _("Newsletter on"),
        _("Newsletter off"),
        ngettext_lazy(
            "Newsletter switched on for %(n)s customer.",
            "Newsletter switched on for %(n)s customers.",
            "count",
        ),
        ngettext_lazy(
            "Newsletter switched off for %(n)s customer.",
            "Newsletter switched off for %(n)s customers.",
            "count",
        ),
    ),
    *_consents(
        ConsentKind.PARTNER_OFFERS,
        _("Opt-in on"),
        _("Opt-in off"),
        ngettext_lazy(
            "Opt-in switched on for %(n)s customer.", "Opt-in switched on for %(n)s customers.", "count"
        ),
        ngettext_lazy(
            "Opt-in switched off for %(n)s customer.", "Opt-in switched off for %(n)s customers.", "count"
        ),
        # In a menu, so that the bar stays short.
        menu=_("More"),
    ),
)

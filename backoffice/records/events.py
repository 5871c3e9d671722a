"""What happened that is no change of a record, as the activity page shows it (decision 28)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from ..models import Event
from .actors import Actor


class Kind(models.TextChoices):
    """The kinds of events there are; their names are the filter of the activity page."""

    SIGN_IN = "sign_in", gettext_lazy("Sign-in")
    SIGN_IN_FAILED = "sign_in_failed", gettext_lazy("Failed sign-in")
    SIGN_OUT = "sign_out", gettext_lazy("Sign-out")
    PASSWORD_CHANGED = "password_changed", gettext_lazy("Password")
    SECOND_FACTOR = "second_factor", gettext_lazy("Second factor")
    STAFF_INVITED = "staff_invited", gettext_lazy("Invitation")
    ROLE_CHANGED = "role_changed", gettext_lazy("Role change")
    STAFF_RENAMED = "staff_renamed", gettext_lazy("Name change")
    STAFF_DISABLED = "staff_disabled", gettext_lazy("Staff disabled")
    STAFF_ENABLED = "staff_enabled", gettext_lazy("Staff enabled")
    SECOND_FACTOR_RESET = "second_factor_reset", gettext_lazy("Second factor reset")
    EXPORT = "export", gettext_lazy("Export")
    IMPORT = "import", gettext_lazy("Import")
    BULK_CHANGE = "bulk_change", gettext_lazy("Bulk change")
    REQUIRED_FIELDS = "required_fields", gettext_lazy("Required fields")
    PASSWORD_SET = "password_set", gettext_lazy("Password set")
    PASSWORD_LINK = "password_link", gettext_lazy("Password link")
    OPTIONS_CHANGED = "options_changed", gettext_lazy("Settings")
    CALENDAR_LINK = "calendar_link", gettext_lazy("Calendar link")


def record(kind: Kind | str, *, by: Actor, target: str = "", **facts) -> Event:
    """Append one event. `target` is what it happened to, in words; `facts` are plain values without secrets.

    Staff and records of the shop (sections, groups, tags) are named, a customer never: their number is.
    """
    return Event.objects.create(
        kind=kind,
        staff=by.staff,
        staff_name=by.name[:100],
        door=by.door,
        ip=by.ip,
        target=target[:200],
        facts=facts,
    )

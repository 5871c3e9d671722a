"""What may have got out of order among customers (S2.20)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.sections import MaintenanceCheck, add_checks
from backoffice.texts import Text

from .. import services
from ..models import ConsentKind

IDLE = timedelta(days=730)


def _still_mailed(kind: str, found: Any, well: Text) -> MaintenanceCheck:
    return MaintenanceCheck(
        name=f"disabled_with_{kind}",
        section="customers",
        query=f"active=false&{kind}=true",
        found=found,
        well=well,
        why=_("They may not log in, and still get mails. Who is enabled again has to be asked again."),
        action=f"{kind}_off",
        fix=_("Switch it off"),
    )


def _checks() -> Iterator[MaintenanceCheck]:
    yield _still_mailed(
        ConsentKind.NEWSLETTER,
        ngettext_lazy(
            "%(n)s disabled customer still gets the newsletter",
            "%(n)s disabled customers still get the newsletter",
            "count",
        ),
        _("No disabled customer gets the newsletter."),
    )
    yield _still_mailed(
        ConsentKind.PARTNER_OFFERS,
        ngettext_lazy(
            "%(n)s disabled customer still gets offers of partners",
            "%(n)s disabled customers still get offers of partners",
            "count",
        ),
        _("No disabled customer gets offers of partners."),
    )
    yield MaintenanceCheck(
        name="idle",
        section="customers",
        query=f"active=true&last_visit_before={timezone.localdate() - IDLE}",
        found=ngettext_lazy(
            "%(n)s account has been idle for two years",
            "%(n)s accounts have been idle for two years",
            "count",
        ),
        well=_("No account has been idle for two years."),
        why=_("Nobody has used them for a long time. Win them back, or disable them in the list."),
    )


def _of_rules() -> Iterator[MaintenanceCheck]:
    yield MaintenanceCheck(
        name="broken_rules",
        section="groups",
        records=services.broken_rules,
        found=ngettext_lazy(
            "%(n)s rule of a group contradicts itself or names a tag that is gone",
            "%(n)s rules of groups contradict themselves or name a tag that is gone",
            "count",
        ),
        well=_("Every rule of a group can be met."),
        why=_("Nobody can ever join by it. Paused, it waits until somebody mends it."),
        action="pause_rules",
        fix=_("Pause"),
    )
    yield MaintenanceCheck(
        name="idle_rules",
        section="groups",
        records=services.idle_rules,
        found=ngettext_lazy(
            "%(n)s rule of a group matches nobody", "%(n)s rules of groups match nobody", "count"
        ),
        well=_("Every rule of a group that runs matches somebody."),
        why=_("Not a single customer meets it today."),
        action="pause_rules",
        fix=_("Pause"),
    )


add_checks(_checks)
add_checks(_of_rules)

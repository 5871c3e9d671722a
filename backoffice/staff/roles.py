"""How the rights of the roles get into the database, and those that hold for every section."""

from __future__ import annotations

from django.contrib.auth.models import Group as RightsGroup
from django.contrib.auth.models import Permission
from django.db import transaction

from ..access.grants import EVERY_SECTION, Grant, grant, rights_of
from ..access.permissions import SECTION_RIGHTS
from ..access.roles import EVERYBODY, WHO_RUN_THE_SHOP, Role

grant(
    Grant(EVERY_SECTION, ("view",), EVERYBODY),
    Grant(EVERY_SECTION, SECTION_RIGHTS, WHO_RUN_THE_SHOP),
    Grant(EVERY_SECTION, ("export",), (Role.MARKETING,)),
    Grant("backoffice.event", ("view",), WHO_RUN_THE_SHOP),
    Grant("backoffice.apitoken", ("manage",), (Role.OWNER,)),
    Grant("staff.staffmember", ("view", "manage"), (Role.OWNER,)),
)


@transaction.atomic
def sync_roles() -> dict[str, int]:
    """Write the table into the database; run again it changes nothing. Returns role: number of rights.

    Raises LookupError naming the rights that no model offers: the table and the models disagree.
    """
    known = {
        f"{right.content_type.app_label}.{right.codename}": right
        for right in Permission.objects.select_related("content_type")
    }
    counts = {}
    for role in Role:
        wanted = rights_of(role)
        if missing := sorted(wanted - known.keys()):
            raise LookupError(f"No model offers these rights (run migrate first): {', '.join(missing)}")
        group, _created = RightsGroup.objects.get_or_create(name=role)
        group.permissions.set([known[right] for right in wanted])
        counts[role.value] = len(wanted)
    return counts

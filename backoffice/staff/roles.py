"""What each role may: the table of decisions.md ("Rights") as data, and how it gets into the database."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group as RightsGroup
from django.contrib.auth.models import Permission
from django.db import transaction

from ..access.permissions import SECTION_RIGHTS
from .models import Role

# Every model that is a section of the back office (it offers all of SECTION_RIGHTS).
EVERY_SECTION = "*"


@dataclass(frozen=True)
class Grant:
    """Some actions on some models: "app.model" names separated by blanks, or EVERY_SECTION."""

    models: str
    actions: tuple[str, ...]

    def rights(self) -> set[str]:
        """The permissions meant, as "app.action_model"; LookupError for a model that does not exist."""
        return {
            f"{model._meta.app_label}.{action}_{model._meta.model_name}"
            for model in self._models()
            for action in self.actions
        }

    def _models(self):
        if self.models == EVERY_SECTION:
            return [m for m in apps.get_models() if set(SECTION_RIGHTS) <= set(m._meta.default_permissions)]
        return [apps.get_model(label) for label in self.models.split()]


SEE_EVERYTHING = (Grant(EVERY_SECTION, ("view",)), Grant("customers.mail", ("view",)))
RUN_THE_SHOP = (
    Grant(EVERY_SECTION, SECTION_RIGHTS),
    *SEE_EVERYTHING,
    Grant("customers.customer", ("consent", "segment")),
    Grant("backoffice.event", ("view",)),
)

ROLE_RIGHTS: dict[Role, tuple[Grant, ...]] = {
    Role.OWNER: (*RUN_THE_SHOP, Grant("staff.staffmember", ("view", "manage"))),
    Role.MANAGER: RUN_THE_SHOP,
    Role.SUPPORT: (
        *SEE_EVERYTHING,
        Grant("customers.customer addresses.address", ("add", "change")),
        # A person's form holds their consents, groups and tags too (S0.21).
        Grant("customers.customer", ("consent", "segment")),
        Grant("carts.cart", ("change",)),
        Grant("customers.note customers.message customers.thread customers.task", ("add", "change")),
    ),
    Role.MARKETING: (
        *SEE_EVERYTHING,
        Grant("groups.group customers.tag carts.voucher", ("add", "change")),
        Grant("customers.customer", ("consent", "segment")),
        Grant("customers.note customers.task", ("add", "change")),
        Grant(EVERY_SECTION, ("export",)),
    ),
    Role.VIEWER: SEE_EVERYTHING,
}


def rights_of(role: Role) -> set[str]:
    """Everything a role may, as "app.action_model"."""
    return set().union(*(grant.rights() for grant in ROLE_RIGHTS[role]))


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

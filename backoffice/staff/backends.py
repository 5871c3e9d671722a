"""Signing in, and what a role may."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Group

from ..live.memory import recall
from ..models import Counter
from ..tables.lookups import Lookup
from .models import StaffMember

# So many seconds a page that follows by itself may go on knowing what the role could do when it asked before.
REMEMBERED = 5


def recall_rights(person: StaffMember) -> None:
    """Have this person's rights be those that their role had at most REMEMBERED seconds ago."""
    person._rights_of_role = recall(
        ("rights", person.role), lambda: rights_of(person.role), seconds=REMEMBERED
    )


def rights_of(role: str) -> frozenset[str]:
    """The rights of a role, by names like "customers.change_customer"."""
    return RIGHTS.now().get(role, frozenset())


def _rights() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    names = ("name", "permissions__content_type__app_label", "permissions__codename")
    for role, app, codename in Group.objects.filter(permissions__isnull=False).values_list(*names):
        found.setdefault(role, set()).add(f"{app}.{codename}")
    return {role: frozenset(rights) for role, rights in found.items()}


RIGHTS = Lookup(counter="auth.group", read=_rights)


def tell_of_rights(**signal: Any) -> None:
    """Say that some role has other rights now: a receiver of the signals of roles and of what they may."""
    Counter.move(RIGHTS.counter)


class RoleBackend(AuthenticationBackend):
    """Rights come from the group named by the person's role; nobody has rights of their own.

    Each request asks whether any role's rights are others by now, by the counters, which most pages need anyway.

    Who is disabled has none, and is signed out at the next request (G34).
    """

    @classmethod
    def _stash_user(cls, user):
        """The library would lead who knows the password of a disabled account elsewhere: the same answer for all."""
        return None

    def get_user_permissions(self, user_obj, obj=None):
        return set()

    def get_group_permissions(self, user_obj, obj=None):
        return self.get_all_permissions(user_obj, obj)

    def get_all_permissions(self, user_obj, obj=None):
        """Names like "customers.change_customer"; the same for every record, so `obj` changes nothing."""
        if user_obj.is_anonymous or not user_obj.is_active:
            return set()
        if not hasattr(user_obj, "_rights_of_role"):
            user_obj._rights_of_role = rights_of(user_obj.role)
        return user_obj._rights_of_role

    def has_perm(self, user_obj, perm, obj=None):
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj, app_label):
        return any(right.partition(".")[0] == app_label for right in self.get_all_permissions(user_obj))

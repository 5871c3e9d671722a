"""Signing in, and what a role may."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission

from ..live.memory import recall
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
    named = Permission.objects.filter(group__name=role).order_by()
    found = named.values_list("content_type__app_label", "codename")
    return frozenset(f"{app}.{codename}" for app, codename in found)


class RoleBackend(AuthenticationBackend):
    """Rights come from the group named by the person's role, by one query a request; nobody has rights of their own.

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

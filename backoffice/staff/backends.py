"""Signing in, and what a role may."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission


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
            named = Permission.objects.filter(group__name=user_obj.role).order_by()
            user_obj._rights_of_role = {
                f"{app}.{codename}"
                for app, codename in named.values_list("content_type__app_label", "codename")
            }
        return user_obj._rights_of_role

    def has_perm(self, user_obj, perm, obj=None):
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj, app_label):
        return any(right.partition(".")[0] == app_label for right in self.get_all_permissions(user_obj))

"""Start-up of the staff pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "backoffice.staff"
    label = "staff"
    verbose_name = _("Staff")

    def ready(self):
        from django.contrib.auth.models import Group
        from django.db.models.signals import m2m_changed, post_delete, post_save

        from . import checks  # noqa: F401
        from .backends import tell_of_rights

        m2m_changed.connect(tell_of_rights, sender=Group.permissions.through)
        post_save.connect(tell_of_rights, sender=Group)
        post_delete.connect(tell_of_rights, sender=Group)

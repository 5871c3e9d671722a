"""Start-up of the staff pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "backoffice.staff"
    label = "staff"
    verbose_name = _("Staff")

    def ready(self):
        from . import checks  # noqa: F401

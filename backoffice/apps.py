"""Start-up of the shared machinery."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackofficeConfig(AppConfig):
    """Connects the one signal of this house: simple-history's hook for extra columns (decision 28)."""

    name = "backoffice"
    verbose_name = _("Back office")

    def ready(self):
        from simple_history.signals import pre_create_historical_record

        from . import among, checks  # noqa: F401  registers the lookup and the system checks
        from .history import fill_origin
        from .jobs import upkeep  # noqa: F401  registers its part of the schedule

        pre_create_historical_record.connect(fill_origin, dispatch_uid="backoffice.history.fill_origin")

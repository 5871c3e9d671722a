"""Start-up of the shared machinery."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class BackofficeConfig(AppConfig):
    """Connects the one signal of this house: simple-history's hook for extra columns (decision 28)."""

    name = "backoffice"
    verbose_name = _("Back office")

    def ready(self):
        from simple_history.signals import pre_create_historical_record

        from . import checks  # noqa: F401  registers the lookup and the system checks
        from .database import lookup_among  # noqa: F401  registers the lookup and the system checks
        from .database.search_index import mend_indexes
        from .importing import page_jobs  # noqa: F401  registers its kind of job
        from .importing.command import add_commands
        from .jobs import upkeep  # noqa: F401  registers its part of the schedule
        from .lists import undo  # noqa: F401  registers the kinds of jobs: to a worker no page imports them
        from .records.history import fill_origin
        from .sections import checks as checks_of_sections  # noqa: F401  registers its checks
        from .sections import mark_checks  # noqa: F401  registers its check
        from .staff import roles  # noqa: F401  grants what holds for every section

        # What each app declares, in the order of the apps; what needs an order of its own is registered by its ready().
        autodiscover_modules("faults", "rights", "sections")
        add_commands()
        post_migrate.connect(mend_indexes, sender=self, dispatch_uid="backoffice.database.search_index.mend")
        pre_create_historical_record.connect(
            fill_origin, dispatch_uid="backoffice.records.history.fill_origin"
        )

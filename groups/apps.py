"""Start-up of the groups app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = _("Groups")

    def ready(self):
        from backoffice.registries import Phase, demo_steps, seeds, url_modules

        from .demo import make_groups
        from .seeding import seed_groups

        url_modules.append("groups.urls")
        seeds.register("groups", seed_groups)
        demo_steps.register("groups", make_groups, phase=Phase.FIXED)

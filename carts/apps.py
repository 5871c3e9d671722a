"""Start-up of the carts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CartsConfig(AppConfig):
    name = "carts"
    verbose_name = _("Carts")

    def ready(self):
        from backoffice.registries import recounts, seeds

        from .demo import register_steps
        from .seeding import seed_order_statuses
        from .services.recounting import recount_carts

        seeds.register("order statuses", seed_order_statuses)
        recounts.register("carts", recount_carts)
        register_steps()

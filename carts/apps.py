"""Start-up of the carts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CartsConfig(AppConfig):
    name = "carts"
    verbose_name = _("Carts")

    def ready(self):
        from backoffice.registries import recounts, seeds
        from customers.registries import deletion_steps

        from .demo import register_steps
        from .seeding import seed_order_statuses
        from .services.deletion import DELETION
        from .services.recounting import recount_carts

        seeds.register("order statuses", seed_order_statuses)
        recounts.register("carts", recount_carts)
        deletion_steps.append(DELETION)
        register_steps()

"""Start-up of the carts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CartsConfig(AppConfig):
    name = "carts"
    verbose_name = _("Carts")

    def ready(self):
        from backoffice.registries import recounts, schedule, seeds, signs_of_a_shop
        from customers.registries import deletion_steps

        from .demo import register_steps
        from .models import Order, Product
        from .seeding import seed_order_statuses
        from .services.deletion import DELETION
        from .services.recounting import recount_carts
        from .services.retention import forget_old_events

        signs_of_a_shop.extend((Order, Product))
        seeds.register("order statuses", seed_order_statuses)
        schedule.register("carts.forget_old_events", forget_old_events, every=24 * 3600)
        recounts.register("carts", recount_carts)
        deletion_steps.append(DELETION)
        register_steps()

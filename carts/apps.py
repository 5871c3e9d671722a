"""Start-up of the carts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CartsConfig(AppConfig):
    name = "carts"
    verbose_name = _("Carts")

    def ready(self):
        from addresses.registries import address_uses
        from backoffice.registries import ageing, recounts, schedule, seeds, signs_of_a_shop, url_modules
        from customers.registries import (
            cart_takers,
            deletion_steps,
            name_followers,
            product_names,
            tag_deletion_steps,
        )
        from groups.services import deletion_steps as group_deletion_steps

        from . import search_index  # noqa: F401  registers itself
        from .demo import register_steps
        from .models import Order, Product
        from .queries.contents import product_names as names_of_products
        from .seeding import seed_order_statuses
        from .services.addresses import USE
        from .services.cart_figures import refresh_cart_figures
        from .services.deletion import DELETION
        from .services.group_deletion import DELETION as GROUP_DELETION
        from .services.order_figures import refresh_order_figures
        from .services.order_words import follow
        from .services.recounting import recount_carts
        from .services.retention import forget_old_events, old_events
        from .services.signing_in import take_cart
        from .services.tag_deletion import DELETION as TAG_DELETION

        signs_of_a_shop.extend((Order, Product))
        seeds.register("order statuses", seed_order_statuses)
        schedule.register("carts.forget_old_events", forget_old_events, every=24 * 3600)
        ageing.register("events of carts", forget_old_events, setting="CART_EVENT_DAYS", old=old_events)
        schedule.register("carts.key_figures", refresh_cart_figures, every=300)
        schedule.register("carts.order_figures", refresh_order_figures, every=300)
        recounts.register("carts", recount_carts)
        deletion_steps.append(DELETION)
        group_deletion_steps.append(GROUP_DELETION)
        tag_deletion_steps.append(TAG_DELETION)
        cart_takers.append(take_cart)
        product_names.append(names_of_products)
        name_followers.append(follow)
        url_modules.append("carts.urls")
        address_uses.append(USE)
        register_steps()

"""Start-up of the addresses app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AddressesConfig(AppConfig):
    name = "addresses"
    verbose_name = _("Addresses")

    def ready(self):
        from backoffice.registries import recounts, seeds, url_modules
        from customers.registries import deletion_steps

        from . import search_index  # noqa: F401  registers itself
        from .demo import register_steps
        from .seeding import seed_countries
        from .services.of_customers import DELETION
        from .services.recounting import recount_addresses

        url_modules.append("addresses.urls")
        seeds.register("countries", seed_countries)
        recounts.register("addresses", recount_addresses)
        deletion_steps.append(DELETION)
        register_steps()

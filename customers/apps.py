"""Start-up of the customers app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    name = "customers"
    verbose_name = _("Customers")

    def ready(self):
        from backoffice.registries import recounts, seeds

        from .seeding import seed_titles
        from .services.recounting import recount_customers

        seeds.register("titles", seed_titles)
        recounts.register("customers", recount_customers)

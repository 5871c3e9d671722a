"""Start-up of the customers app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    name = "customers"
    verbose_name = _("Customers")

    def ready(self):
        from backoffice.registries import ageing, recounts, schedule, seeds, signs_of_a_shop, url_modules
        from groups.rules.words import tellers
        from groups.services import deletion_steps

        from . import search_index  # noqa: F401  registers itself
        from .demo import register_steps
        from .forms.rule_words import told
        from .models import Customer
        from .queries import refresh_key_figures
        from .seeding import seed_titles
        from .services.all_rules import apply_rules_daily
        from .services.group_deletion import DELETION
        from .services.group_report import work_out_group_report
        from .services.recounting import recount_customers
        from .services.retention import forget_old_mails, forget_old_visits, old_mails, old_pages, old_visits
        from .services.shop_sessions import forget_old_sessions

        url_modules.append("customers.urls")
        signs_of_a_shop.append(Customer)
        deletion_steps.append(DELETION)
        tellers.append(told)
        seeds.register("titles", seed_titles)
        schedule.register("customers.key_figures", refresh_key_figures, every=300)
        schedule.register("customers.group_report", work_out_group_report, every=3600)
        schedule.register("customers.group_rules", apply_rules_daily, every=24 * 3600)
        schedule.register("customers.forget_old_sessions", forget_old_sessions, every=24 * 3600)
        schedule.register("customers.forget_old_visits", forget_old_visits, every=24 * 3600)
        schedule.register("customers.forget_old_mails", forget_old_mails, every=24 * 3600)
        ageing.register("connections", forget_old_visits, setting="VISIT_DAYS", old=old_visits)
        ageing.register("pages viewed", forget_old_visits, setting="PAGE_VIEW_DAYS", old=old_pages)
        ageing.register("e-mails of the log", forget_old_mails, setting="MAIL_DAYS", old=old_mails)
        recounts.register("customers", recount_customers)
        register_steps()

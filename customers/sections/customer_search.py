"""How the search box of every page asks for customers (S0.75, S4.85, S4.86, facts 9.1)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.sections import SearchScope

# S0.77, S1.89, S4.88.
_COLUMNS = (
    "id",
    "title",
    "name",
    "email",
    "company",
    "birthday",
    "registered_at",
    "orders_count",
    "active",
)

SEARCH = (
    SearchScope(
        name="customers",
        title=_("Customers"),
        by="q",
        columns=_COLUMNS,
        found=ngettext_lazy(
            "%(n)s customer found with “%(query)s”", "%(n)s customers found with “%(query)s”", "count"
        ),
        by_number=True,
    ),
    SearchScope(
        name="customers_by_name",
        title=_("Customers by name"),
        by="name",
        columns=_COLUMNS,
        found=ngettext_lazy(
            "%(n)s customer found by the name “%(query)s”",
            "%(n)s customers found by the name “%(query)s”",
            "count",
        ),
        everywhere=False,
    ),
    SearchScope(
        name="customers_by_ip",
        title=_("Customers by IP address"),
        by="ip",
        columns=_COLUMNS,
        found=ngettext_lazy(
            "%(n)s customer found by the IP address %(query)s",
            "%(n)s customers found by the IP address %(query)s",
            "count",
        ),
    ),
)

"""What a customer bought, looked at, and put into a cart without ever buying it (S1.64, S4.69–S4.71)."""

from django.utils.translation import gettext as _

from backoffice.lists.latest import ROWS, latest
from backoffice.screen import formats
from backoffice.screen.markup import fill
from backoffice.screen.moments import minute_with_seconds
from backoffice.screen.tables import as_table
from customers.models import Customer
from customers.sections.visit_words import same_ip_mark

from ..models import Product, with_choices
from ..queries import interests_of, products_of, purchases_of, views_of
from .links import linked, record_url


def purchases_panel(customer: Customer, staff) -> dict:
    """The lines of valid orders, the latest first (S4.69)."""
    found = latest(purchases_of(customer))
    columns = ((_("Date"), "date"), (_("Quantity"), "num"), (_("Name"), "wraps"))
    return {
        "count": found.count,
        "empty": "" if found.rows else _("%(name)s has not bought anything yet.") % {"name": customer},
        **as_table(
            columns,
            [
                (
                    minute_with_seconds(line["order__placed_at"]),
                    formats.number(line["quantity"]),
                    _named(
                        line["product"],
                        with_choices(line["product_name"], line["product__choices"] or {}),
                        staff,
                    ),
                )
                for line in found.rows
            ],
        ),
    }


def interests_panel(customer: Customer, staff) -> dict:
    """What they put into a cart and never bought (decision 18)."""
    keys = interests_of(customer)
    return {
        "count": formats.number(len(keys)),
        "empty": "" if keys else _("No products were left in carts."),
        **as_table(
            ((_("ID"), "num"), (_("Name"), "wraps")),
            [
                (product.pk, _named(product.pk, product.full_name, staff))
                for product in products_of(keys[:ROWS])
            ],
        ),
    }


def views_panel(customer: Customer, staff) -> dict:
    """The pages of products they looked at lately (S4.70); marked where only the IP address says so (S4.71)."""
    views = views_of(customer)
    return {
        "count": formats.number(len(views)),
        "empty": "" if views else _("%(name)s has not viewed any products lately.") % {"name": customer},
        **as_table(
            ((_("Date"), "date"), (_("ID"), "num"), (_("Name"), "wraps")),
            [
                (minute_with_seconds(viewed_at), product.pk, _seen(product, is_theirs, staff))
                for viewed_at, product, is_theirs in views[:ROWS]
            ],
        ),
    }


def _named(key: int | None, name: str, staff) -> str:
    """A product by name, the way to its page (facts 4.5); the name alone of one that is gone."""
    return linked(record_url("products", key, staff) if key else "", name)


def _seen(product: Product, is_theirs: bool, staff) -> str:
    named = _named(product.pk, product.full_name, staff)
    return named if is_theirs else fill("{} {}", named, same_ip_mark())

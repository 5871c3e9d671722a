"""What finds a customer finds their orders, too: one text, in which the name stays that an order was placed in."""

from django.db import migrations

from backoffice.database import bulk_sql
from backoffice.database.folding import plain
from carts.search_index import ORDERS_SEARCH

_BATCH = 5_000


def fill(apps, schema_editor):
    """As `Order.search_text` is written; by blocks of keys, so that no block has to be looked for."""
    Order = apps.get_model("carts", "Order")
    last = Order.objects.order_by("-pk").values_list("pk", flat=True).first()
    names = ("customer_name", "customer_email", "customer__search_text", "search_text")
    with ORDERS_SEARCH.put_aside():
        for first in range(0, (last or -1) + 1, _BATCH):
            orders = Order.objects.filter(pk__range=(first, first + _BATCH - 1)).order_by("pk")
            found = ((key, _words(*facts), stored) for key, *facts, stored in orders.values_list("pk", *names))
            bulk_sql.update(
                Order, ["search_text"], [(key, words) for key, words, stored in found if words != stored]
            )


def _words(name: str, email: str, customer: str | None) -> str:
    return " " + plain(f"{name} {email} {customer or ''}")


class Migration(migrations.Migration):
    dependencies = [("carts", "0009_products_told"), ("customers", "0023_acts_of_members")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

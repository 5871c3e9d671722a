"""Orders are found by the name they were placed in, products and vouchers by what stands in their names."""

from django.db import migrations

from backoffice.database.fields import SearchField
from backoffice.database.refolding import refolding
from carts.search_index import ORDERS_SEARCH, PRODUCTS_SEARCH, VOUCHERS_SEARCH


class Migration(migrations.Migration):
    dependencies = [("carts", "0006_order_and_voucher_lists")]

    operations = [
        *(
            migrations.AddField(model, "search_text", SearchField(blank=True, default="", editable=False))
            for model in ("order", "product", "voucher")
        ),
        # What orders are found by is filled in by 0010.
        *(refolding(label) for label in ("carts.product", "carts.voucher")),
        ORDERS_SEARCH.operation(),
        PRODUCTS_SEARCH.operation(),
        VOUCHERS_SEARCH.operation(),
    ]

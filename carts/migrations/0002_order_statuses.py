"""How an order can stand."""

from django.db import migrations

from backoffice.records.seeding import seeding
from carts.seeding import seed_order_statuses


class Migration(migrations.Migration):
    dependencies = [("carts", "0001_initial")]

    operations = [seeding(seed_order_statuses)]

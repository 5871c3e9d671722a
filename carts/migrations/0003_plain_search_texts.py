"""Search columns hold plain text now: without punctuation, telephones in one form."""

from django.db import migrations

from backoffice.database.refolding import refolding


class Migration(migrations.Migration):
    dependencies = [("carts", "0002_order_statuses")]

    operations = [refolding("carts.product")]

"""The trigram index of the customers' search column."""

from django.db import migrations

from customers.search_index import CUSTOMERS_SEARCH


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial")]

    operations = [CUSTOMERS_SEARCH.operation()]

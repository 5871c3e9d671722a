"""The trigram index of the addresses' search column."""

from django.db import migrations

from addresses.search_index import ADDRESSES_SEARCH


class Migration(migrations.Migration):
    dependencies = [("addresses", "0001_initial")]

    operations = [ADDRESSES_SEARCH.operation()]

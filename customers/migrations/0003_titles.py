"""The titles of a fresh shop."""

from django.db import migrations

from backoffice.records.seeding import seeding
from customers.seeding import seed_titles


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0001_initial"), ("customers", "0002_search")]

    operations = [seeding(seed_titles)]

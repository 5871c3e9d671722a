"""Countries and states."""

from django.db import migrations

from backoffice.records.seeding import seeding
from addresses.seeding import seed_countries


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0001_initial"), ("addresses", "0002_search")]

    operations = [seeding(seed_countries)]

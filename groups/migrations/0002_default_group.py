"""The group that every shop has."""

from django.db import migrations

from backoffice.records.seeding import seeding
from groups.seeding import seed_groups


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0001_initial"), ("groups", "0001_initial")]

    operations = [seeding(seed_groups)]

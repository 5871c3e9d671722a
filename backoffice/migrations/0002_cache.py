"""The table of the cache that all workers share (settings.CACHES), so that `migrate` is all a new shop needs."""

from django.core.management import call_command
from django.db import migrations

TABLE = "cache_entries"


def create(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]

"""The Activity is only added to, but what is old goes: on PostgreSQL by a function of the owner of the tables.

The application's role may delete no event (S18). The function deletes for it, a block at a time, and never one of the
last thirty days, whatever it is asked.
"""

from django.db import migrations

_FUNCTION = """
CREATE FUNCTION delete_old_events(latest timestamptz, most integer) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH gone AS (
        DELETE FROM backoffice_event WHERE id IN (
            SELECT id FROM backoffice_event
            WHERE at < LEAST(latest, now() - interval '30 days') ORDER BY at LIMIT most
        ) RETURNING 1
    ) SELECT count(*) FROM gone
$$
"""
_CLOSED = "REVOKE ALL ON FUNCTION delete_old_events(timestamptz, integer) FROM PUBLIC"


def _make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_FUNCTION)
        schema_editor.execute(_CLOSED)


def _drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION delete_old_events(timestamptz, integer)")


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0008_import_blocks")]

    operations = [migrations.RunPython(_make, _drop)]

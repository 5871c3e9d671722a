"""Each line of the consent ledger says what the consent was before, and every consent given has a line."""

from django.db import migrations, models
from django.db.models import BooleanField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

# Of whoever's flag is not what their last line says; whoever never agreed needs none. The last lines are found all at
# once: asked for one by one, PostgreSQL passes over the lines that this very statement has just written.
_FIRST_LINES = """
    INSERT INTO customers_consent (customer_id, kind, was, given, at, ground, door)
    SELECT id, '{kind}', given, NOT given, CASE WHEN given THEN updated_at ELSE {at} END, 'not stated', 'command' FROM (
        SELECT customer.*, COALESCE(line.given, {no}) AS given FROM customers_customer customer
        LEFT JOIN (
            SELECT customer_id, MAX(id) AS id FROM customers_consent WHERE kind = '{kind}' GROUP BY customer_id
        ) latest ON latest.customer_id = customer.id
        LEFT JOIN customers_consent line ON line.id = latest.id
    ) found WHERE {kind} <> given
"""
_SINCE = {"newsletter": "COALESCE(newsletter_at, registered_at)", "partner_offers": "registered_at"}


def say_what_it_was(apps, schema_editor):
    Consent = apps.get_model("customers", "Consent")
    earlier = Consent.objects.filter(
        customer=OuterRef("customer"), kind=OuterRef("kind"), pk__lt=OuterRef("pk")
    ).order_by("-pk")
    Consent.objects.update(
        was=Coalesce(Subquery(earlier.values("given")[:1]), Value(False), output_field=BooleanField())
    )


def add_first_lines(apps, schema_editor):
    no = "0" if schema_editor.connection.vendor == "sqlite" else "false"
    with schema_editor.connection.cursor() as cursor:
        for kind, at in _SINCE.items():
            cursor.execute(_FIRST_LINES.format(kind=kind, at=at, no=no))


class Migration(migrations.Migration):
    dependencies = [("customers", "0015_password_links")]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="was",
            field=models.BooleanField(db_default=False, default=False, verbose_name="Given before"),
        ),
        migrations.RunPython(say_what_it_was, migrations.RunPython.noop),
        migrations.RunPython(add_first_lines, migrations.RunPython.noop),
    ]

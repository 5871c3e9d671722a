"""No line of the consent ledger is changed any more: the database refuses it."""

from django.db import migrations

from backoffice.database.constraints import OnlyAdded


class Migration(migrations.Migration):
    dependencies = [("customers", "0016_consent_ledger")]

    operations = [
        migrations.AddConstraint(
            model_name="consent",
            constraint=OnlyAdded(
                fields=("kind", "was", "given", "at", "ground", "staff", "door", "ip"),
                name="consent_is_never_changed",
            ),
        ),
    ]

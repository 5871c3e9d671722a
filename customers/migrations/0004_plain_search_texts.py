"""Search columns hold plain text now: without punctuation, telephones in one form."""

from django.db import migrations

from backoffice.database.refolding import refolding


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_titles")]

    operations = [refolding("customers.customer")]

"""Search columns hold plain text now: without punctuation, telephones in one form."""

from django.db import migrations

from backoffice.database.refolding import refolding


class Migration(migrations.Migration):
    dependencies = [("addresses", "0003_countries")]

    operations = [refolding("addresses.address")]

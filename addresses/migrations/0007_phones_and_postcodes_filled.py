"""Addresses that are there already: their postcodes as they are sought, their phones as they are dialled."""

from itertools import islice

from django.db import migrations

from addresses.rules.phones import dialled
from backoffice.database.refolding import refolding

BATCH = 2_000


def fill_dialled(apps, schema_editor):
    addresses = apps.get_model("addresses", "Address").objects
    rows = addresses.exclude(phone="", phone_mobile="").order_by("pk").iterator(chunk_size=BATCH)
    while some := list(islice(rows, BATCH)):
        for address in some:
            address.phone_e164 = dialled(address.phone, address.country_id)
            address.phone_mobile_e164 = dialled(address.phone_mobile, address.country_id)
        addresses.bulk_update(some, ["phone_e164", "phone_mobile_e164"])


class Migration(migrations.Migration):
    dependencies = [("addresses", "0006_phones_and_postcodes_told")]

    operations = [
        refolding("addresses.address"),
        migrations.RunPython(fill_dialled, migrations.RunPython.noop),
    ]

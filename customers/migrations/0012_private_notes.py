"""The private note of each file is its pinned note, too."""

from itertools import islice

from django.db import migrations
from django.db.models import Exists, F, OuterRef

BATCH = 2_000


def pin_the_private_notes(apps, schema_editor):
    Customer, Note = apps.get_model("customers", "Customer"), apps.get_model("customers", "Note")
    pinned = Note.objects.filter(pinned=True)
    pinned.exclude(text=F("customer__note")).update(pinned=False)
    theirs = pinned.filter(customer=OuterRef("pk"))
    without = Customer.objects.exclude(note="").exclude(Exists(theirs)).order_by("pk")
    rows = without.values_list("pk", "note", "updated_at").iterator(chunk_size=BATCH)
    while some := list(islice(rows, BATCH)):
        Note.objects.bulk_create(
            Note(customer_id=key, text=text, pinned=True, version=1, created_at=at) for key, text, at in some
        )
    counters = apps.get_model("backoffice", "Counter").objects.filter(name="customers.note")
    counters.update(value=Note.objects.count())


class Migration(migrations.Migration):
    dependencies = [("customers", "0011_last_messages"), ("backoffice", "0004_sent_forms")]

    operations = [migrations.RunPython(pin_the_private_notes, migrations.RunPython.noop)]

"""What was said last in the conversations that are there already, and the index by which they are searched."""

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Substr

from backoffice.database.refolding import refolding
from customers.search_index import MESSAGES_SEARCH


def know_the_last_message(apps, schema_editor):
    Message, Thread = apps.get_model("customers", "Message"), apps.get_model("customers", "Thread")
    theirs = Message.objects.filter(thread=OuterRef("pk"), private=False).order_by("-sent_at", "-id")
    spoken = Message.objects.filter(private=False)
    Thread.objects.filter(pk__in=spoken.values("thread")).update(
        last_text=Subquery(theirs.values(beginning=Substr("text", 1, 75))[:1])
    )
    waiting = Message.objects.filter(direction="customer", read_at=None)
    Thread.objects.filter(pk__in=waiting.values("thread")).update(unread=True)


class Migration(migrations.Migration):
    dependencies = [("customers", "0010_conversations")]

    operations = [
        migrations.RunPython(know_the_last_message, migrations.RunPython.noop),
        refolding("customers.thread"),
        MESSAGES_SEARCH.operation(),
    ]

"""What the list of conversations shows of their messages, who they are assigned to, and how far a mail is."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from backoffice.database.fields import FoldedField, SearchField


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0009_tasks_in_calendars"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField("thread", "started_at", "created_at"),
        migrations.RenameField("historicalthread", "started_at", "created_at"),
        migrations.AlterField(
            "historicalthread",
            "created_at",
            models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="Creation date"
            ),
        ),
        migrations.AlterField(
            "thread",
            "created_at",
            models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="Creation date"
            ),
        ),
        migrations.AddField(
            "thread",
            "updated_at",
            models.DateTimeField(
                auto_now=True, default=django.utils.timezone.now, verbose_name="Last update"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "historicalthread",
            "assignee",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Assigned to",
            ),
        ),
        migrations.AddField(
            "thread",
            "assignee",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="threads",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Assigned to",
            ),
        ),
        migrations.AddField(
            "thread",
            "last_text",
            models.CharField(
                blank=True, db_default="", default="", max_length=75, verbose_name="Beginning of the text"
            ),
        ),
        migrations.AddField(
            "thread",
            "unread",
            models.BooleanField(db_default=False, default=False, verbose_name="Unread"),
        ),
        migrations.AddField("thread", "subject_key", FoldedField(max_length=255, source="subject")),
        migrations.AddField("thread", "last_text_key", FoldedField(max_length=255, source="last_text")),
        migrations.AddField(
            "thread", "search_text", SearchField(blank=True, default="", editable=False)
        ),
        migrations.AddField(
            "message",
            "delivery",
            models.CharField(
                blank=True,
                choices=[
                    ("waiting", "Not sent yet"),
                    ("sending", "Being sent"),
                    ("sent", "Sent"),
                    ("failed", "Not sent"),
                ],
                db_default="",
                default="",
                max_length=8,
                verbose_name="Delivery",
            ),
        ),
        migrations.AddField(
            "message",
            "tried_at",
            models.DateTimeField(blank=True, null=True, verbose_name="Sending begun"),
        ),
        migrations.AddIndex(
            "thread", models.Index(fields=["assignee", "last_message_at"], name="thread_of_assignee")
        ),
        migrations.AddIndex(
            "thread",
            models.Index(
                condition=models.Q(("unread", True)),
                fields=["last_message_at", "id"],
                name="thread_unread",
            ),
        ),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                condition=models.Q(
                    ("delivery", ""),
                    models.Q(
                        ("delivery__in", ["waiting", "sending", "sent", "failed"]),
                        ("direction", "staff"),
                        ("private", False),
                    ),
                    _connector="OR",
                ),
                name="message_mailed_is_an_answer",
            ),
        ),
    ]

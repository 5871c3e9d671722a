"""The secret links by which calendar programs read tasks."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from backoffice.personal import Marks


class TaskFeedQuerySet(models.QuerySet):
    """Links, and which of them are open."""

    def valid(self):
        """Those of staff who may sign in, and have not been disabled since: that ends every link given out."""
        return self.filter(staff__is_active=True, session_round=F("staff__session_round"))


class TaskFeed(models.Model):
    """The one link of a member of staff to their tasks (S3.36, decision 31); of its token only the hash is stored."""

    staff = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="task_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    session_round = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    personal = Marks(secret="token_hash", technical="staff session_round created_at")  # noqa: S106  a field's name

    objects = TaskFeedQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"link of {self.staff}"

"""What the shared machinery itself has to tidy up now and then."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from backoffice.models import SentForm
from backoffice.registries import schedule

DAY = 24 * 3600
KEEP_FINISHED_JOBS = timedelta(days=14)
KEEP_SENT_FORMS = timedelta(days=7)


def clear_expired_sessions() -> str:
    """Deletes the sessions that nobody can use any more."""
    gone, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return f"{gone} expired sessions deleted"


def prune_finished_jobs() -> str:
    """Deletes the rows of jobs that ended more than 14 days ago."""
    gone, _ = (
        DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEEP_FINISHED_JOBS).delete()
    )
    return f"{gone} finished jobs deleted"


def forget_sent_forms() -> str:
    """Deletes what is remembered of forms that nobody will send again."""
    gone, _ = SentForm.objects.filter(at__lt=timezone.now() - KEEP_SENT_FORMS).delete()
    return f"{gone} sent forms forgotten"


schedule.register("clear_expired_sessions", clear_expired_sessions, every=DAY)
schedule.register("prune_finished_jobs", prune_finished_jobs, every=DAY)
schedule.register("forget_sent_forms", forget_sent_forms, every=DAY)

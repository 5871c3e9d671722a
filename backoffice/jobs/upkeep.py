"""What the shared machinery itself has to tidy up now and then."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from backoffice.database.search_index import all_indexes
from backoffice.models import AnsweredRequest, Job, JobBlock, SentForm
from backoffice.records.old_events import forget_old_events, old_events
from backoffice.registries import ageing, schedule

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


def forget_deleted_text() -> str:
    """Takes what was deleted out of SQLite's file for good: out of the search indexes and the write-ahead log.

    The table itself is overwritten at once (`secure_delete`); PostgreSQL's own vacuum does its part there.
    """
    if connection.vendor != "sqlite":
        return "nothing to do"
    indexes = all_indexes()
    for index in indexes:
        index.forget()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return f"{len(indexes)} search indexes put together anew"


def prune_jobs() -> str:
    """Forgets whom a bulk change was about when it can no longer be undone, and the change itself later (decision 50).

    A question that nobody answered goes after a day.
    """
    now = timezone.now()
    past = Job.objects.filter(finished_at__lt=now - timedelta(days=settings.UNDO_DAYS))
    JobBlock.objects.filter(job__in=past).delete()
    past.exclude(query="").update(query="")
    unanswered = Job.objects.filter(state=Job.State.ASKED, created_at__lt=now - timedelta(days=1))
    gone, _ = (old_jobs(now - timedelta(days=settings.JOB_DAYS)) | unanswered).delete()
    return f"{gone} rows of old bulk changes deleted"


def old_jobs(latest: datetime) -> QuerySet[Job]:
    """The bulk changes from before that moment."""
    return Job.objects.filter(created_at__lt=latest)


def past_undo(latest: datetime) -> QuerySet[Job]:
    """The bulk changes that ended before that moment and still know whom they were about."""
    known = Q(Exists(JobBlock.objects.filter(job=OuterRef("pk")))) | ~Q(query="")
    return Job.objects.filter(known, finished_at__lt=latest)


schedule.register("prune_jobs", prune_jobs, every=DAY)
ageing.register("results of bulk changes", prune_jobs, setting="JOB_DAYS", old=old_jobs)
ageing.register("bulk changes that can be undone", prune_jobs, setting="UNDO_DAYS", old=past_undo)
schedule.register("forget_old_events", forget_old_events, every=DAY)
ageing.register("lines of the activity", forget_old_events, setting="EVENT_DAYS", old=old_events)


def forget_sent_forms() -> str:
    """Deletes what is remembered of forms that nobody will send again."""
    gone, _ = SentForm.objects.filter(at__lt=timezone.now() - KEEP_SENT_FORMS).delete()
    return f"{gone} sent forms forgotten"


def forget_answered_requests() -> str:
    """Deletes what the API answered under a key that nobody will send again."""
    gone, _ = AnsweredRequest.objects.filter(at__lt=timezone.now() - KEEP_SENT_FORMS).delete()
    return f"{gone} answered requests forgotten"


schedule.register("forget_answered_requests", forget_answered_requests, every=DAY)
schedule.register("clear_expired_sessions", clear_expired_sessions, every=DAY)
schedule.register("prune_finished_jobs", prune_finished_jobs, every=DAY)
schedule.register("forget_sent_forms", forget_sent_forms, every=DAY)
schedule.register("forget_deleted_text", forget_deleted_text, every=DAY)

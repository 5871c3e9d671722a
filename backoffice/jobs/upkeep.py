"""What the shared machinery itself has to tidy up now and then."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from backoffice.database.search_index import all_indexes
from backoffice.registries import schedule

DAY = 24 * 3600
KEEP_FINISHED_JOBS = timedelta(days=14)


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


schedule.register("clear_expired_sessions", clear_expired_sessions, every=DAY)
schedule.register("prune_finished_jobs", prune_finished_jobs, every=DAY)
schedule.register("forget_deleted_text", forget_deleted_text, every=DAY)

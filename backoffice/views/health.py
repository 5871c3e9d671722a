"""Whether the shop works, for whatever watches it: `/alive/` and `/health/` (decision 31)."""

from __future__ import annotations

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..access.rights import open_to_all
from ..database.limits import HEALTH, limited
from ..jobs.heartbeat import last_seen

# What is asked by machines: nobody is signed in there, and no session is looked up.
WATCHED = ("alive", "health")


@open_to_all
@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """200 while the process serves, whatever the database does: who restarts it on anything else helps nobody."""
    return JsonResponse({"status": "ok"})


@open_to_all
@never_cache
@require_safe
@limited(HEALTH)
def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers, else 503, within 3 seconds (S3).

    `worker_seconds` is the age of the last sign of life of a worker, null when none runs: background work waits
    then, pages do not, so it changes no status.
    """
    try:
        seen = last_seen()
    except Error:
        return no_database()
    age = max(0, round((timezone.now() - seen).total_seconds())) if seen else None
    return JsonResponse({"status": "ok", "worker_seconds": age})


def no_database() -> JsonResponse:
    """503, in the words of this page."""
    return JsonResponse({"status": "no database"}, status=503, headers={"Retry-After": "30"})

"""What the shared machinery stores."""

from .api import AnsweredRequest, ApiAllowance, ApiToken
from .counters import Counter, Summary
from .event import Event
from .imports import Import, ImportBlock, ImportPart, ImportRow
from .job import Job, JobBlock
from .kept import Kept
from .sent import SentForm
from .settings import ColumnChoice, Option, RequiredField
from .work import ScheduledRun, WorkerHeartbeat

__all__ = [
    "AnsweredRequest",
    "ApiAllowance",
    "ApiToken",
    "ColumnChoice",
    "Counter",
    "Event",
    "Import",
    "ImportBlock",
    "ImportPart",
    "ImportRow",
    "Job",
    "JobBlock",
    "Kept",
    "Option",
    "RequiredField",
    "ScheduledRun",
    "SentForm",
    "Summary",
    "WorkerHeartbeat",
]

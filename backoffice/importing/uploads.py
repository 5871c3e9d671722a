"""The files of the imports page: kept in the database until they went in, or for a day, and as a file while read."""

import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..models import Import, ImportBlock, ImportPart, Job
from ..registries import schedule

PIECE = 1024 * 1024
KEPT_HOURS = 24
HOUR = 3600
_FOLDER = "backoffice-import-"
_AT_WORK = (Job.State.WAITING, Job.State.RUNNING)


@transaction.atomic
def keep(imported: Import, pieces: Iterable[bytes]) -> Import:
    """Store an import with its file."""
    imported.save()
    for place, data in enumerate(pieces):
        ImportPart.objects.create(imported=imported, place=place, data=data)
        imported.size += len(data)
    imported.save(update_fields=["size"])
    return imported


@contextmanager
def on_disk(imported: Import) -> Iterator[Path]:
    """The file under its own name, while entered; an empty one where it is no longer kept."""
    with TemporaryDirectory(prefix=_FOLDER) as folder:
        path = Path(folder) / _name(imported.file)
        with path.open("wb") as file:
            for data in imported.parts.order_by("place").values_list("data", flat=True):
                file.write(data)
        yield path


def _name(name: str) -> str:
    """A name that every disk takes, which is the file's own where that is one."""
    plain = re.sub(r"[/\\\0]", "_", name).encode(errors="replace")[:200].decode(errors="ignore")
    return plain if plain.strip(". ") else "import.csv"


def forget(imported: Import) -> None:
    """The file is no longer needed: neither it nor the cells that were shown of it."""
    imported.parts.all().delete()
    for column in imported.look.get("columns", ()):
        column["samples"] = []
    imported.save(update_fields=["look"])


def forget_files() -> str:
    """Deletes the files that nobody has taken in within a day, the faults of imports by command when those of jobs go,
    and imports of long ago (decision 50)."""
    now = timezone.now()
    old = Import.objects.filter(created_at__lt=now - timedelta(hours=KEPT_HOURS), parts__place=0)
    for imported in old.exclude(run__state__in=_AT_WORK).exclude(dry_run__state__in=_AT_WORK):
        forget(imported)
    past_undo = now - timedelta(days=settings.UNDO_DAYS)
    ImportBlock.objects.filter(imported__created_at__lt=past_undo).delete()
    gone, _ = Import.objects.filter(created_at__lt=now - timedelta(days=settings.JOB_DAYS)).delete()
    _forget_folders()
    return f"{gone} rows of old imports deleted"


def _forget_folders() -> None:
    """What a worker that was killed left on the disk."""
    for folder in Path(gettempdir()).glob(f"{_FOLDER}*"):
        try:
            is_old = folder.stat().st_mtime < time.time() - KEPT_HOURS * HOUR
        except OSError:
            continue
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)


schedule.register("forget_import_files", forget_files, every=HOUR)

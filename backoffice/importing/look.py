"""What a file is understood as, before anything is taken in: as plain values, which a page shows as often as asked."""

from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Import
from ..screen import formats
from ..sections import Section
from .columns import Layout, told_as
from .command import opened
from .encodings import ENCODINGS
from .opening import about_columns
from .options import for_page, named_in
from .reading import CsvFile, Unreadable, shown
from .run import Work

_ROWS_LOOKED_AT = 50
_SAMPLES = 3
_LONGEST_SAMPLE = 60


def look_at(section: Section, path: Path, options: dict[str, Any]) -> dict[str, Any]:
    """What the file is recognised as and what each column is taken for.

    Where it cannot be taken in, `fault` says why, and `mends` which options may help: those that it names, and those
    that somebody has said something in.
    """
    section = section.now()
    try:
        work = opened(section, path, **options)
    except Unreadable as refusal:
        mends = [*named_in(section, refusal.message), *refusal.mends, *options]
        return {"fault": for_page(section, refusal.message), "mends": list(dict.fromkeys(mends))}
    if (rows := work.file.length) > settings.IMPORT_ROWS:
        most = settings.IMPORT_ROWS
        said = ngettext(
            "The file has %(rows)s rows; this page takes %(n)s row. Split it, or use the command on the server.",
            "The file has %(rows)s rows; this page takes %(n)s rows. Split it, or use the command on the server.",
            most,
        )
        return {"fault": said % {"rows": formats.number(rows), "n": formats.number(most)}, "mends": []}
    in_table = set(about_columns(section, work.layout))
    return {
        "fault": "",
        "encoding": encoding_name(work.file),
        "delimiter": {"\t": _("tab")}.get(work.file.delimiter, work.file.delimiter),
        "line": work.file.header_lines[0],
        "rows": rows,
        "block": work.block,
        "columns": columns_of(section, work),
        "notices": [for_page(section, one) for one in work.notices if one not in in_table],
    }


def encoding_name(file: CsvFile) -> str:
    """What people call the encoding."""
    return "UTF-8" if file.encoding == "utf-8-sig" else ENCODINGS.get(file.encoding, file.encoding).upper()


def columns_of(section: Section, work: Work) -> list[dict[str, Any]]:
    """Each column with what it is read as, some of its cells, or why it is not read and what it may be."""
    layout, likely = work.layout, dict(work.layout.likely)
    reasons = _reasons(layout)
    samples = _samples(work.file, len(layout.names))
    fields = {place: field for field, place in layout.places.items()}
    columns = []
    for place, name in enumerate(layout.names):
        column = {
            "name": name,
            "samples": samples[place],
            "field": "",
            "why": "",
            "maybe": "",
            "maybe_field": "",
        }
        if place in fields:
            column["field"] = told_as(section, fields[place])
        else:
            column["why"] = reasons.get(name, [""]).pop(0) if reasons.get(name) else ""
            maybe = likely.get(work.file.header[place], "")
            column |= {"maybe_field": maybe, "maybe": told_as(section, maybe) if maybe else ""}
        columns.append(column)
    return columns


def _reasons(layout: Layout) -> dict[str, list[str]]:
    """Why columns are not read, by their names, in their order: two may have one name."""
    found: dict[str, list[str]] = {}
    for name, reason in layout.unused:
        found.setdefault(name, []).append(reason)
    return found


def _samples(file: CsvFile, columns: int) -> list[list[str]]:
    """The first cells of each column that hold anything, each once."""
    found: list[list[str]] = [[] for _place in range(columns)]
    for row in islice(file.rows(), _ROWS_LOOKED_AT):
        for some, cell in zip(found, row.cells, strict=False):
            text = shown(cell.strip(), _LONGEST_SAMPLE)
            if text and text not in some and len(some) < _SAMPLES:
                some.append(text)
    return found


def look_again(imported: Import, section: Section, path: Path) -> None:
    """Understand the file by what is said of it now; what a dry run told before holds no longer."""
    imported.look = look_at(section, path, imported.options)
    imported.dry_run, imported.figures = None, {}
    imported.save(update_fields=["options", "look", "dry_run", "figures"])

"""A file opened and understood for a section, and what there is to tell about it before the first row."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..screen import formats
from ..sections import Section
from .asked import Asked
from .columns import Layout, columns_of, compared, told_as
from .reading import CsvFile, Unreadable


def open_file(
    section: Section, path: str | Path, asked: Asked, *, also: Callable[[str], bool] = lambda name: False
) -> tuple[CsvFile, Layout]:
    """The file, and where in it each field stands. `also` knows further column names. Raises Unreadable."""
    columns, pairs = columns_of(section), asked.pairs()
    named = {compared(column) for column, _name in pairs}
    file = CsvFile(
        path,
        knows=lambda name: columns.knows(name) or compared(name) in named or also(name),
        encoding=asked.encoding,
        delimiter=asked.delimiter,
    )
    return file, columns.layout_of(file.header, columns.told(pairs, file.header))


def lacks(layout: Layout, labels: Iterable[str]) -> Unreadable:
    """That a file has no such columns: once, and not of each row (I8)."""
    said = _("These columns are missing: %(columns)s. The first line has: %(header)s.")
    header = ", ".join(map(formats.quoted, layout.names))
    return Unreadable(said % {"columns": ", ".join(labels), "header": header}, mends=("map",))


def notices_of(section: Section, file: CsvFile, layout: Layout) -> list[str]:
    """What is not read of a file, what it may be, and what its first lines are."""
    return [*_about_lines(file), *about_columns(section, layout)]


def about_columns(section: Section, layout: Layout) -> list[str]:
    """Which columns are not read, and what they may be."""
    return [*_unused(layout.unused), *_likely(section, layout)]


def _about_lines(file: CsvFile) -> list[str]:
    said = []
    first = file.header_lines[0]
    if first != file.first_line:
        said.append(
            _("The column names stand in line %(line)s; nothing above it is taken in.") % {"line": first}
        )
    if file.wrapped:
        said.append(_("Each line stands in quotation marks as a whole; they are left out."))
    if len(file.header_lines) > 1:
        said.append(
            _("The header stands in lines %(first)s and %(second)s; both are read as one.")
            % {"first": first, "second": file.header_lines[1]}
        )
    return said


def _unused(unused: Iterable[tuple[str, str]]) -> list[str]:
    """The columns that are not read, those of one reason in one sentence."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in unused:
        by_reason.setdefault(reason, []).append(formats.quoted(name))
    said = []
    for reason, names in by_reason.items():
        one = ngettext(
            "Column %(columns)s is not used: %(reason)s.",
            "Columns %(columns)s are not used: %(reason)s.",
            len(names),
        )
        said.append(one % {"columns": ", ".join(names), "reason": reason})
    return said


def _likely(section: Section, layout: Layout) -> list[str]:
    said = _("Column “%(column)s” may be: %(field)s. If it is, add: %(option)s")
    return [
        said
        % {
            "column": column,
            "field": told_as(section, name),
            "option": f'--map "{column}={name}"',
        }
        for column, name in layout.likely
    ]

"""`manage.py import_<slug> FILE [--dry-run] [options]`, for every importable section.

The commands are added at start-up, their options are those that `options_of` declares.
"""

import os
import sys
import time
from contextlib import suppress
from typing import Any

from django.core.management import get_commands
from django.core.management.base import CommandError, OutputWrapper
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..commands import ShopCommand
from ..records.actors import Actor, Door
from ..screen import formats
from ..sections import ImportOption, Section, all_sections
from .options import options_of
from .reading import Unreadable
from .report import Fault
from .rows import RowsImport


class ImportCommand(ShopCommand):
    """Takes records of one section in from a CSV file."""

    def __init__(self, section: Section, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.section = section
        self.help = (
            f"Takes {section.slug} in from a CSV file. Exit status 0: all rows went in; 1: some were refused, each is"
            " told with line, column and reason; 2: the file cannot be read, nothing was changed."
        )

    def rpartition(self, separator: str) -> tuple[str, str, str]:
        """`manage.py help` takes what stands in the list of commands for the dotted name of an app, never a command."""
        return "", "", self.section.model._meta.app_label

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would happen, and change nothing"
        )
        for option in options_of(self.section):
            parser.add_argument(option.argument, help=str(option.help), **_argument(option))

    def handle(self, *, file, dry_run, **options):
        if not options.get("stdout"):
            # The command was made at start-up; what it prints goes where output goes now.
            self.stdout = OutputWrapper(sys.stdout)
        if reconfigure := getattr(self.stdout, "reconfigure", None):
            reconfigure(errors="replace")  # a terminal that lacks a letter does not stop an import
        try:
            asked = {option.name: options[option.name] for option in options_of(self.section)}
            work = opened(self.section, file, **asked)
        except Unreadable as refusal:
            raise CommandError(refusal.message, returncode=2) from None
        for column, field in work.understood:
            self._say(f"{column} → {field}")
        for notice in work.notices:
            self._say(notice)
        progress = _Progress(work.file.length)

        def tell(fault: Fault) -> None:
            progress.clear()
            self._say(str(fault))

        report = work.run(
            by=Actor(staff=None, door=Door.IMPORT),
            dry_run=dry_run,
            tell=tell,
            progress=progress,
        )
        progress.clear()
        for remark in report.remarks():
            self._say(remark)
        self._say(report.summary())
        if dry_run:
            self._say(_("This was a dry run: nothing was changed."))
        if report.stopped and not dry_run:
            said = _("Stopped before the end. What went in stays; the same file can be imported again.")
            raise CommandError(said, returncode=1)
        if report.refused:
            said = (
                ngettext("%(n)s row would be refused.", "%(n)s rows would be refused.", report.refused)
                if dry_run
                else ngettext("%(n)s row was refused.", "%(n)s rows were refused.", report.refused)
            )
            raise CommandError(said % {"n": formats.number(report.refused)}, returncode=1)

    def _say(self, text: str) -> None:
        """Print a line without what a terminal would obey: some of it comes from the file.

        Where nobody listens any more (`| head`) the import goes on all the same, and says nothing.
        """
        try:
            self.stdout.write("".join(c if c.isprintable() else " " for c in text))
        except BrokenPipeError:
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), self.stdout.fileno())


def _argument(option: ImportOption) -> dict[str, Any]:
    """How argparse reads an option."""
    if option.choices:
        return {"choices": [value for value, _label in option.choices], "default": option.default}
    if not option.form:
        return {"action": "store_true"}
    if option.many:
        return {"action": "append", "default": [], "metavar": option.form}
    return {"default": option.default, "metavar": option.form}


def opened(section: Section, file, **asked):
    """The import of that file into that section, understood but not begun. Raises Unreadable."""
    if section.importing:
        return section.importing.open(file, **asked)
    return RowsImport(section, file, **asked)


def add_commands() -> None:
    """Add a command for every section whose records can come from files."""
    commands: dict[str, Any] = get_commands()  # names of apps, or commands themselves
    for section in all_sections():
        if section.is_imported:
            commands[f"import_{section.slug}"] = ImportCommand(section)


class _Progress:
    """How far it is, on a terminal, once it takes more than a second."""

    def __init__(self, whole: int):
        self.whole = whole
        self.next = time.monotonic() + 1
        self.shown = False

    def __call__(self, done: int) -> None:
        if sys.stderr.isatty() and time.monotonic() > self.next:
            self.next = time.monotonic() + 0.5
            self.shown = True
            sys.stderr.write(f"\r{formats.number(done)} / {formats.number(self.whole)}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away again."""
        if self.shown:
            self.shown = False
            sys.stderr.write("\r\033[K")

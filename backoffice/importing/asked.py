"""How a file is to be read, as far as somebody said so."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from .reading import Unreadable, shown


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The options of all imports by their names (`options.OF_ALL`); what is not said is found in the file, or asked.

    Raises Unreadable for a time zone that there is not.
    """

    encoding: str = ""
    delimiter: str = ""
    map: Iterable[str] = ()
    dates: str = ""
    time_zone: str = ""
    without_bad_cells: bool = False

    def __post_init__(self):
        self.zone()

    def zone(self) -> ZoneInfo | None:
        """The clock of the file, None where nobody said it."""
        if not self.time_zone:
            return None
        try:
            return ZoneInfo(self.time_zone)
        except (LookupError, ValueError, OSError):
            said = _("“%(name)s” is no time zone. Write it like UTC or Europe/Warsaw.")
            raise Unreadable(said % {"name": shown(self.time_zone, 40)}) from None

    def pairs(self) -> list[tuple[str, str]]:
        """What each column was said to be: its name, and the name of a field, "" for none. Raises Unreadable."""
        found = []
        for one in self.map:
            column, equals, name = one.rpartition("=")
            if not equals or not column.strip():
                said = _("“%(text)s” does not say what a column is. Write it like “Uwagi=note”.")
                raise Unreadable(said % {"text": shown(one, 60)})
            found.append((column.strip(), name.strip()))
        return found

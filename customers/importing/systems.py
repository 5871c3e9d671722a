"""Shops known by the columns of their files, where those say more than the cells do (decisions 26 and 51)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from backoffice.importing.columns import compared

from .names import FIRST_LAST


@dataclass(frozen=True)
class System:
    """How a shop writes: `columns` are those that its files alone have, as they are compared; `names` the order of its
    whole names, `time_zone` the clock of its times, "" where it is the shop's own."""

    name: str
    columns: frozenset[str]
    names: str = ""
    time_zone: str = ""

    def sentences(self, *, names: bool, times: bool) -> list[str]:
        """What is read so because the file is this shop's: its names, its times."""
        said = []
        if self.names and names:
            said.append(
                _("%(system)s writes the first name first; names are split that way.") % {"system": self.name}
            )
        if self.time_zone and times:
            said.append(
                _("%(system)s writes times in %(zone)s; they are read that way.")
                % {"system": self.name, "zone": self.time_zone}
            )
        return said


_UNKNOWN = System("", frozenset())
_SYSTEMS = (
    System("WooCommerce", frozenset(("name", "username", "last active", "aov")), names=FIRST_LAST),
    System("Magento", frozenset(("email", "_website", "_store", "created at")), time_zone="UTC"),
)


def system_of(header: Iterable[str]) -> System:
    """The shop whose file this is."""
    names = set(map(compared, header))
    return next((one for one in _SYSTEMS if one.columns <= names), _UNKNOWN)

"""Choosing the options of the section."""

from backoffice.database.counting import one_change
from backoffice.records import changes, options
from backoffice.records.actors import Actor
from groups.models import Group

from ..options import SECTION, CustomerOptions


@one_change()
def choose_options(chosen: CustomerOptions, *, by: Actor) -> None:
    """Store what a shop chose. Gone where a group that an option points at was deleted meanwhile (D14)."""
    changes.hold(Group, chosen.groups)
    options.store(chosen, SECTION, by=by)

"""Fields that most sections have: the number, since when, names in one or in each language."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..personal import Personal
from ..rules import thing_name
from ..tables.columns import DayColumn, LocalNameColumn, TextColumn
from ..tables.filters import NameFilter
from ..texts import Text
from .fields import Field

NAMES = ("name", "name_fr", "name_pl", "name_ro")
_IN_FILES = {
    "name": "name; nom; nazwa; nume; denumire",
    "name_fr": "name in french; nom en francais; nazwa po francusku; nume in franceza",
    "name_pl": "name in polish; nom en polonais; nazwa po polsku; nume in poloneza",
    "name_ro": "name in romanian; nom en roumain; nazwa po rumunsku; nume in romana",
}
NOBODY = "a word of the shop, nobody's"
LEAD = partial(TextColumn, css="text lead")


NUMBER = Field("id", personal=Personal.TECHNICAL, without=("form", "files"))
SINCE = Field("created_at", personal=Personal.TECHNICAL, column=DayColumn, without=("form", "files"))


def name(
    group: str,
    *,
    why: str = NOBODY,
    help: Text = "",
    files: str = "",
    column: Callable[..., TextColumn] = LEAD,
) -> Field:
    """The field of a thing's only name, in that group of the form."""
    return Field(
        "name",
        personal=Personal.NONE,
        why=why,
        help=help,
        group=group,
        rule=thing_name,
        files=files,
        column=column,
    )


def local_names(group: str, *, files: str = "") -> tuple[Field, ...]:
    """The fields of a name in four languages, in that group of the form; `files` are further words for the first."""
    first = Field(
        "name",
        personal=Personal.NONE,
        why=NOBODY,
        help=_("Used where a language has no name of its own."),
        group=group,
        rule=thing_name,
        files="; ".join(filter(None, (_IN_FILES["name"], files))),
        column=LocalNameColumn,
        filters={"name": NameFilter(_("Name"), fields=NAMES)},
    )
    return (first, *(_further(name, group) for name in NAMES[1:]))


def _further(name: str, group: str) -> Field:
    facts: dict[str, Any] = {"rule": thing_name, "files": _IN_FILES[name], "without": ("column", "filter")}
    return Field(name, personal=Personal.NONE, why=NOBODY, group=group, **facts)

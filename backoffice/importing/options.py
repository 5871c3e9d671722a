"""What may be said of a file besides its name, declared once: the command's arguments, and the fields of a page."""

from django.utils.translation import gettext_lazy as _

from ..screen import formats
from ..sections import ImportOption, Section
from .encodings import ENCODINGS
from .meaning import DAY_FIRST, MONTH_FIRST

_KEYS = {"email": _("E-mail"), "id": _("ID"), "name": _("Name"), "external_id": _("External reference")}
OF_ALL = (
    ImportOption(
        name="map",
        label=_("What columns are"),
        help=_("what a column is, where its name does not say it; several times. “Uwagi=” leaves it out"),
        form="Uwagi=note",
        many=True,
    ),
    ImportOption(
        name="dates",
        label=_("Dates like 5/6/2012"),
        help=_("which number is the day, where the column does not show it"),
        choices=((DAY_FIRST, _("day first")), (MONTH_FIRST, _("month first"))),
    ),
    ImportOption(
        name="time_zone",
        label=_("Time zone of the file"),
        help=_("the clock of times without a zone, such as UTC; the shop's by default"),
        form="UTC",
    ),
    ImportOption(
        name="without_bad_cells",
        label=_("Leave faulty cells out"),
        help=_("take a row in without its faulty cells where they are not needed; each is listed"),
    ),
    ImportOption(
        name="encoding",
        label=_("Encoding"),
        help=_("such as windows-1250; UTF-8 is recognised"),
        form="windows-1250",
        offered=tuple((one, one) for one in dict.fromkeys(ENCODINGS.values()) if one != "utf-8-sig"),
    ),
    ImportOption(
        name="delimiter",
        label=_("Delimiter"),
        help=_("one of ; , | tab; recognised by the column names"),
        form=";",
        offered=((";", ";"), (",", ","), ("|", "|"), ("tab", _("tab"))),
    ),
)


def options_of(section: Section) -> tuple[ImportOption, ...]:
    """All that may be said of a file for this section: the key of its rows, its own options, those of all."""
    keys = section.file_keys
    key = ImportOption(
        name="key",
        label=_("Recognise records by"),
        help=_("what says that a row is a record that is here already"),
        choices=tuple((one, _KEYS.get(one, one)) for one in keys),
        default=keys[0],
    )
    return (key, *(section.importing.options if section.importing else ()), *OF_ALL)


def for_page(section: Section, text: str) -> str:
    """A sentence in which the command's options are called what the page calls them."""
    for option in options_of(section):
        text = text.replace(option.argument, formats.quoted(str(option.label)))
    return text


def named_in(section: Section, text: str) -> list[str]:
    """The options that a sentence names as the command does."""
    return [option.name for option in options_of(section) if option.argument in text]

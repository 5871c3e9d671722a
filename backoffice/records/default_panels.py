"""The blocks of a record's page in a section that declares none: its fields, and its latest changes."""

from django.utils.translation import gettext_lazy as _

from ..models.kept import Kept
from ..screen import formats
from ..sections import Panel, Section
from .conflicts import shown
from .history_reading import FieldChange, changes_of

LATEST = 5
SHORT = 30


def latest_changes(section: Section, record: Kept) -> list[dict]:
    """The five latest changes of a record, a line each: when, who, and which fields, short values with them."""
    return [
        {
            "when": formats.moment(entry.at),
            "who": entry.who,
            "text": ", ".join(map(_in_short, entry.changes)) or entry.title,
        }
        for entry in changes_of(section, record, offset=0, limit=LATEST)
    ]


def _in_short(change: FieldChange) -> str:
    if max(len(change.old), len(change.new)) > SHORT:
        return change.label
    return formats.labelled(change.label, f"{change.old or '–'} → {change.new or '–'}")


def default_panels(section: Section) -> tuple[Panel, ...]:
    """Fields on the left, history on the right."""

    def fields(record: Kept, staff) -> dict:
        values = section.form(record=record).initial if section.form else {}
        return {
            "facts": [
                {"title": field.label, "value": shown(field, values.get(name))}
                for name, field in section.form_fields.items()
                if name != "version" and values.get(name) not in (None, "")
            ]
        }

    def history(record: Kept, staff) -> dict:
        changes = latest_changes(section, record)
        return {
            "changes": changes,
            "empty": "" if changes else _("Nothing has been changed yet."),
        }

    facts, changes = "backoffice/panels/facts.html", "backoffice/panels/changes.html"
    return (
        Panel(
            name="fields",
            title=section.titles.one,
            template=facts,
            content=fields,
            icon=section.menu.icon,
            side="left",
        ),
        Panel(name="history", title=_("History"), template=changes, content=history, icon="history"),
    )

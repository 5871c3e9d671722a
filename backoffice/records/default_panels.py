"""The blocks of a record's page in a section that declares none: its fields, and its latest changes."""

from django.utils.translation import gettext_lazy as _

from ..access.rights import HasRights
from ..models.kept import Kept
from ..sections import Panel, Section
from .conflicts import shown
from .history_reading import changes_of
from .timeline import by_day, may_put_back, moments_of

LATEST = 5


def latest_changes(section: Section, record: Kept, staff: HasRights) -> dict:
    """The five latest changes of a record as the block "History" shows them, each value with its way back (U17)."""
    entries = changes_of(section, record, offset=0, limit=LATEST)
    may = may_put_back(section, record, staff)
    return {
        "days": by_day(moments_of(section, record, entries, may=may)),
        "version": record.version,
        "empty": "" if entries else _("Nothing has been changed yet."),
    }


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
        return latest_changes(section, record, staff)

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

"""The blocks of a record's page in a section that declares none: its fields, and its latest changes."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..access.rights import HasRights
from ..models.kept import Kept
from ..sections import Panel, Section, section_named
from ..sections.doors import label_in
from .conflicts import shown
from .history_reading import changes_of
from .timeline import by_day, may_put_back, may_see_imports, moments_of

LATEST = 5


def latest_changes(section: Section, record: Kept, staff: HasRights) -> dict:
    """The five latest changes of a record as the block "History" shows them, each value with its way back (U17)."""
    entries = changes_of(section, record, offset=0, limit=LATEST, staff=staff)
    may = may_put_back(section, record, staff)
    return {
        "days": by_day(
            moments_of(section, record, entries, may=may, imports=may_see_imports(section, staff))
        ),
        "version": record.version,
        "empty": "" if entries else _("Nothing has been changed yet."),
    }


def history_panel(slug: str, side: str = "right") -> Panel:
    """The block "History" on the pages of that section: the latest changes, and the way to all of them."""

    def content(record: Kept, staff) -> dict:
        section = section_named(slug)
        assert section is not None
        url = reverse(section.url("history"), args=[record.pk])
        return {**latest_changes(section, record, staff), "url": url}

    return Panel(
        name="history",
        title=_("History"),
        template="backoffice/panels/changes.html",
        content=content,
        icon="history",
        side=side,
    )


def default_panels(section: Section) -> tuple[Panel, ...]:
    """Fields on the left, with what the form says beside them, and history on the right."""

    def fields(record: Kept, staff) -> dict:
        form = section.form(record=record) if section.form else None
        values = form.initial if form else {}
        facts = [
            {"title": label_in(section, name, record), "value": shown(field, values.get(name))}
            for name, field in section.form_fields.items()
            if name != "version" and values.get(name) not in (None, "")
        ]
        beside = form.fields.items() if form else ()
        facts += [
            {"title": str(field.label), "value": shown(field, field.initial)}
            for name, field in beside
            if name not in section.form_fields and field.initial is not None
        ]
        return {"facts": facts}

    return (
        Panel(
            name="fields",
            title=section.titles.one,
            template="backoffice/panels/facts.html",
            content=fields,
            icon=section.menu.icon,
            side="left",
        ),
        history_panel(section.slug),
    )

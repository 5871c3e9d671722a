"""The pages that ask before many records are changed, or any is deleted: their template and what it needs."""

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..screen import formats
from ..sections import Section
from .bulk import BulkChange

SHOWN = 20


def question(change: BulkChange, back: str) -> tuple[str, dict]:
    """Asks about a bulk change; the answer is the same post again with `way` or `sure`. `back` is the list."""
    if change.action is None:
        return "backoffice/delete.html", _which_way(change, back)
    return "backoffice/ask.html", _whether(change, back)


def _whether(change: BulkChange, back: str) -> dict:
    action, choice = change.action, change.choice
    chosen = [("choice", choice.value)] if choice.label else []
    return {
        "page_title": formats.labelled(action.title, choice.label) if choice.label else action.title,
        "question": _("This concerns all %(n)s that match.") % {"n": formats.number(change.number)},
        "filters": [chip["label"] for chip in change.selection.page.chips],
        "notes": change.notes,
        "kept": [*change.selection.posted, *chosen, ("from_page", back)],
        "action": action,
        "cancel_url": back,
    }


def _which_way(change: BulkChange, back: str) -> dict:
    rows, number = change.selection.rows, change.number
    ways = ways_shown(change.section, list(rows.values_list("pk", flat=True)))
    if len(ways) == 1:
        asked = ngettext("Delete this %(n)s row for good?", "Delete these %(n)s rows for good?", number)
    else:
        asked = ngettext(
            "How shall this %(n)s row be deleted?", "How shall these %(n)s rows be deleted?", number
        )
    return {
        "page_title": _("Delete"),
        "question": asked % {"n": formats.number(number)},
        "names": [str(one) for one in rows[:SHOWN]],
        "more": max(0, number - SHOWN),
        "ways": ways,
        "kept": [*change.selection.posted, ("back", back), ("from_page", back)],
        "fault": _("Choose one of the ways.") if change.answered else "",
        "cancel_url": back,
    }


def which_way(section: Section, record: Model, back: str) -> dict:
    """What the page needs that asks in which way one record is to be deleted."""
    ways = ways_shown(section, [record.pk])
    asked = _("How shall %(name)s be deleted?") if len(ways) > 1 else _("Delete %(name)s for good?")
    return {
        "page_title": _("Delete %(name)s") % {"name": record},
        "question": asked % {"name": record},
        "ways": ways,
        "kept": [("back", back)],
        "cancel_url": back,
    }


def refusal_to_delete(section: Section, ids: list[int]) -> str:
    """Why these records cannot be deleted in any way, "" where they can."""
    refusals = (way.refusal(ids) for way in section.delete_ways if way.refusal)
    return next((said for said in refusals if said), "")


def ways_shown(section: Section, ids: list[int]) -> list[dict]:
    """The ways of deleting with what each will do; none is chosen beforehand, one click must not remove people."""
    return [
        {"name": way.action.name, "title": way.action.title, "effects": effects}
        for way in section.delete_ways
        if (effects := way.foretell(ids))
    ]

"""The pages that ask before many records are changed, or any is deleted: their template and what it needs."""

from dataclasses import replace
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..records.actors import Actor
from ..screen import formats
from ..sections import BulkAction, Section
from .bulk import DELETE, BulkChange, store_question
from .bulk_jobs import notes_of

SHOWN = 20
# As many as a page has rows: each of a selection that stays is named.
STAYING_SHOWN = 300


def question(change: BulkChange, back: str, *, by: Actor) -> tuple[str, dict]:
    """Asks about a bulk change; the answer is the same post again with `way` or `sure`, for those whom it names.

    `back` is the list.
    """
    kept = [*_named(change, by), ("from_page", back)]
    if change.name == DELETE or change.action is None:
        template, asks = "backoffice/delete.html", _which_way(change)
    else:
        template, asks = "backoffice/ask.html", _whether(change, change.action)
    return template, {
        **asks,
        "kept": kept + asks["kept"],
        "changed_meanwhile": _meanwhile(change),
        "cancel_url": back,
        "section": change.section,
        "list_url": back,
    }


def _named(change: BulkChange, by: Actor) -> list[tuple[str, str]]:
    """The fields of the form that say whom it names."""
    if change.selection.everything:
        scope = change.selection.page.query
        return [("all_matching", "1"), ("scope", scope), ("job", str(store_question(change, by=by).pk))]
    return [("selected", str(key)) for key in change.selection.keys]


def _meanwhile(change: BulkChange) -> str:
    if change.was_named is None:
        return ""
    said = _("The list has changed: %(before)s matched before, %(now)s do now. Nothing has been done yet.")
    return said % {"before": formats.number(change.was_named), "now": formats.number(change.number)}


def _whether(change: BulkChange, action: BulkAction) -> dict:
    choice, selection = change.choice, change.selection
    if action.undo and action.undo.remembers:
        choice = replace(choice, remembered=action.undo.remembers(selection.rows, choice))
    if selection.everything:
        asked = ngettext(
            "This concerns the %(n)s that matches.", "This concerns all %(n)s that match.", change.number
        )
    else:
        asked = ngettext(
            "This concerns %(n)s selected row.", "This concerns %(n)s selected rows.", change.number
        )
    return {
        "page_title": formats.labelled(action.title, choice.label) if choice.label else action.title,
        "question": asked % {"n": formats.number(change.number)},
        "everything": selection.everything,
        "filters": [chip["label"] for chip in selection.page.chips] if selection.everything else [],
        "notes": notes_of(action, choice),
        "kept": [("choice", choice.value)] if choice.label else [],
        "action": action,
    }


def _which_way(change: BulkChange) -> dict:
    section, keys = change.section, change.selection.keys
    refused = _refused(section, keys)
    going = [key for key in keys if key not in refused]
    rows, number = section.rows().filter(pk__among=going), len(going)
    ways = ways_shown(section, going)
    return {
        **_asked(section, section.counted(number), ways),
        "refused": "" if going else next(iter(refused.values())),
        "stays": _staying(section, refused),
        "named": {
            "records": [{"name": str(one), "url": ""} for one in rows[:SHOWN]],
            "more": max(0, number - SHOWN),
        },
        "ways": ways,
        "kept": [],
        "fault": _("Choose one of the ways.") if change.answered and change.action is None else "",
    }


def which_way(section: Section, record: Model, back: str) -> dict:
    """What the page needs that asks in which way one record is to be deleted."""
    ways = ways_shown(section, [record.pk])
    return {
        **_asked(section, record, ways),
        "ways": ways,
        "kept": [("back", back)],
    }


def _asked(section: Section, what: Any, ways: list[dict]) -> dict:
    if len(ways) > 1:
        asked = _("How do you want to delete %(name)s?")
    elif any(way.told for way in section.delete_ways):  # what becomes of them differs from one to the other
        asked = _("Delete %(name)s?")
    else:
        asked = _("Delete %(name)s for good?")
    return {"page_title": _("Delete %(name)s") % {"name": what}, "question": asked % {"name": what}}


def _staying(section: Section, refused: dict[int, str]) -> list[str]:
    """Those that cannot be deleted, each by name with the reason, and how many there are besides."""
    shown = sorted(refused)[:STAYING_SHOWN]
    said = [formats.labelled(one, refused[one.pk]) for one in section.rows().filter(pk__in=shown)]
    if more := len(refused) - len(shown):
        said.append(ngettext("and %(n)s more", "and %(n)s more", more) % {"n": formats.number(more)})
    return said


def _refused(section: Section, keys: list[int]) -> dict[int, str]:
    """Those of these records that cannot be deleted in any way, with the reason."""
    return {key: said for way in section.delete_ways for key, said in way.why_not(keys).items()}


def refusal_to_delete(section: Section, pk: int) -> str:
    """Why this record cannot be deleted in any way, "" where it can."""
    return next(iter(_refused(section, [pk]).values()), "")


def ways_shown(section: Section, ids: list[int]) -> list[dict]:
    """The ways of deleting with what each will do; none is chosen beforehand, one click must not remove people."""
    return [
        {"name": way.action.name, "title": way.action.title, "meant_for": way.meant_for, "effects": effects}
        for way in section.delete_ways
        if (effects := way.foretell(ids))
    ]

"""Groups that nobody needs, deleted at once and brought back; rules that are paused and resumed (S2.20)."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from backoffice.access.verbs import verb
from backoffice.database.counting import one_change
from backoffice.database.folding import fold
from backoffice.models import Counter
from backoffice.records import changes
from backoffice.records.actors import Actor
from backoffice.sections import Choice
from backoffice.sections.usual import NAMES

from ..models import Group
from .deletion import delete_group, refusal_to_delete

_DELETE, _CHANGE = "groups.delete_group", "groups.change_group"
# What history keeps of a group; members it had none.
_KEPT = [one.attname for one in Group.history.model.tracked_fields]


def unused_groups() -> list[Group]:
    """The groups without a member, a rule or anything else that names them, which may be deleted."""
    rows = Group.objects.filter(members_count=0, rule__isnull=True).order_by("pk")
    for one in Group._meta.related_objects:
        named = one.related_model._base_manager.filter(**{one.field.name: OuterRef("pk")})
        rows = rows.filter(~Exists(named))
    return [group for group in rows if not refusal_to_delete([group.pk])]


@verb(_DELETE)
@one_change()
def delete_unused(rows: QuerySet, *, by: Actor) -> list[int]:
    """Delete those of these groups that are still unused. Returns which."""
    asked = set(rows.values_list("pk", flat=True))
    deleted = []
    for group in unused_groups():
        if group.pk in asked:
            deleted.append(group.pk)
            delete_group(group, by=by)
    return deleted


def numbers_of(rows: QuerySet, choice: Choice) -> list[int]:
    """What bringing these groups back has to know: their numbers, since their rows will be gone."""
    return sorted(rows.values_list("pk", flat=True))


def there_again(ids: list[int], choice: Choice, at: datetime) -> set[int]:
    """Those that somebody brought back meanwhile."""
    return set(Group.objects.filter(pk__in=ids).values_list("pk", flat=True))


@verb(_DELETE)
@one_change()
def bring_back_deleted(rows: QuerySet, *, choice: Choice, by: Actor) -> list[int]:
    """Make the deleted groups of `choice.remembered` again as history has them, with their numbers. Returns which.

    One whose name another group has taken meanwhile stays deleted.
    """
    names, back = Group.objects.values_list(*NAMES), []
    taken = {fold(one) for some in names for one in some if one}
    last = Group.history.filter(id__in=choice.remembered).order_by("id", "history_date", "history_id")
    for key, row in {row.id: row for row in last}.items():
        if row.history_type == "-" and fold(row.name) not in taken:
            changes.touch(Group(**{name: getattr(row, name) for name in _KEPT}), by=by)
            Counter.move(Group._meta.label_lower, 1)
            back.append(key)
    return back


@verb(_CHANGE)
@one_change()
def pause_rules(rows: QuerySet, *, by: Actor) -> list[int]:
    """Have the rules of these groups move nobody until they are resumed. Returns whose were running."""
    return _set_paused(rows, True, by=by)


@verb(_CHANGE)
@one_change()
def resume_rules(rows: QuerySet, *, by: Actor) -> list[int]:
    """Have paused rules move people again, from the next change of their facts on. Returns whose were paused."""
    return _set_paused(rows, False, by=by)


def _set_paused(rows: QuerySet, paused: bool, *, by: Actor) -> list[int]:
    changed = []
    for batch in changes.lock_set(rows.filter(rule__isnull=False)):
        for group in Group.objects.filter(pk__in=batch):
            if bool(group.rule.get("paused")) != paused:
                changes.save(group, {"rule": {**group.rule, "paused": paused}}, by=by)
                changed.append(group.pk)
    return changed

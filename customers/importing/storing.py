"""A block of plans handed on to be written: groups and tags that are named and not there yet are made first."""

from backoffice.records.actors import Actor

from ..services import writing
from ..services.consents import CONSENTS
from .known import Known
from .plan import Plan
from .segments import Named

# Opening figures are stated by the names of what they open.
_OPENING = {"orders_count": "orders", "total_spent": "spent", "last_visit_at": "last_visit_at"}


def store(
    plans: list[Plan], known: Known, *, groups: Named, tags: Named, by: Actor, reason: str
) -> dict[int, int]:
    """Write all these plans; returns {customer id: line} of the new ones. One transaction is the caller's."""
    drafts = drafts_of(plans, known, groups=groups, tags=tags, by=by)
    new = [plan.line for plan in plans if plan.customer is None]
    keys = writing.add([one for one in drafts if one.record is None], by=by, reason=reason)
    writing.change([one for one in drafts if one.record is not None], by=by, reason=reason)
    return dict(zip(keys, new, strict=True))


def drafts_of(
    plans: list[Plan], known: Known, *, groups: Named, tags: Named, by: Actor
) -> list[writing.Draft]:
    """These plans as the writing takes them, with the groups and tags that they name."""
    return [_draft(plan, known, groups, tags, by) for plan in plans]


def _draft(plan: Plan, known: Known, groups: Named, tags: Named, by: Actor) -> writing.Draft:
    default = groups.made(plan.default_group, by=by)
    if plan.customer is None or "default_group_id" in plan.values:
        plan.values["default_group_id"] = default
    return writing.Draft(
        plan.customer,
        plan.values,
        groups=_made(groups, plan.groups, by),
        tags=_made(tags, plan.tags, by),
        custom=plan.custom,
        opening={_OPENING[name]: value for name, value in plan.figures.items()},
        figures=plan.customer and known.figures.get(plan.customer.pk),
        grounds=dict.fromkeys(CONSENTS, plan.ground),
    )


def _made(named: Named, wanted: list[int | str] | None, by: Actor) -> list[int] | None:
    if wanted is None:
        return None
    return list(dict.fromkeys(named.made(one, by=by) for one in wanted))

"""Why somebody is in a group, in words: what put them there, who, when, until when, and what the rule says."""

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.records.actors import Door
from backoffice.rules import Broken
from backoffice.screen import formats
from backoffice.screen.moments import minute_with_seconds
from groups.models import Group
from groups.rules.filling import includes

from ..forms.rule_words import Words
from ..models import Customer, KeptOut, Membership, MembershipOrigin
from ..services import BY_RULE
from ..services.rule_preview import people
from ..services.rule_sql import rule_of

SHOWN = 20


def origin_in_words(membership: Membership) -> str:
    """ "By hand, Sue Agent, 9 Aug 2011, until 31 Dec 2011"; `added_by` is read with it."""
    said = [str(membership.get_origin_display())]
    if membership.added_by is not None:
        said.append(membership.added_by.name)
    if membership.added_at is not None:
        said.append(formats.day(membership.added_at))
    if membership.until is not None:
        said.append(_("until %(day)s") % {"day": formats.day(membership.until)})
    return ", ".join(said)


def why_by_the_rule(customer: Customer, group: Group) -> str:
    """What of this customer meets the rule of the group, or does not; "" where it has none that can be carried out."""
    try:
        rule = rule_of(group)
    except Broken:
        return ""
    person = people([customer.pk]).get(customer.pk)
    if rule is None or person is None:
        return ""
    today = timezone.localdate()
    joins = includes(rule, person, today=today)
    reasons = Words().reasons(rule, person, joins=joins, today=today)
    said = _("Meets it (%(reasons)s).") if joins else _("Does not meet it (%(reasons)s).")
    kept = KeptOut.objects.filter(customer=customer.pk, group=group.pk).exists()
    return " ".join(filter(None, [said % {"reasons": reasons}, _("Kept out by hand.") if kept else ""]))


def joins_and_leaves(customer: Customer, group: Group) -> list[dict]:
    """When they joined, left, or were kept by hand, latest first."""
    rows = Membership.history.filter(customer_id=customer.pk, group_id=group.pk)
    latest = rows.select_related("history_user").order_by("-history_date", "-history_id")[:SHOWN]
    return [
        {
            "icon": {"+": "plus", "-": "cross"}.get(row.history_type, "pencil"),
            "text": _entry(row),
            "when": minute_with_seconds(row.history_date),
            "when_iso": row.history_date.isoformat(),
        }
        for row in latest
    ]


def _entry(row) -> str:
    by_rule = row.history_change_reason == BY_RULE
    if row.history_type == "+":
        said = _("Joined by the rule") if by_rule else _("Joined")
    elif row.history_type == "-":
        said = _("Left by the rule") if by_rule else _("Left")
    elif row.origin == MembershipOrigin.RULE:
        said = _("Left to the rule")
    else:
        said = _("Stays by hand")
    # Until when they were meant to stay is no news of who has left.
    if row.until and row.history_type != "-":
        said = ", ".join([said, _("until %(day)s") % {"day": formats.day(row.until)}])
    who = row.history_user.name if row.history_user else Door(row.door).told
    return f"{said} · {who}"

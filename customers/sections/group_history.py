"""Members who came and went in the history of their group, act by act, and the people of one act."""

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.records.actors import Door, import_in, token_in
from backoffice.records.history_reading import Entry, FieldChange
from backoffice.records.past_names import PastNames
from backoffice.screen import formats
from backoffice.sections import add_history
from groups.models import Group

from ..models import Customer, MemberAct
from ..services import BY_RULE


def member_changes(group: Group, limit: int, staff) -> list[Entry]:
    """Who joined and who left, newest first: one by name, many by their number, which leads to them (issue 9, point 9).

    Nothing for who may not see customers; who is deleted has no name here (decision 19).
    """
    if not staff.has_perm("customers.view_customer"):
        return []
    acts = list(MemberAct.objects.filter(group=group.pk).order_by("-at", "-pk")[:limit])
    authors = PastNames(get_user_model(), {one.staff_id for one in acts})
    alone = {one.customer for one in acts if one.customer is not None}
    people = Customer.objects.here().in_bulk(alone) if alone else {}
    return [_entry(one, people, authors) for one in acts]


def _entry(act: MemberAct, people: dict[int, Customer], authors: PastNames) -> Entry:
    author = authors.today.get(act.staff_id)
    change = FieldChange(
        name="members", label=_("Members"), old="", new="", said=said_of(act, people), url=_url(act, people)
    )
    return Entry(
        at=act.at,
        who=authors.on(author.pk, act.at) if author else token_in(act.reason),
        email=author.email if author else "",
        door=Door(act.door),
        ip=act.ip,
        changes=[change],
        imported=import_in(act.reason),
    )


def said_of(act: MemberAct, people: dict[int, Customer]) -> str:
    """ "Ada DOE joined by the rule", "1,204 customers left"; `people` are those who are here, by number."""
    by_rule = act.reason == BY_RULE
    if act.customer is None:
        return _many(act, by_rule) % {"n": formats.number(act.number)}
    if act.joined:
        said = _("%(customer)s joined by the rule") if by_rule else _("%(customer)s joined")
    else:
        said = _("%(customer)s left by the rule") if by_rule else _("%(customer)s left")
    return said % {"customer": people.get(act.customer) or deleted_customer(act.customer)}


def deleted_customer(number: int) -> str:
    """What somebody is called here who is deleted."""
    return _("Customer %(id)s (deleted)") % {"id": number}


def _many(act: MemberAct, by_rule: bool) -> str:
    n = act.number
    if act.joined and by_rule:
        return ngettext("%(n)s customer joined by the rule", "%(n)s customers joined by the rule", n)
    if act.joined:
        return ngettext("%(n)s customer joined", "%(n)s customers joined", n)
    if by_rule:
        return ngettext("%(n)s customer left by the rule", "%(n)s customers left by the rule", n)
    return ngettext("%(n)s customer left", "%(n)s customers left", n)


def _url(act: MemberAct, people: dict[int, Any]) -> str:
    if act.customer is None:
        return reverse("groups_moved", args=[act.group_id, act.pk])
    return reverse("customers_view", args=[act.customer]) if act.customer in people else ""


add_history("groups", member_changes)

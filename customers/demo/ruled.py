"""Whom the rules of groups take in, and a few whom staff keep out all the same."""

from backoffice.database import bulk_sql
from backoffice.demo.shop import Shop
from groups.models import Group

from ..models import KeptOut, Membership, MembershipOrigin
from ..services.rule_sql import movement, rule_of

KEPT_OUT_OF = 12


def follow_rules(shop: Shop) -> None:
    """Rows like all of the demo shop, past the models; the first of each dozen is kept out."""
    staff = shop.staff_ids[0] if shop.staff_ids else None
    for group in Group.objects.exclude(rule=None).order_by("pk"):
        asked = movement(group, rule_of(group)).joining.order_by("pk")
        kept, joined = [], []
        for place, (key, since) in enumerate(asked.values_list("pk", "registered_at")):
            if place % KEPT_OUT_OF:
                joined.append((key, group.pk, MembershipOrigin.RULE.value, since))
            else:
                kept.append((key, group.pk, shop.aware(shop.now), staff))
        bulk_sql.insert(Membership, ("customer_id", "group_id", "origin", "added_at"), joined)
        bulk_sql.insert(KeptOut, ("customer_id", "group_id", "at", "staff_id"), kept)

"""What the members of each group bought: worked out now and then, since it reads every membership (S2.20)."""

from typing import Any

from django.db.models import Count, F, Q, Sum

from backoffice.lists.key_figures import store
from groups.models import Group

from ..models import Membership

GROUP_REPORT = "groups.report"


def work_out_group_report() -> None:
    """Store the report of all groups: a scan, for the worker and the button of the page.

    Of each group: `members` who are not hidden, `orders` (valid ones, those of an import among them), `buyers` with one
    valid order at least, `returning` with two at least, and `revenue` in the shop's currency, tax included. Who is in
    several groups counts in each.
    """
    bought = F("customer__figures__valid_orders_count")
    rows = (
        Membership.objects.filter(customer__deleted=False)
        .order_by()
        .values("group")
        .annotate(
            members=Count("pk"),
            orders=Sum(bought, default=0),
            buyers=Count("pk", filter=Q(customer__figures__valid_orders_count__gte=1)),
            returning=Count("pk", filter=Q(customer__figures__valid_orders_count__gte=2)),
            revenue=Sum("customer__figures__total_spent", default=0),
        )
    )
    figures: dict[str, dict[str, Any]] = {
        str(row.pop("group")): {**row, "revenue": str(row["revenue"])} for row in rows
    }
    known = Group.objects.values_list("pk", flat=True)
    none = {"members": 0, "orders": 0, "buyers": 0, "returning": 0, "revenue": "0"}
    store(GROUP_REPORT, {"groups": {str(key): figures.get(str(key), none) for key in known}})

"""Members, orders, repeat rate and revenue by group: `/reports/groups/` (issue 9, point 13)."""

from decimal import Decimal
from typing import Any

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.access.rights import needs
from backoffice.models import Summary
from backoffice.screen import formats
from backoffice.screen.links import link
from groups.models import Group

from ..services.group_report import GROUP_REPORT, work_out_group_report

# The width of the longest bar of the chart.
WIDTH = 160


@needs("groups.view_group", "customers.view_customer")
@require_http_methods(["GET", "HEAD", "POST"])
def group_report(request: HttpRequest) -> HttpResponse:
    """Shows the stored report with its age, that of most revenue first; a POST works it out anew."""
    if request.method == "POST":
        work_out_group_report()
        return HttpResponseRedirect(request.path)
    report = Summary.objects.filter(name=GROUP_REPORT).first()
    figures = report.figures["groups"] if report else {}
    known = {group.pk: group for group in Group.objects.filter(pk__in=[int(key) for key in figures])}
    lines = [(known[int(key)], one) for key, one in figures.items() if int(key) in known]
    lines.sort(key=lambda line: (-Decimal(line[1]["revenue"]), line[0].pk))
    most = max((Decimal(one["revenue"]) for _group, one in lines), default=Decimal(0))
    context = {
        "page_title": _("Report by group"),
        "lines": [_line(group, one, most) for group, one in lines],
        "age": naturaltime(report.computed_at) if report else "",
        "width": WIDTH,
    }
    return render(request, "customers/group_report.html", context)


def _line(group: Group, one: dict[str, Any], most: Decimal) -> dict[str, Any]:
    revenue, members, buyers = Decimal(one["revenue"]), one["members"], one["buyers"]
    return {
        "title": str(group),
        "url": link("groups_view", group.pk),
        "members": formats.number(members),
        "members_url": f"{link('customers_list')}?group={group.pk}",
        "orders": formats.number(one["orders"]),
        "repeat": formats.percent(Decimal(one["returning"]) / buyers) if buyers else "–",
        "revenue": formats.shop_money(revenue),
        "each": formats.shop_money(revenue / members) if members else "–",
        "bar": round(WIDTH * revenue / most) if most > 0 else 0,
    }

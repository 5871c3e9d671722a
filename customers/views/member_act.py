"""Who came into a group, or left it, in one act of many: `/groups/<id>/members/<act>/` (issue 9, point 9)."""

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from backoffice.access.rights import needs
from backoffice.numbers import LARGEST, whole
from backoffice.records.actors import Door
from backoffice.screen.moments import minute_with_seconds
from backoffice.sections import section_named
from backoffice.views.records import record_or_404

from ..models import Customer, MemberAct, Membership
from ..sections.group_history import deleted_customer, said_of

PER_PAGE = 50


@needs("groups.view_group", "customers.view_customer")
@require_safe
def moved(request: HttpRequest, pk: int, act: int) -> HttpResponse:
    """The people of the act, 50 a page, in the order they were moved; read along an index however many there are."""
    group = record_or_404(section_named("groups"), pk, request.user)
    if act > LARGEST:
        raise Http404
    done = get_object_or_404(MemberAct.objects.select_related("staff"), pk=act, group=group.pk)
    rows = _after(_rows(done), whole(request.GET.get("after", "")))
    found = list(rows.order_by("history_date", "history_id")[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    people = Customer.objects.here().in_bulk({row.customer_id for row in shown})
    context = {
        "page_title": said_of(done, people),
        "section": section_named("groups"),
        "list_url": reverse("groups_list"),
        "record_title": str(group),
        "record_url": reverse("groups_view", args=[group.pk]),
        "who": done.staff.name if done.staff else Door(done.door).told,
        "when": minute_with_seconds(done.at),
        "people": [_person(row, people.get(row.customer_id)) for row in shown],
        "next_url": f"?after={shown[-1].history_id}" if len(found) > PER_PAGE else "",
        "first_url": request.path if "after" in request.GET else "",
        "history_url": reverse("groups_history", args=[group.pk]),
    }
    return render(request, "customers/moved.html", context)


def _rows(act: MemberAct) -> QuerySet:
    """The rows of history that are the act's."""
    same = {"door": act.door, "history_user": act.staff_id, "history_type": "+" if act.joined else "-"}
    reason = Q(history_change_reason=act.reason or None)
    moved = Membership.history.filter(reason, group_id=act.group_id, **same)
    return moved.filter(history_date__gte=act.begun_at, history_date__lte=act.at)


def _after(rows: QuerySet, last: int | None) -> QuerySet:
    """Those that come after that row; all where there is none."""
    before = rows.filter(history_id=last).first() if last else None
    if before is None:
        return rows
    day = before.history_date
    return rows.filter(Q(history_date__gt=day) | Q(history_date=day, history_id__gt=before.history_id))


def _person(row, customer: Customer | None) -> dict:
    return {
        "id": str(row.customer_id),
        "name": str(customer or deleted_customer(row.customer_id)),
        "email": customer.email if customer else "",
        "url": reverse("customers_view", args=[row.customer_id]) if customer else "",
        "when": minute_with_seconds(row.history_date),
    }

"""How far an order is: `/orders/<id>/status/` (S4.67)."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.access.rights import needs
from backoffice.access.verbs import right_of
from backoffice.faults import as_validation_error
from backoffice.forms.forms import told_by_form
from backoffice.records.actors import Actor
from backoffice.records.conflicts import differences, without_theirs
from backoffice.records.errors import Conflict, NotAllowed
from backoffice.rules import Broken
from backoffice.views.back import at_row, back_to_list, kept_of, record_page
from backoffice.views.editing import conflict_page
from backoffice.views.gone import keeps_typed
from backoffice.views.records import record_or_404

from ..forms import OrderStatusForm
from ..models import Order
from ..sections.orders import ORDERS
from ..services.ordering import set_order_status


@needs("carts.view_order", right_of(set_order_status))
@require_http_methods(["GET", "HEAD", "POST"])
@told_by_form
@keeps_typed(lambda data, order: [OrderStatusForm(data, order=order)])
def order_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for status, amount paid and reason, and saves them; the address says them to who takes a change back."""
    order = record_or_404(ORDERS, pk, request.user)
    posted = None
    if request.method == "POST":
        posted = request.POST if "status" in request.POST else request.GET
    form = OrderStatusForm(posted, order=order)
    if posted is not None and form.is_valid():
        said = form.cleaned_data
        chosen = without_theirs({name: said[name] for name in ("status", "paid")}, posted)
        try:
            saved = set_order_status(
                order,
                chosen.get("status", order.status),
                paid=chosen.get("paid"),
                reason=said["reason"],
                version=said["version"],
                by=Actor.of(request),
            )
        except Conflict as conflict:
            return _of_two(request, conflict.current, form)
        except NotAllowed as refusal:
            form.add_error(None, refusal.message)
        except Broken as fault:
            form.add_error("paid", as_validation_error(fault))
        else:
            _tell(request, order, saved)
            return HttpResponseRedirect(record_page(request, ORDERS, pk))
    return _page(request, order, form)


def _of_two(request: HttpRequest, current: Order, form: OrderStatusForm) -> HttpResponse:
    """Somebody else changed the order meanwhile: which status and which amount it keeps is chosen, one by one."""
    page = record_page(request, ORDERS, current.pk)
    found = [one for one in differences(form, current) if one["name"] in form.data.keys() - {"reason"}]
    if not found:
        messages.success(request, _said(current))
        return HttpResponseRedirect(page)
    return conflict_page(
        request,
        current,
        found,
        data=form.data,
        version=form.cleaned_data["version"],
        form_url=reverse("orders_status", args=[current.pk]),
        section=ORDERS,
        cancel_url=page,
    )


def _said(order: Order) -> str:
    return _("%(name)s: %(status)s.") % {"name": order, "status": order.status.local_name}


def _tell(request: HttpRequest, before: Order, saved: Order) -> None:
    if saved.version == before.version:
        messages.info(request, _("No changes."))
        return
    back = {"status": before.status_id, "paid": before.paid, "version": saved.version}
    messages.success(
        request,
        _said(saved),
        extra_tags=f"{reverse('orders_status', args=[saved.pk])}?{urlencode(back)}",
    )


def _page(request: HttpRequest, order: Order, form: OrderStatusForm) -> HttpResponse:
    page = record_page(request, ORDERS, order.pk)
    context = {
        "page_title": _("Status of %(name)s") % {"name": order},
        "form": form,
        "form_groups": [{"title": _("Order"), "fields": form.visible_fields()}],
        "section": ORDERS,
        "list_url": at_row(back_to_list(request, ORDERS), order.pk),
        "record_title": str(order),
        "record_url": page,
        "cancel_url": page,
        "kept": kept_of(page),
    }
    return render(request, "backoffice/form.html", context)

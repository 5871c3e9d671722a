"""The customers found while somebody types in the form of a task: `/tasks/customers/` (S3.35)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backoffice.access.rights import needs

from ..forms.tasks import found_for


@needs("customers.view_customer", "customers.change_task")
@require_safe
def found_customers(request: HttpRequest) -> HttpResponse:
    """Radio buttons of those who are found by `customer_search`, as the form shows them: a part of it, and no page."""
    if not request.htmx:
        raise Http404
    typed = request.GET.get("customer_search", "").strip()
    context = {"name": "customer", "typed": typed, "found": found_for(typed)}
    return render(request, "customers/_customers_found.html", context)

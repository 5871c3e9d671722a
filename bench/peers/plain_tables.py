"""django-tables2 and django-filter as their own pages show them: `SingleTableMixin` and `FilterView`, no more."""

import django_filters
import django_tables2 as tables
from django.db.models import Q, Sum
from django_filters.views import FilterView

from backoffice.access.rights import signed_in
from customers.models import Customer


class CustomerTable(tables.Table):
    """The product's twelve columns."""

    spent = tables.Column("Sales")
    last_visit = tables.DateTimeColumn(accessor="figures__last_visit_at")

    class Meta:
        model = Customer
        fields = (
            *("id", "title", "last_name", "first_name", "email", "default_group", "spent"),
            *("active", "newsletter", "partner_offers", "registered_at", "last_visit"),
        )


class CustomerFilter(django_filters.FilterSet):
    """What the product filters by under its twelve columns."""

    search = django_filters.CharFilter(method="find")
    last_name = django_filters.CharFilter(lookup_expr="icontains")
    first_name = django_filters.CharFilter(lookup_expr="icontains")
    email = django_filters.CharFilter(lookup_expr="icontains")

    class Meta:
        model = Customer
        fields = ("id", "title", "default_group", "active", "newsletter", "partner_offers", "registered_at")

    def find(self, rows, name, text):
        parts = ("first_name", "last_name", "email", "company")
        condition = Q()
        for part in parts:
            condition |= Q(**{f"{part}__icontains": text})
        return rows.filter(condition)


class CustomerList(tables.SingleTableMixin, FilterView):
    """The list."""

    table_class = CustomerTable
    filterset_class = CustomerFilter
    paginate_by = 50
    template_name = "bench/tables.html"

    def get_queryset(self):
        rows = Customer.objects.filter(deleted=False).select_related("title", "default_group", "figures")
        return rows.annotate(spent=Sum("orders__value", filter=Q(orders__valid=True))).order_by(
            "-registered_at"
        )


customers = signed_in(CustomerList.as_view())

"""The Django admin as most people write it: a sum annotated, filters, `icontains` search, the default counts."""

from django.contrib import admin
from django.db.models import Q, Sum

from backoffice.access.rights import signed_in
from customers.models import Customer


class OpenSite(admin.AdminSite):
    """An admin for whoever is signed in; the product's staff have no `is_staff`."""

    def has_permission(self, request):
        return request.user.is_authenticated


class CustomerAdmin(admin.ModelAdmin):
    """The product's twelve columns."""

    list_display = (
        *("id", "title", "last_name", "first_name", "email", "default_group", "spent"),
        *("active", "newsletter", "partner_offers", "registered_at", "last_visit"),
    )
    list_filter = ("active", "newsletter", "partner_offers", "title", "default_group", "registered_at")
    list_select_related = ("title", "default_group", "figures")
    search_fields = ("first_name", "last_name", "email", "company")
    list_per_page = 50
    ordering = ("-registered_at",)

    def get_queryset(self, request):
        rows = super().get_queryset(request).filter(deleted=False)
        return rows.annotate(spent=Sum("orders__value", filter=Q(orders__valid=True)))

    @admin.display(description="Sales", ordering="spent")
    def spent(self, customer):
        return customer.spent

    @admin.display(description="Last visit", ordering="figures__last_visit_at")
    def last_visit(self, customer):
        return customer.figures.last_visit_at

    def has_view_permission(self, request, obj=None):
        return True

    has_module_permission = has_change_permission = has_delete_permission = has_view_permission

    @signed_in
    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, extra_context)


site = OpenSite(name="admin")
site.register(Customer, CustomerAdmin)

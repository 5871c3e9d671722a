"""The product's addresses and, beside them, those of the peers."""

from django.urls import path

from backoffice.urls import handler400, handler403, handler404, handler500
from backoffice.urls import urlpatterns as product

from .peers import cart_floor, django_admin, floor, plain_tables

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [
    *product,
    path("bench/floor/", floor.floor),
    path("bench/cart/<int:pk>/floor/", cart_floor.floor),
    path("bench/tables/", plain_tables.customers),
    path("bench/admin/", django_admin.site.urls),
]

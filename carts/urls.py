"""Addresses of carts and what is sold beside those every section has."""

from django.urls import path

from .views.category_discounts import category_discounts
from .views.order_status import order_status
from .views.replay import replay

urlpatterns = [
    path("groups/<int:pk>/category-discounts/", category_discounts, name="groups_category_discounts"),
    path("carts/<int:pk>/replay/", replay, name="carts_replay"),
    path("orders/<int:pk>/status/", order_status, name="orders_status"),
]

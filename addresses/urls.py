"""Addresses of addresses beside those every section has."""

from django.urls import path

from .views.label import label

urlpatterns = [path("addresses/<int:pk>/label/", label, name="addresses_label")]

"""Addresses of groups beside those every section has."""

from django.urls import path

from .views.presets import presets

urlpatterns = [path("groups/presets/", presets, name="groups_presets")]

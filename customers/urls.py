"""Addresses of customers beside those every section has."""

from django.urls import path, re_path

from .views.consents import state_ground
from .views.note import write_note
from .views.options import options
from .views.returning import bring_back

urlpatterns = [
    path("customers/options/", options, name="customers_options"),
    path("customers/<int:pk>/note/", write_note, name="customers_note"),
    re_path(
        r"^customers/(?P<pk>[0-9]{1,19})/consents/(?P<kind>newsletter|partner_offers)/$",
        state_ground,
        name="customers_consent",
    ),
    path("customers/<int:pk>/bring-back/", bring_back, name="customers_bring_back"),
]

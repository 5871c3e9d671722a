"""Addresses of customers beside those every section has."""

from django.urls import path, re_path

from .views.consents import state_ground
from .views.note import write_note
from .views.options import options
from .views.returning import bring_back
from .views.task_calendar import calendar, change_feed
from .views.task_feed import feed
from .views.tasks import found_customers

urlpatterns = [
    path("customers/options/", options, name="customers_options"),
    path("customers/<int:pk>/note/", write_note, name="customers_note"),
    re_path(
        r"^customers/(?P<pk>[0-9]{1,19})/consents/(?P<kind>newsletter|partner_offers)/$",
        state_ground,
        name="customers_consent",
    ),
    path("customers/<int:pk>/bring-back/", bring_back, name="customers_bring_back"),
    path("tasks/customers/", found_customers, name="tasks_customers"),
    path("tasks/calendar/", calendar, name="tasks_calendar"),
    path("tasks/feed/", change_feed, name="tasks_feed_link"),
    path("tasks/feed/<str:token>.ics", feed, name="tasks_feed"),
]

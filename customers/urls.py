"""Addresses of customers beside those every section has."""

from django.urls import path, re_path

from .views import conversation
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
    path("messages/<int:pk>/reply/", conversation.reply, name="messages_reply"),
    path("messages/<int:pk>/remark/", conversation.remark, name="messages_remark"),
    path("messages/<int:pk>/state/", conversation.state, name="messages_state"),
    path("messages/<int:pk>/earlier/", conversation.earlier, name="messages_earlier"),
    path("messages/<int:pk>/send/<int:message>/", conversation.send, name="messages_send"),
    path("customers/<int:pk>/bring-back/", bring_back, name="customers_bring_back"),
]

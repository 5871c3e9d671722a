"""Addresses of customers beside those every section has."""

from django.urls import path, re_path

from .views import conversation, notes
from .views.choose_password import choose_password
from .views.consents import state_ground
from .views.group_members import members
from .views.group_report import group_report
from .views.group_rule import apply_rule, remove_rule, rule
from .views.member_act import moved
from .views.membership import membership
from .views.note import write_note
from .views.options import options
from .views.task_calendar import calendar, change_feed
from .views.task_feed import feed
from .views.tasks import found_customers

urlpatterns = [
    path("reports/groups/", group_report, name="groups_report"),
    path("customers/options/", options, name="customers_options"),
    path("customers/<int:pk>/note/", write_note, name="customers_note"),
    path("customers/<int:pk>/notes/", notes.notes, name="customers_notes"),
    path("customers/<int:pk>/notes/add/", notes.add, name="customers_note_add"),
    path("customers/<int:pk>/notes/<int:note>/edit/", notes.edit, name="customers_note_edit"),
    path("customers/<int:pk>/notes/<int:note>/pin/", notes.pin, name="customers_note_pin"),
    path("customers/<int:pk>/notes/<int:note>/delete/", notes.delete, name="customers_note_delete"),
    path("customers/<int:pk>/notes/<int:note>/restore/", notes.restore, name="customers_note_restore"),
    re_path(
        r"^customers/(?P<pk>[0-9]{1,19})/consents/(?P<kind>newsletter|partner_offers)/$",
        state_ground,
        name="customers_consent",
    ),
    path("customers/<int:pk>/groups/<int:group>/", membership, name="customers_membership"),
    path("groups/<int:pk>/rule/", rule, name="groups_rule"),
    path("groups/<int:pk>/rule/apply/", apply_rule, name="groups_rule_apply"),
    path("groups/<int:pk>/rule/remove/", remove_rule, name="groups_rule_remove"),
    path("groups/<int:pk>/members/", members, name="groups_members"),
    path("groups/<int:pk>/members/<int:act>/", moved, name="groups_moved"),
    path("messages/<int:pk>/reply/", conversation.reply, name="messages_reply"),
    path("messages/<int:pk>/remark/", conversation.remark, name="messages_remark"),
    path("messages/<int:pk>/state/", conversation.state, name="messages_state"),
    path("messages/<int:pk>/earlier/", conversation.earlier, name="messages_earlier"),
    path("messages/<int:pk>/send/<int:message>/", conversation.send, name="messages_send"),
    path("account/password/<str:token>/", choose_password, name="customers_choose_password"),
    path("tasks/customers/", found_customers, name="tasks_customers"),
    path("tasks/calendar/", calendar, name="tasks_calendar"),
    path("tasks/feed/", change_feed, name="tasks_feed_link"),
    path("tasks/feed/<str:token>.ics", feed, name="tasks_feed"),
]

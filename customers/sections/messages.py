"""The messages section: the conversations with customers (S0.46, S4.73; facts 1.13, 4.7)."""

from functools import partial

from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.sections import (
    BulkAction,
    ColumnSet,
    Field,
    Listing,
    Menu,
    Page,
    Panel,
    Personal,
    Section,
    Switch,
    Titles,
    Undo,
    Words,
    register,
)
from backoffice.sections.usual import NUMBER, SINCE
from backoffice.tables.columns import CutColumn, LookupColumn
from backoffice.tables.filters import KeysFilter, QuickSearch

from .. import services
from ..models import Thread, ThreadStatus
from ..queries import AGENTS
from .conversation_panels import conversation_panel, heading, history_panel, state_panel
from .customer_filters import CustomerFilter
from .flags import SO_ALREADY
from .inbox_columns import CustomerColumn, StatusColumn, SubjectColumn

_ONLY_SHOWN = ("form", "fact", "files")

_FIELDS = (
    NUMBER,
    Field(
        "customer",
        personal=Personal.TECHNICAL,
        column=CustomerColumn,
        filters={"customer": CustomerFilter(_("Customer"))},
        without=_ONLY_SHOWN,
    ),
    Field(
        "subject",
        personal=Personal.WORDS,
        column=partial(SubjectColumn, reads=("subject", "unread")),
        without=_ONLY_SHOWN,
    ),
    Field(
        "last_text",
        personal=Personal.WORDS,
        title=_("Text"),
        column=partial(CutColumn, css="text sub"),
        without=_ONLY_SHOWN,
    ),
    Field("status", personal=Personal.TECHNICAL, column=StatusColumn, without=_ONLY_SHOWN),
    Field(
        "assignee",
        personal=Personal.TECHNICAL,
        column=partial(LookupColumn, table="agents"),
        filters={
            "assignee": KeysFilter(_("Assigned to"), table="agents", field="assignee", none_label=_("Nobody"))
        },
        without=_ONLY_SHOWN,
    ),
    Field("last_message_at", personal=Personal.BEHAVIOUR, without=_ONLY_SHOWN),
    Field(
        "unread",
        personal=Personal.TECHNICAL,
        switch=Switch(
            run=services.set_unread,
            said=(_("“%(name)s” is unread again."), _("“%(name)s” is marked as read.")),
        ),
        without=_ONLY_SHOWN,
    ),
    SINCE,
)


def _statuses(page) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in ThreadStatus.choices]


def _colleagues(page) -> list[tuple[str, str]]:
    return [
        (services.NOBODY, str(_("Nobody"))),
        *((str(key), name) for key, name in page.lookup("agents").items()),
    ]


_ACTIONS = (
    BulkAction(
        name="set_status",
        title=_("Set the status"),
        run=services.set_status,
        words=Words(
            done=ngettext_lazy("%(n)s conversation: %(label)s.", "%(n)s conversations: %(label)s.", "count"),
            left=SO_ALREADY,
        ),
        menu=_("Status"),
        icon="check",
        choices=_statuses,
        undo=Undo(action="status_back", since=services.status_changed_since),
    ),
    BulkAction(
        name="status_back",
        title=_("Put the status back"),
        run=services.status_back,
        words=Words(
            done=ngettext_lazy(
                "%(n)s conversation has its status back.",
                "%(n)s conversations have their status back.",
                "count",
            )
        ),
        choices=_statuses,
        offered=lambda page: False,
    ),
    BulkAction(
        name="assign",
        title=pgettext_lazy("verb", "Assign"),
        run=services.assign,
        words=Words(
            done=ngettext_lazy(
                "%(n)s conversation assigned to %(label)s.",
                "%(n)s conversations assigned to %(label)s.",
                "count",
            ),
            left=SO_ALREADY,
        ),
        menu=_("Assigned to"),
        icon="person",
        choices=_colleagues,
        undo=Undo(action="assign_back", since=services.assignee_changed_since),
    ),
    BulkAction(
        name="assign_back",
        title=_("Give back"),
        run=services.assign_back,
        words=Words(
            done=ngettext_lazy("%(n)s conversation given back.", "%(n)s conversations given back.", "count")
        ),
        choices=_colleagues,
        offered=lambda page: False,
    ),
)


MESSAGES = register(
    Section(
        slug="messages",
        model=Thread,
        titles=Titles(many=_("Messages"), one=_("Conversation"), add=""),
        menu=Menu(group="inbox", place=70, icon="inbox"),
        fields=_FIELDS,
        listing=Listing(
            label=lambda row: row["subject"] or gettext("No subject"),
            label_reads=("subject",),
            lead=("subject",),
            default_sort="-last_message_at",
            sets={
                "inbox": ColumnSet(
                    title=_("Inbox"),
                    columns=(
                        *("subject", "customer", "last_text", "status", "assignee", "last_message_at"),
                        "unread",
                    ),
                )
            },
            lookups={"agents": AGENTS},
            filters={
                "q": QuickSearch(
                    _("Message"), placeholder=_("Subject, e-mail, order or beginning of the last message")
                )
            },
            everywhere=("q", "status", "assignee", "unread"),
        ),
        actions=_ACTIONS,
        page=Page(
            panels=(
                Panel(
                    name="conversation",
                    title=_("Messages"),
                    template="customers/panels/conversation.html",
                    content=conversation_panel,
                    icon="message",
                    side="left",
                    right="customers.view_message",
                ),
                Panel(
                    name="state",
                    title=_("Conversation"),
                    template="customers/panels/conversation_state.html",
                    content=state_panel,
                    icon="inbox",
                ),
                Panel(
                    name="history",
                    title=_("History"),
                    template="backoffice/panels/changes.html",
                    content=history_panel,
                    icon="history",
                ),
            ),
            heading=heading,
        ),
    )
)

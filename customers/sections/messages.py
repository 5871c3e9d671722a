"""The messages section: the conversations with customers (S0.46, S4.73; facts 1.13, 4.7)."""

from functools import partial

from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.records.default_panels import history_panel
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
from backoffice.tables.columns import CutColumn, LookupColumn, MomentColumn
from backoffice.tables.filters import KeysFilter, QuickSearch
from backoffice.tables.presence import PresenceFilter

from .. import services
from ..models import Thread, ThreadStatus
from ..queries import AGENTS, COLLEAGUES
from .assigning import assign_actions
from .conversation_panels import conversation_panel, heading, state_panel
from .customer_columns import CustomerColumn
from .customer_filters import CustomerFilter
from .flags import SO_ALREADY
from .inbox_columns import StatusColumn, SubjectColumn

_ONLY_SHOWN = ("form", "fact", "files")

_FIELDS = (
    NUMBER,
    Field(
        "customer",
        personal=Personal.TECHNICAL,
        column=CustomerColumn,
        filters={
            "customer": CustomerFilter(_("Customer")),
            "customer_is": PresenceFilter(_("Customer"), field="customer"),
        },
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
    Field(
        "last_message_at",
        personal=Personal.BEHAVIOUR,
        column=partial(MomentColumn, css="date moment sub"),
        without=_ONLY_SHOWN,
    ),
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


_ACTIONS = (
    BulkAction(
        name="set_status",
        title=_("Set the status"),
        run=services.CONVERSATION_STATUS.choose,
        words=Words(
            done=ngettext_lazy("%(n)s conversation: %(label)s.", "%(n)s conversations: %(label)s.", "count"),
            left=SO_ALREADY,
        ),
        menu=_("Status"),
        icon="check",
        choices=_statuses,
        undo=Undo(action="status_back", since=services.CONVERSATION_STATUS.changed_since),
    ),
    BulkAction(
        name="status_back",
        title=_("Put the status back"),
        run=services.CONVERSATION_STATUS.back,
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
    *assign_actions(
        services.ASSIGN_CONVERSATIONS,
        done=ngettext_lazy(
            "%(n)s conversation assigned: %(label)s.", "%(n)s conversations assigned: %(label)s.", "count"
        ),
        back=ngettext_lazy(
            "%(n)s conversation assigned back.", "%(n)s conversations assigned back.", "count"
        ),
    ),
)


MESSAGES = register(
    Section(
        slug="messages",
        model=Thread,
        titles=Titles(
            many=_("Messages"),
            one=_("Conversation"),
            add="",
            counted=ngettext_lazy("%(n)s conversation", "%(n)s conversations", "count"),
            back=_("Back to Messages"),
        ),
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
            lookups={"agents": AGENTS, "colleagues": COLLEAGUES},
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
                history_panel("messages"),
            ),
            heading=heading,
        ),
    )
)

"""The tasks section: what staff promised to do for a customer, by when, and who does it (S3.35, S3.36)."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from backoffice.records.default_panels import history_panel
from backoffice.records.named_records import deletion
from backoffice.screen.markup import fill
from backoffice.sections import (
    ColumnSet,
    Editing,
    Fact,
    Field,
    Files,
    Listing,
    Menu,
    Page,
    Panel,
    Personal,
    Section,
    Titles,
    register,
)
from backoffice.sections.usual import NUMBER, SINCE
from backoffice.tables.columns import LookupColumn, TextColumn
from backoffice.tables.filters import KeysFilter
from backoffice.tables.presence import PresenceFilter

from .. import services
from ..forms.fields import agent_field
from ..forms.tasks import TaskForm, customer_field, due_day_field
from ..models import Task
from ..queries import AGENTS, COLLEAGUES
from .customer_columns import CustomerColumn
from .customer_filters import CustomerFilter
from .task_actions import ACTIONS, DONE
from .task_columns import DoneColumn, DueColumn
from .task_filters import DueFilter, StatusFilter
from .task_page import customer_link, heading, task_panel
from .task_tabs import DUE_FIRST, OPEN, tabs

_TYPED_HERE = Files("", not_taken=_("tasks are not imported"))

_FIELDS = (
    NUMBER,
    Field(
        "due_on",
        personal=Personal.TECHNICAL,
        group="when",
        files=_TYPED_HERE,
        form=due_day_field,
        column=partial(DueColumn, unknown_last=True),
        filters={
            "due_on_after": DueFilter(_("Due from"), field="due_on", until=False, hint=_("From")),
            "due_on_before": DueFilter(_("Due to"), field="due_on", until=True, hint=_("To")),
            "due_on_is": PresenceFilter(_("Due date"), field="due_on"),
        },
    ),
    Field(
        "due_time", personal=Personal.TECHNICAL, group="when", files=_TYPED_HERE, without=("column", "filter")
    ),
    Field(
        "title",
        personal=Personal.WORDS,
        help=_("What is to be done. It is seen in calendar programs too."),
        group="task",
        files=_TYPED_HERE,
        column=partial(TextColumn, css="text lead"),
        without=("filter", "fact"),
    ),
    Field(
        "customer",
        personal=Personal.TECHNICAL,
        group="task",
        files=_TYPED_HERE,
        form=customer_field,
        column=CustomerColumn,
        filters={"customer": CustomerFilter(_("Customer"))},
        fact=Fact(value=customer_link),
    ),
    Field("kind", personal=Personal.TECHNICAL, group="task", files=_TYPED_HERE),
    Field(
        "assignee",
        personal=Personal.TECHNICAL,
        group="when",
        files=_TYPED_HERE,
        form=agent_field,
        column=partial(LookupColumn, table="agents"),
        filters={
            "assignee": KeysFilter(_("Assigned to"), table="agents", field="assignee", none_label=_("Nobody"))
        },
    ),
    Field(
        "details",
        personal=Personal.WORDS,
        group="task",
        files=_TYPED_HERE,
        fact=Fact(value=lambda task: task.details and fill('<span class="prewrap">{}</span>', task.details)),
        without=("column", "filter"),
    ),
    Field(
        "done",
        personal=Personal.TECHNICAL,
        label=pgettext_lazy("task", "Done"),
        switch=DONE,
        column=partial(DoneColumn, right="customers.change_task"),
        filters={"status": StatusFilter()},
    ),
    Field(
        "done_at",
        personal=Personal.TECHNICAL,
        label=pgettext_lazy("task", "Done on"),
        without=("form", "files"),
    ),
    SINCE,
)

TASKS = register(
    Section(
        slug="tasks",
        model=Task,
        titles=Titles(
            many=_("Tasks"),
            one=_("Task"),
            add=_("Add a task"),
            counted=ngettext_lazy("%(n)s task", "%(n)s tasks", "count"),
            back=_("Back to Tasks"),
        ),
        menu=Menu(group="tasks", place=80, icon="tasks", asked={**OPEN, **DUE_FIRST}),
        fields=_FIELDS,
        listing=Listing(
            rows=Task.objects.here,
            label_reads=("title",),
            lead=("title",),
            default_sort="-due_on",
            sets={
                "usual": ColumnSet(
                    title=_("Usual"),
                    columns=("title", "due_on", "customer", "kind", "assignee", "done"),
                )
            },
            lookups={"agents": AGENTS, "colleagues": COLLEAGUES},
            tabs=tabs,
        ),
        editing=Editing(
            groups={"task": _("Task"), "when": pgettext_lazy("task", "When and who")},
            save=services.save_task,
            base=TaskForm,
            prefilled=("customer", "due_on"),
        ),
        actions=ACTIONS,
        page=Page(
            panels=(
                Panel(
                    name="task",
                    title=_("Task"),
                    template="backoffice/panels/facts.html",
                    content=task_panel,
                    icon="tasks",
                    side="left",
                ),
                history_panel("tasks"),
            ),
            heading=heading,
        ),
        delete_ways=deletion(Task, _("Delete the task"), delete=services.delete_task),
    )
)

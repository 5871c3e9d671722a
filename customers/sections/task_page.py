"""The page of a task: whom it is for and when, in the heading whether it is done, and the way to say so."""

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backoffice.access.verbs import right_of
from backoffice.screen.links import link
from backoffice.screen.markup import fill
from backoffice.sections import section_named
from backoffice.sections.doors import facts_of

from ..models import Task
from ..services import switch_done


def customer_link(task: Task) -> SafeString:
    """Whom the task is for, leading to their page."""
    return fill('<a href="{}">{}</a>', link("customers_view", task.customer_id), task.customer)


def heading(task: Task, staff) -> dict:
    """Whether it is done or overdue, and the button that says it is done, or opens it again."""
    told: dict = {"badges": _state(task)}
    if staff.has_perm(right_of(switch_done)):
        told["main_action"] = {
            "title": _("Reopen") if task.done else _("Mark as done"),
            "url": reverse("tasks_toggle", args=[task.pk, "done"]),
            "icon": "undo" if task.done else "check",
            "value": "false" if task.done else "true",
        }
    return told


def _state(task: Task) -> list[dict]:
    today = timezone.localdate()
    if task.done:
        return [{"text": pgettext("task", "Done"), "tone": "good"}]
    if task.due_on is None or task.due_on > today:
        return []
    if task.due_on == today:
        return [{"text": _("Today"), "tone": "warn"}]
    return [{"text": pgettext("task", "Overdue"), "tone": "bad"}]


def task_panel(task: Task, staff) -> dict:
    """What the task says."""
    order = ("customer", "kind", "due_on", "due_time", "assignee")
    return {"facts": facts_of(section_named("tasks"), task, order)}

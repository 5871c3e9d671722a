"""The rule of a group on its page: in words, whether it runs, and the ways to change it (issue 9, points 8 and 11)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.faults import sentence
from backoffice.rules import Broken
from backoffice.screen.links import link
from backoffice.sections import Panel, add_panel
from groups.models import Group
from groups.rules.filling import read

from ..forms.rule_words import Words
from ..services.rule_sql import with_its_tags


def rule_panel(group: Group, staff) -> dict | None:
    """What the rule says; to who may change it also the ways to do so. Nothing to others where there is none."""
    may = staff.has_perms(["groups.change_group", "customers.view_customer"])
    if group.rule is None:
        if not may:
            return None
        return {
            "empty": _("No rule: members are added by hand."),
            "urls": [{"title": _("Set up a rule"), "url": link("groups_rule", group.pk), "icon": "plus"}],
        }
    context: dict = {"fault": "", "paused": False}
    if may:
        context |= {
            "edit_url": link("groups_rule", group.pk),
            "edit_title": _("Edit the rule"),
            "apply_url": link("groups_rule_apply", group.pk),
            "urls": [
                {"title": _("Edit the rule"), "url": link("groups_rule", group.pk), "icon": "pencil"},
                {
                    "title": _("Remove the rule…"),
                    "url": link("groups_rule_remove", group.pk),
                    "icon": "trash",
                },
            ],
        }
    try:
        rule = read(group.rule)
    except Broken as fault:
        return context | {"fault": sentence(fault), "apply_url": ""}
    words = Words()
    context |= {
        "combined": words.combined(rule),
        "conditions": words.conditions(rule),
        "effects": words.effects(rule),
        "paused": rule.paused,
    }
    try:
        with_its_tags(rule)
    except Broken as fault:
        context["fault"] = sentence(fault)
    if context["fault"] or rule.paused:
        context["apply_url"] = ""
    return context


add_panel(
    "groups",
    Panel(
        name="rule",
        title=gettext_lazy("Automatic rule"),
        template="customers/panels/group_rule.html",
        content=rule_panel,
        icon="bolt",
        side="left",
    ),
)

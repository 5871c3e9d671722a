"""The sentences for what is wrong with the rule of a group."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.faults import add_sentences

add_sentences(
    {
        "rule_without_conditions": _("Add at least one condition: a rule without any would mean everybody."),
        "rule_too_long": ngettext_lazy("At most %(limit)s, please.", "At most %(limit)s, please.", "limit"),
        "rule_does_nothing": _("Say what the rule does: put customers into the group, or a tag on them."),
        "rule_reads_own_tag": _("A rule can't ask about a tag that it puts on itself."),
        "rule_not_understood": _("This rule can't be understood; set it up again."),
        "rule_value_out_of_range": _("This number or day is out of range."),
        "rule_chooses_nothing": _("Choose at least one."),
        "rule_tag_gone": _("A tag of this rule was deleted: choose another one."),
    }
)

"""What to tell about a cell or a row that is refused, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.importing import sentences as of_cells
from backoffice.rules import Broken

from .. import faults

SENTENCES = {
    **faults.SENTENCES,
    **of_cells.SENTENCES,
    "missing": _("This is needed for a new customer."),
    "required": _("This field is required here."),
    "no_such_title": _("There is no such title here; add it under Titles first."),
    "no_such_agent": _(
        "There is no such member of staff, or more than one of that name: write the e-mail address."
    ),
    "agent_has_left": _("This member of staff has left."),
    "moment_too_early": _("This is not before 1900."),
    "moment_in_future": _("This does not lie in the future."),
    "guest_stays": _("A guest account and a full one do not turn into each other by a file."),
    "guests_not_allowed": _("Guests are switched off in the options."),
    "taken": _("%(name)s (ID %(id)s) has an account with this address already."),
    "taken_by_deleted": _("%(name)s (ID %(id)s) was deleted and may not register again with this address."),
    "several": ngettext_lazy(
        "There is %(number)s customer with this address; only an ID of our own export says which one is meant.",
        "There are %(number)s customers with this address; only an ID of our own export says which one is meant.",
        "number",
    ),
    "deleted": _("%(name)s (ID %(id)s) was deleted."),
    "again": _("Line %(line)s is about this customer already."),
    "email_again": _("Line %(line)s has this address already."),
    "given_up": _("Line %(line)s only now gives this address up: import this row once more."),
}


def sentence(broken: Broken) -> str:
    """The sentence for a fault."""
    return SENTENCES[broken.code] % broken.facts

"""The sentences for what only customers can get wrong, added to those of all (D-28)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from backoffice.faults import add_sentences

add_sentences(
    {
        "birthday_in_future": _("A birthday can't be in the future."),
        "birthday_too_early": _("A birthday can't be before 1900."),
        "password_too_short": ngettext_lazy(
            "At least %(limit)s character, please.", "At least %(limit)s characters, please.", "limit"
        ),
        "domain_malformed": _("Not a valid domain: write it like no-email.invalid."),
        "domain_reachable": _("Choose a domain that no mail can reach, such as no-email.invalid."),
        "company_number_odd": _("Not a valid %(name)s."),
        "check_digit_odd": _("Not a valid %(name)s: the check digit does not match, so a digit is mistyped."),
        "company_number_odd_there": _("Not a valid number in the customer’s country."),
        "company_number_odd_anywhere": _("Not a valid number in France, Poland or Romania."),
        "no_such_title": _("There is no such title here; add it under Titles first."),
        "which_name": _("Which part is the last name? Say it with --names first-last or last-first."),
        "title_of_two": _("This is the title of two people."),
        "no_such_agent": _(
            "There is no such member of staff, or more than one of that name: write the e-mail address."
        ),
        "agent_has_left": _("This member of staff has left."),
        "moment_too_early": _("This can't be before 1900."),
        "moment_in_future": _("This can't be in the future."),
        "guest_stays": _("A guest account and a full one do not turn into each other by a file."),
        "guests_not_allowed": _("Guests are switched off in the options."),
        "taken": _("%(name)s (ID %(id)s) has an account with this address already."),
        "taken_by_deleted": _(
            "%(name)s (ID %(id)s) was deleted and may not register again with this address."
        ),
        "may_not_register": _("This address may not register again."),
        "no_such_customer": _("There is no such customer here."),
        "several": ngettext_lazy(
            "There is %(number)s customer with this address; only an ID of our own export says which one is meant.",
            "There are %(number)s customers with this address; only an ID of our own export says which one is meant.",
            "number",
        ),
        "several_numbers": ngettext_lazy(
            "There is %(number)s customer with this number of another shop; the row does not say which one is meant.",
            "There are %(number)s customers with this number of another shop; the row does not say which one is meant.",
            "number",
        ),
        "deleted": _("%(name)s (ID %(id)s) was deleted."),
        "somebody_else": _(
            "ID %(id)s: %(name)s → %(other)s. This looks like another person; use --replace-people to allow it."
        ),
        "email_again": _("Line %(line)s has this address already."),
        "given_up": _("Line %(line)s only now gives this address up: import this row once more."),
    }
)

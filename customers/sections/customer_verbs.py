"""What can be done to one customer from their file: bringing back, an account for a guest, a new password."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.screen import formats
from backoffice.sections import Question, RecordAction
from backoffice.staff.models import StaffMember
from groups.queries import group_names

from .. import services
from ..models import Customer
from ..options import customer_options


def _goes_to(customer: Customer) -> str:
    said = _("The e-mail goes to %(email)s, in %(language)s.")
    return said % {"email": customer.email, "language": formats.language_name(customer.language)}


def _about_link(customer: Customer, staff: StaffMember) -> Question:
    """To which address and in which language, when the last one was sent, and whether it is too soon (S0.14)."""
    last = _("The last link was sent on %(time)s.") % {"time": formats.moment(customer.password_link_at)}
    if until := services.next_link_at(customer):
        said = _("The options of this shop allow the next one at %(time)s. A new link ends the last one.")
        last = f"{last} {said % {'time': formats.moment(until)}}"
    return Question(
        sentence=_("Send %(name)s a link for choosing a new password?") % {"name": customer},
        effects=(
            _goes_to(customer),
            services.works_for(),
            _(
                "The password stays the same until they choose a new one; then all their sessions in the shop end."
            ),
            *([last] if customer.password_link_at and not until else []),
        ),
        notes=(last,) if until else (),
        refusal=services.refusal_of_link(customer),
        accepts="despite_window" if until else "",
        button=_("Send anyway") if until else _("Send the link"),
    )


def _about_account(guest: Customer, staff: StaffMember) -> Question:
    """What facts 4.14 say will happen, with the group by its name."""
    group = group_names()[customer_options().new_accounts_group]
    return Question(
        sentence=_("Turn the guest %(name)s into a customer?") % {"name": guest},
        effects=(
            _("ID, orders, addresses and carts stay."),
            _("Their only group is “%(group)s” then.") % {"group": group},
            _("They get an e-mail with a link for choosing a password.") + f" {services.works_for()}",
            _goes_to(guest),
        ),
        refusal=services.refusal_to_turn(guest, to=staff),
    )


VERBS = (
    RecordAction(
        name="bring_back",
        title=gettext_lazy("Bring back"),
        run=services.bring_back,
        said=gettext_lazy("%(name)s is back."),
        icon="undo",
        offered=lambda customer: customer.deleted,
        main=True,
    ),
    RecordAction(
        name="turn_into_customer",
        title=gettext_lazy("Turn into a customer"),
        run=services.turn_into_customer,
        said=gettext_lazy(
            "%(name)s is a customer now, and gets an e-mail with a link for choosing a password."
        ),
        icon="person",
        asks=_about_account,
        offered=lambda customer: customer.guest and not customer.deleted,
        main=True,
    ),
    RecordAction(
        name="reset_password",
        title=gettext_lazy("Reset password"),
        run=services.send_password_link,
        said=gettext_lazy("%(name)s gets an e-mail with a link for choosing a new password."),
        icon="lock",
        asks=_about_link,
        offered=lambda customer: not customer.guest and not customer.deleted,
    ),
)

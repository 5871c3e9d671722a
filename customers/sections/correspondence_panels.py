"""What was written to and about a customer, on their file: messages, last e-mails (S0.46, S1.54, S4.73, S4.75)."""

from django.utils.translation import gettext_lazy as _

from backoffice.sections import Related

CORRESPONDENCE = (
    Related(
        section="messages",
        filter_by="customer",
        columns=("subject", "last_text", "status", "last_message_at"),
        empty=_("%(name)s has never contacted you"),
        title=_("Messages"),
    ),
    Related(
        section="mails",
        filter_by="customer",
        columns=("sent_at", "language", "subject", "template"),
        empty=_("No e-mail was sent to %(name)s yet."),
        title=_("Last e-mails"),
        recent="sent_at",
    ),
)

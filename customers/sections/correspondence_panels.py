"""What was written to and about a customer, on their file: notes, messages, last e-mails (S0.45, S4.72–S4.75)."""

from django.utils.translation import gettext_lazy as _

from backoffice.sections import Panel, Related

from .note_panels import notes_panel

NOTES = Panel(
    name="notes",
    title=_("Notes"),
    template="customers/panels/notes.html",
    content=notes_panel,
    icon="note",
    right="customers.view_note",
)
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

"""What customers and the shop wrote to each other: the message system, and the mails the shop sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.access.permissions import SECTION_RIGHTS
from backoffice.database.fields import FoldedField, SearchField
from backoffice.models import Kept
from backoffice.personal import Marks
from backoffice.records.history import History

from .customer import Customer


class ThreadStatus(models.TextChoices):
    """How far a conversation is (facts 1.13)."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    PENDING1 = "pending1", _("Pending 1")
    PENDING2 = "pending2", _("Pending 2")


# How much of the last message a list shows (facts 4.7).
BEGINNING = 75


class Thread(Kept):
    """A conversation with a customer, or with somebody known by e-mail only.

    What its list shows of the messages is stored with it: when the last one was written, how it begins, whether one
    of the customer's waits to be read. A private remark is none of these.
    """

    customer = models.ForeignKey(
        Customer,
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Customer"),
        related_name="threads",
    )
    email = models.EmailField(_("E-mail address"), max_length=255, blank=True)
    subject = models.CharField(_("Subject"), max_length=255, blank=True)
    order_reference = models.CharField(_("Order"), max_length=32, blank=True)
    status = models.CharField(
        _("Status"), max_length=8, choices=ThreadStatus.choices, default=ThreadStatus.OPEN
    )
    language = models.CharField(_("Language"), max_length=8, choices=settings.LANGUAGES, default="en")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Assigned to"),
        related_name="threads",
    )
    last_message_at = models.DateTimeField(_("Last message"), default=timezone.now)
    last_text = models.CharField(
        _("Beginning of the text"), max_length=BEGINNING, blank=True, default="", db_default=""
    )
    unread = models.BooleanField(_("Unread"), default=False, db_default=False)

    subject_key = FoldedField(source="subject")
    last_text_key = FoldedField(source="last_text")
    search_text = SearchField("subject", "email", "last_text", "order_reference")

    personal = Marks(contact="email language", behaviour="order_reference")

    history = History(excluded_fields=("last_message_at", "last_text", "unread"))

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ThreadStatus.values), name="thread_status_known"),
            models.CheckConstraint(
                condition=Q(customer__isnull=False) | ~Q(email=""), name="thread_is_with_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "last_message_at"], name="thread_of_customer"),
            models.Index(fields=["last_message_at", "id"], name="thread_by_last_message"),
            models.Index(fields=["status", "last_message_at", "id"], name="thread_by_status"),
            models.Index(fields=["assignee", "last_message_at"], name="thread_of_assignee"),
            models.Index(fields=["last_message_at", "id"], condition=Q(unread=True), name="thread_unread"),
        ]

    def __str__(self):
        return self.subject or gettext("No subject")

    @property
    def address(self) -> str:
        """Where an answer goes: to the customer's address of today."""
        return self.customer.email if self.customer else self.email


class Direction(models.TextChoices):
    """Who wrote."""

    CUSTOMER = "customer", _("From the customer")
    STAFF = "staff", _("From the shop")


class Delivery(models.TextChoices):
    """How far the mail of a staff member's answer is; messages that are no mail have none."""

    WAITING = "waiting", _("Not sent yet")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")


class Message(models.Model):
    """One message, plain text. A private one is a remark among staff and never reaches the customer."""

    thread = models.ForeignKey(Thread, models.CASCADE, db_index=False, related_name="messages")
    direction = models.CharField(
        _("Direction"), max_length=8, choices=Direction.choices, default=Direction.CUSTOMER
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("Author"),
        related_name="+",
    )
    text = models.TextField(_("Message"), max_length=65_000)
    private = models.BooleanField(_("Private"), default=False)
    delivery = models.CharField(
        _("Delivery"), max_length=8, choices=Delivery.choices, blank=True, default="", db_default=""
    )
    tried_at = models.DateTimeField(_("Sending begun"), null=True, blank=True)
    read_at = models.DateTimeField(_("Read"), null=True, blank=True)
    sent_at = models.DateTimeField(_("Sent on"), default=timezone.now)
    ip = models.GenericIPAddressField(_("IP address"), null=True, blank=True)
    user_agent = models.CharField(_("Browser"), max_length=500, blank=True)

    personal = Marks(
        contact="ip",
        behaviour="read_at sent_at user_agent",
        words="text",
        technical="thread direction author private delivery tried_at",
    )

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        default_permissions = SECTION_RIGHTS
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="message_direction_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
            models.CheckConstraint(
                condition=Q(direction="staff") | Q(author__isnull=True, private=False),
                name="message_of_customer_has_no_author",
            ),
            models.CheckConstraint(
                condition=Q(delivery="") | Q(delivery__in=Delivery.values, direction="staff", private=False),
                name="message_mailed_is_an_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["thread", "sent_at"], name="message_of_thread"),
            models.Index(fields=["sent_at", "id"], name="message_by_date"),
            models.Index(
                fields=["sent_at"],
                condition=Q(direction="customer", read_at__isnull=True),
                name="message_unread",
            ),
        ]

    def __str__(self):
        return self.text[:75]


class Mail(models.Model):
    """A mail the shop sent, one row a recipient (S4.75, facts 1.14). The customer is who it was written to then."""

    customer = models.ForeignKey(
        Customer,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("Customer"),
        related_name="mails",
    )
    recipient = models.EmailField(_("Recipient"), max_length=255)
    template = models.CharField(_("Template"), max_length=100)
    subject = models.CharField(_("Subject"), max_length=255)
    language = models.CharField(_("Language"), max_length=8, choices=settings.LANGUAGES, default="en")
    sent_at = models.DateTimeField(_("Date"), default=timezone.now)

    class Meta:
        verbose_name = _("e-mail sent")
        verbose_name_plural = _("e-mails sent")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["customer", "sent_at"], name="mail_of_customer"),
            models.Index(fields=["recipient", "sent_at"], name="mail_by_recipient"),
            models.Index(fields=["sent_at", "id"], name="mail_by_date"),
        ]

    def __str__(self):
        return self.subject

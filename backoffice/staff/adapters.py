"""Where the sign-in library asks this house: sign-up is closed, and every sign-in is an event."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings

from .. import events
from ..actors import Actor, Door, ip_of
from ..events import Kind
from .models import StaffMember


class StaffAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Staff are invited; nobody signs up."""
        return False

    def get_client_ip(self, request):
        return ip_of(request) or "unknown"

    def post_login(self, request, user, **kwargs):
        request.actor = Actor.of(request)
        events.record(Kind.SIGN_IN, by=request.actor)
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request, **credentials):
        """The event names the account that was tried, never the text that was typed: it may be a password."""
        tried = StaffMember.objects.filter(email__iexact=credentials.get("email") or "").first()
        events.record(Kind.SIGN_IN_FAILED, by=Actor.of(request), target=tried.name if tried else "")

    def set_password(self, user, password):
        super().set_password(user, password)
        events.record(Kind.PASSWORD_CHANGED, by=Actor(user, Door.PAGE, ip_of(self.request)), target=user.name)

    def logout(self, request):
        if request.user.is_authenticated:
            events.record(Kind.SIGN_OUT, by=Actor.of(request))
        super().logout(request)

    def add_message(
        self, request, level, message_template=None, message_context=None, extra_tags="", message=None
    ):
        """Signing in and out needs no words: the page itself says it."""
        if message_template in ("account/messages/logged_in.txt", "account/messages/logged_out.txt"):
            return
        super().add_message(request, level, message_template, message_context, extra_tags, message)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """The library reports here whatever changes about a second factor: it becomes an event."""
        app, _slash, rest = template_prefix.partition("/")
        if app == "mfa":
            events.record(Kind.SECOND_FACTOR, by=Actor.of(self.request), what=rest.rpartition("/")[2])
        super().send_notification_mail(template_prefix, user, context, email)

    def format_email_subject(self, subject):
        return f"[{settings.SHOP_NAME}] {subject}"

"""Where the sign-in library asks this house: sign-up is closed, every sign-in is an event, the words are ours."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..records import events
from ..records.actors import Actor, Door, ip_of
from ..records.events import Kind
from .models import StaffMember

WRONG_CODE = _("This code is not right.")


class StaffAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This password is not right."),
        "too_many_login_attempts": _("Too many failed sign-ins. Please try again later."),
        "rate_limited": _("Too many attempts. Please try again later."),
    }
    ways_to_show_it_is_you = {
        "reauthenticate": _("Use your password"),
        "mfa_reauthenticate": _("Use the app or a recovery code"),
        "mfa_reauthenticate:webauthn": _("Use a passkey or security key"),
    }

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

    def get_password_change_redirect_url(self, request):
        return reverse("profile")

    def get_reauthentication_methods(self, user):
        return [
            way | {"description": self.ways_to_show_it_is_you[way["id"]]}
            for way in super().get_reauthentication_methods(user)
        ]


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": _("Set up an app or add a key first."),
    }

    def generate_authenticator_name(self, user, type):
        return gettext("Key %(n)s") % {"n": Authenticator.objects.filter(user=user, type=type).count() + 1}

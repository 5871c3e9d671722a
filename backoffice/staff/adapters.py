"""Where the sign-in library asks this house: sign-up is closed, every sign-in is an event, the words are ours."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..records import events
from ..records.actors import Actor, Door, ip_of
from ..records.events import Kind
from . import services
from .known_browsers import is_known_to, mark, place_of, place_of_sign_in
from .models import StaffMember
from .notices import Notice, tell

WRONG_CODE = _("This code is incorrect.")


class StaffAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or password is incorrect."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This password is incorrect."),
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

    def is_safe_url(self, url):
        """Not where it is no address at all: the library's own way of reading one fails at `http://[`."""
        return url_has_allowed_host_and_scheme(url, {self.request.get_host()}, self.request.is_secure())

    def get_client_ip(self, request):
        """By what the library counts requests (decision 47): a known browser does not share the count of others."""
        return place_of(request)

    def _get_login_attempts_cache_key(self, request, **credentials):
        email = credentials.get("email", "")
        return f"{place_of_sign_in(request, email)}:{email.lower()}"

    def pre_authenticate(self, request, **credentials):
        """Refuses the attempt where that account failed too often from here; guesses from everywhere add up too."""
        super().pre_authenticate(request, **credentials)
        email = credentials.get("email", "").lower()
        if not is_known_to(request, email) and not ratelimit.consume(
            request, action="sign_in_of_strangers", key=email
        ):
            raise self.validation_error("too_many_login_attempts")

    def login(self, request, user):
        """Not whoever was disabled between the password and the second factor."""
        if not user.is_active:
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        super().login(request, user)

    def post_login(self, request, user, **kwargs):
        request.actor = Actor.of(request)
        events.record(Kind.SIGN_IN, by=request.actor)
        response = super().post_login(request, user, **kwargs)
        mark(request, response, user)
        return response

    def authentication_failed(self, request, **credentials):
        """The event names the account that was tried, never the text that was typed: it may be a password."""
        tried = StaffMember.objects.filter(email__iexact=credentials.get("email") or "").first()
        events.record(Kind.SIGN_IN_FAILED, by=Actor.of(request), target=tried.name if tried else "")

    def set_password(self, user, password):
        services.set_password(user, password, by=Actor(user, Door.PAGE, ip_of(self.request)))

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
        """The library reports here whatever changes about an account; of a second factor it becomes event and mail.

        Passwords are told by `set_password`.
        """
        app, _slash, rest = template_prefix.partition("/")
        if app == "mfa":
            what = rest.rpartition("/")[2]
            events.record(Kind.SECOND_FACTOR, by=Actor.of(self.request), what=what)
            tell(user, Notice(what), by=Actor.of(self.request))

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

"""manage.py create_owner EMAIL: the first person who may do everything."""

import getpass
import sys

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_email
from django.db import transaction

from backoffice.access.roles import Role
from backoffice.commands import ShopCommand
from backoffice.records.actors import Actor
from backoffice.records.errors import NotAllowed
from backoffice.staff import services
from backoffice.staff.invitations import password_path
from backoffice.staff.roles import sync_roles


class Command(ShopCommand):
    help = "Makes an owner and prints a link for choosing the password; --password or --ask sets it at once."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument(
            "--name", default="", help="how the owner is called; the e-mail's first part otherwise"
        )
        parser.add_argument(
            "--password", default="", help="set this password (it will stand in the shell's history)"
        )
        parser.add_argument("--ask", action="store_true", help="ask for the password here")
        parser.add_argument("--url", default="", help="address of the back office, for the printed link")

    def handle(self, *args, email, name, password, ask, url, **options):
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(error.messages[0]) from None
        if ask and not password:
            if not sys.stdin.isatty():
                raise CommandError(
                    "--ask needs a terminal; without it a link for choosing the password is printed."
                )
            password = getpass.getpass("Password: ")
        sync_roles()
        try:
            with transaction.atomic():
                owner = services.invite(
                    email, name or email.partition("@")[0], Role.OWNER, by=Actor.command()
                )
                if password:
                    services.choose_password(owner, password, by=Actor.command())
        except NotAllowed as refused:
            raise CommandError(refused.message) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if password:
            self.stdout.write(f"{email} is an owner now.")
        else:
            link = (url or _own_address()).rstrip("/") + password_path(owner)
            self.stdout.write(
                f"{email} is an owner now. To choose a password, open once within 3 days:\n{link}"
            )


def _own_address() -> str:
    """Where this back office answers, as far as the settings know."""
    if settings.CSRF_TRUSTED_ORIGINS:
        return settings.CSRF_TRUSTED_ORIGINS[0]
    if settings.SECURE_SSL_REDIRECT and settings.ALLOWED_HOSTS:
        return f"https://{settings.ALLOWED_HOSTS[0]}"
    return "http://localhost:8000"
